import {defineRule, swallowedLabels} from 'spec-lint/rule'

export default defineRule({
  id: 'swallowed-label',
  category: 'structure',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'No line that begins with a bold label belongs to the list item above it.',
    why: 'Without an empty line between them, Markdown reads on: on the page the next requirement is the end of the last bullet of this one, and no tool finds it.',
    remedy: 'Put an empty line in front of the label.',
    exceptions: 'A label that stands as far to the right as the words of the item is a part of it.',
  },
  fixable: 'safe',
  options: {},
  messages: {
    swallowed: {
      reason: 'Markdown takes `{label}` for a part of the list item above it',
      note: 'Put an empty line before it.',
    },
  },
  check({document, report}) {
    for (const label of swallowedLabels(document)) {
      const {start} = document.source.lineSpan(document.source.lineOf(label.start))
      const edits = [{start, end: start, text: document.source.eol}]
      report.swallowed(
        label,
        {label: label.text.replaceAll('*', '')},
        {fix: {title: 'Put an empty line before it', safety: 'safe', edits}},
      )
    }
  },
})
