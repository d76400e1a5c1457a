import type {Directive, SpecDocument, Span} from '../document/types.ts'
import type {Suppression, SuppressionName, Use} from '../rule/types.ts'
import {nearest} from '../type/nearest.ts'
import type {Finding, SuppressedFinding} from './types.ts'

export const verbs: readonly string[] = [
  'disable',
  'enable',
  'ignore',
  'disable-line',
  'disable-next-line',
  'disable-file',
]
const every = '*'

/** One rule, or every rule, that one comment names. */
interface Slot {
  readonly directive: Directive
  readonly rule: string
  used: boolean
  /** For `disable`: what ended it. */
  readonly endedBy: Set<Directive>
  /** For `enable`: what it ended. */
  readonly ends: Set<Directive>
}

type Slots = Map<string, Slot[]>

export interface RulesOfRun {
  /** Every name that a comment may write. */
  readonly names: readonly string[]
  /** Whether a rule ran, and so would have found something. */
  readonly ran: (rule: string) => boolean
  /** No rule was left out of the run. */
  readonly complete: boolean
}

interface Judged {
  readonly findings: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
  readonly suppressions: readonly Suppression[]
}

/** Parts findings into those that stand and those that comments suppress. Linear in both, but for their sorting. */
export function suppress(findings: readonly Finding[], document: SpecDocument, run: RulesOfRun): Judged {
  const {directives, source} = document
  if (directives.length === 0) return {findings, suppressed: [], suppressions: []}
  const places = placesOf(document)
  const kept: Finding[] = []
  const suppressed: SuppressedFinding[] = []
  for (const finding of findings.toSorted((a, b) => a.start - b.start)) {
    const slots = finding.ruleId === 'internal-error' ? [] : places.at(finding, source.lineOf(finding.start))
    for (const slot of slots) slot.used = true
    const [first] = slots
    if (!first) kept.push(finding)
    else suppressed.push({...finding, suppression: {kind: 'inSource', justification: reasonOf(slots), ...at(first)}})
  }
  places.finish()
  return {
    findings: kept,
    suppressed,
    suppressions: directives.map((directive) => suppressionOf(directive, places.slots, run)),
  }
}

function at({directive: {start, end}}: Slot): Span {
  return {start, end}
}

function reasonOf(slots: readonly Slot[]): string {
  return slots.find(({directive}) => directive.reason !== '')?.directive.reason ?? ''
}

interface Places {
  readonly slots: ReadonlyMap<Directive, readonly Slot[]>
  /** What suppresses a finding; findings must come in the order of the text. */
  at(finding: Finding, line: number): readonly Slot[]
  finish(): void
}

function placesOf({directives, source}: SpecDocument): Places {
  const all = new Map(directives.map((directive) => [directive, slotsOf(directive)]))
  const file: Slots = new Map()
  const lines = new Map<number, Slots>()
  const blocks = new Map<number, {readonly span: Span; readonly slots: Slots}>()
  for (const [directive, slots] of all) {
    const {verb, start, end, next} = directive
    if (verb.text === 'disable-file') add(file, slots)
    if (verb.text === 'disable-line') addLine(lines, source.lineOf(start), slots)
    if (verb.text === 'disable-next-line') addLine(lines, source.lineOf(end) + 1, slots)
    if (verb.text !== 'ignore' || !next) continue
    const block = blocks.get(next.start) ?? {span: next, slots: new Map()}
    blocks.set(next.start, block)
    add(block.slots, slots)
  }
  const waiting = [...blocks.values()].toSorted((a, b) => b.span.start - a.span.start)
  let open: (typeof waiting)[number][] = []
  const switches = switchesOf(all)
  return {
    slots: all,
    at: ({start, ruleId}, line) => {
      switches.advance(start)
      for (let block = waiting.at(-1); block && block.span.start <= start; block = waiting.at(-1)) {
        open.push(block)
        waiting.pop()
      }
      open = open.filter(({span}) => span.end >= start)
      const here = [lines.get(line), ...open.map(({slots}) => slots), file].flatMap((slots) => [
        ...(slots?.get(ruleId) ?? []),
        ...(slots?.get(every) ?? []),
      ])
      return [...here, ...switches.at(ruleId)]
    },
    finish: () => switches.advance(Number.POSITIVE_INFINITY),
  }
}

