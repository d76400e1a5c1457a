import {defineRule, replacementOf, shortened} from 'spec-lint/rule'

export default defineRule({
  id: 'field-value',
  category: 'structure',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The value of a labelled line is one that the type allows.',
    why: "Priorities, approaches and impacts are sorted and counted; a word of one's own falls out of every list.",
    remedy: 'Write one of the values that the note names.',
    exceptions:
      'Placeholders, and a choice left whole, are reported by `no-placeholder`. A remark in parentheses may follow where the type allows it.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    wrong: {reason: '`{label}` is `{value}`, expected {expected}', note: 'Set `{label}` to {expected}.'},
    empty: {reason: '`{label}` has no value', note: 'Write {expected} after the label.'},
  },
  check({type, report}) {
    for (const {fields, entries} of type.sections) {
      for (const bound of [...fields, ...entries.flatMap((entry) => entry.fields)]) {
        for (const {property, at, expected, replacements, keyword, field} of bound.invalid) {
          if (keyword === 'minLength' && field.value.text === '') {
            report.empty(field.label, {label: property, expected})
            continue
          }
          report.wrong(at, {label: property, value: shortened(at.text), expected}, replacementOf(at, replacements))
        }
      }
    }
  },
})
