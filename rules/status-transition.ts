import {defineRule, list, type Phase} from 'spec-lint/rule'

export default defineRule({
  id: 'status-transition',
  category: 'phases',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'A change moves the status only to one that the type lets follow.',
    why: 'A document that goes from draft to approved was reviewed by nobody; one that comes back from its end is built from twice.',
    remedy: 'Take the steps between, or write a new document that supersedes this one.',
    exceptions: 'Without `--changed` or `--staged` nothing is known of the earlier status, and nothing is said.',
  },
  options: {
    allowSkip: {
      type: 'boolean',
      default: false,
      description: 'Several steps may be taken at once, as in a branch that lives long.',
    },
  },
  messages: {
    skipped: {
      reason: 'Status goes from `{from}` to `{to}` past {between}',
      note: 'Set it to {next} first.',
    },
    refused: {
      reason: 'Status goes from `{from}` to `{to}`, which does not follow it',
      note: 'From `{from}` it goes to {next}.',
    },
    ended: {
      reason: 'Status goes from `{from}`, which is the last one, to `{to}`',
      note: 'Set it back to `{from}`, and write a new document for what is new.',
    },
  },
  check({type, project, options, report}) {
    const from = project.before?.type.status?.phase
    const to = type.status?.phase
    if (!from || !to || !type.status || from.status === to.status) return
    const phases = type.type.phases?.phases ?? []
    const way = wayBetween(from, to, phases)
    if (way && (way.length === 0 || options.allowSkip)) return
    const data = {from: from.status, to: to.status}
    const at = type.status.value
    if (from.next.length === 0) report.ended(at, data)
    else if (way) report.skipped(at, {...data, between: list(way), next: `\`${way[0] ?? ''}\``})
    else report.refused(at, {...data, next: list(from.next)})
  },
})

/** The statuses between two, on the shortest way; `undefined` where none leads. */
function wayBetween(from: Phase, to: Phase, phases: readonly Phase[]): readonly string[] | undefined {
  const seen = new Set([from.status])
  const queue: {readonly phase: Phase; readonly way: readonly string[]}[] = [{phase: from, way: []}]
  for (const {phase, way} of queue) {
    for (const status of phase.next) {
      const next = phases.find((one) => one.status.toLowerCase() === status.toLowerCase())
      if (!next || seen.has(next.status)) continue
      if (next.status === to.status) return way
      seen.add(next.status)
      queue.push({phase: next, way: [...way, next.status]})
    }
  }
  return undefined
}
