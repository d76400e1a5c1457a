import {defineRule, list, safetyOf} from 'spec-lint/rule'

export default defineRule({
  id: 'status-enum',
  category: 'metadata',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The status is one of the values that the type knows.',
    why: 'Whether a document may be built from, and what is still asked of it, hangs on its status; an invented one means nothing.',
    remedy: 'Write one of the values, as the type spells it.',
    exceptions: 'Where the type allows it, a remark may follow: `Implemented (2.1)`.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    unknown: {reason: "Status `{status}` is none of the type's values", note: 'Set `{key}` to one of {values}.'},
    near: {
      reason: "Status `{status}` is none of the type's values; `{near}` is the nearest",
      note: 'Set `{key}` to one of {values}.',
    },
    menu: {reason: 'Status is still the whole choice `{status}`', note: 'Set `{key}` to one of {values}.'},
    empty: {reason: 'Status has no value', note: 'Set `{key}` to one of {values}.'},
  },
  check({type, report}) {
    const {status} = type
    const key = type.type.metadata?.status
    const values = list((type.type.phases?.phases ?? []).map((phase) => phase.status))
    if (!status || key === undefined) return
    const {value, entry} = status
    const problem = type.metadata.invalid.find(({property}) => property === key)
    if (status.menu) report.menu(value, {status: value.text, key, values})
    else if (entry.raw === '') report.empty(entry.key, {key, values})
    else if (problem) {
      const near = problem.replacements[0]
      const start = problem.at.start
      const end = problem.at.end
      if (near === undefined) report.unknown(problem.at, {status: value.text, key, values})
      else {
        const fix = {
          title: `Change to \`${near}\``,
          safety: safetyOf(problem.at.text, near),
          edits: [{start, end, text: near}],
        }
        report.near(
          problem.at,
          {status: value.text, near: near.replaceAll('"', ''), key, values},
          {expected: problem.replacements, fix},
        )
      }
    }
  },
})