/** `disable` and `enable`, followed through the text. */
function switchesOf(all: ReadonlyMap<Directive, readonly Slot[]>): {
  readonly advance: (offset: number) => void
  readonly at: (rule: string) => readonly Slot[]
} {
  const events = [...all].filter(([{verb}]) => verb.text === 'disable' || verb.text === 'enable')
  const off = new Map<string, Slot>()
  const exempt = new Set<string>()
  let next = 0
  const turn = (slot: Slot, disables: boolean): void => {
    const {rule} = slot
    if (disables) off.set(rule, slot)
    if (disables && rule === every) exempt.clear()
    else if (disables) exempt.delete(rule)
    if (disables) return
    for (const ended of rule === every ? off.values() : [off.get(rule), off.get(every)].flatMap((one) => one ?? [])) {
      ended.endedBy.add(slot.directive)
      slot.ends.add(ended.directive)
    }
    slot.used = rule === every ? off.size > 0 : off.has(rule) || (off.has(every) && !exempt.has(rule))
    if (rule === every) off.clear()
    else off.delete(rule)
    if (off.has(every)) exempt.add(rule)
  }
  return {
    advance: (offset) => {
      for (let event = events[next]; event && event[0].start <= offset; event = events[next]) {
        for (const slot of event[1]) turn(slot, event[0].verb.text === 'disable')
        next += 1
      }
    },
    at: (rule) => [off.get(rule), exempt.has(rule) ? undefined : off.get(every)].filter((slot) => slot !== undefined),
  }
}

function slotsOf(directive: Directive): readonly Slot[] {
  if (!directive.separated) return []
  const rules = directive.names.length === 0 ? [every] : directive.names.map(({text}) => text)
  return rules.map((rule) => ({directive, rule, used: false, endedBy: new Set(), ends: new Set()}))
}

function add(to: Slots, slots: readonly Slot[]): void {
  for (const slot of slots) to.set(slot.rule, [...(to.get(slot.rule) ?? []), slot])
}

function addLine(lines: Map<number, Slots>, line: number, slots: readonly Slot[]): void {
  const own: Slots = lines.get(line) ?? new Map()
  lines.set(line, own)
  add(own, slots)
}

function suppressionOf(
  directive: Directive,
  all: ReadonlyMap<Directive, readonly Slot[]>,
  run: RulesOfRun,
): Suppression {
  const slots = all.get(directive) ?? []
  const {start, end, verb, separated, names, reason} = directive
  const known = separated && verbs.includes(verb.text)
  // An `enable` without its `disable` is unused whatever ran.
  const useOf = (slot: Slot | undefined, isKnown: boolean): Use => {
    if (!slot || !known) return 'unknown'
    return slot.used ? 'used' : isKnown || verb.text === 'enable' ? 'unused' : 'unknown'
  }
  const rules = names.map((name, index) => ({
    ...named(name, run.names),
    use: useOf(slots[index], run.ran(name.text)),
    ended: (slots[index]?.endedBy.size ?? 0) > 0,
  }))
  const uses = rules.length === 0 ? [useOf(slots[0], run.complete)] : rules.map(({use}) => use)
  const use = uses.includes('used') ? 'used' : uses.includes('unknown') ? 'unknown' : 'unused'
  const endings = [...new Set(slots.flatMap(({endedBy}) => [...endedBy]))].map((ending) => ({
    start: ending.start,
    end: ending.end,
    alone: (all.get(ending) ?? []).every(({ends}) => ends.size === 1 && ends.has(directive)),
  }))
  return {start, end, verb: {...named(verb, verbs), known}, separated, rules, reason, use, endings}
}

function named(name: Directive['verb'], all: readonly string[]): SuppressionName {
  const known = all.includes(name.text)
  return {...name, known, nearest: known ? [] : nearest(name.text, all)}
}
