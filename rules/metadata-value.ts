import {defineRule, safetyOf} from 'spec-lint/rule'

export default defineRule({
  id: 'metadata-value',
  category: 'metadata',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Every metadata value fits the schema of the type.',
    why: 'A date that is none and a version that YAML reads as a number break what sorts and compares documents.',
    remedy: 'Write the value as the note says.',
    exceptions: 'The status is the matter of `status-enum`, a placeholder that of `no-placeholder`.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    wrong: {reason: '`{key}` is `{value}`, expected {expected}', note: 'Set `{key}` to {expected}.'},
    empty: {reason: '`{key}` has no value, expected {expected}', note: 'Set `{key}` to {expected}.'},
  },
  check({type, report}) {
    const status = type.type.metadata?.status
    for (const {property, entry, at, expected, replacements} of type.metadata.invalid) {
      if (property === status) continue
      const [best] = replacements
      const extra = {
        expected: replacements,
        ...(best !== undefined && {
          fix: {title: `Change to \`${best}\``, safety: safetyOf(at.text, best), edits: [{...span(at), text: best}]},
        }),
      }
      if (entry.raw === '') report.empty(entry.key, {key: property, expected})
      else report.wrong(at, {key: property, value: at.text, expected}, extra)
    }
  },
})

function span({start, end}: {readonly start: number; readonly end: number}): {start: number; end: number} {
  return {start, end}
}
