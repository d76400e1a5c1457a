import {defineRule} from 'spec-lint/rule'

export default defineRule({
  id: 'metadata-required',
  category: 'metadata',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Every metadata key that the type requires is there.',
    why: 'Who owns a document, and where it stands, is what readers and tools ask first.',
    remedy: 'Add the line. A key that is nearly right is reported by `metadata-unknown-key` instead.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    missing: {reason: 'Metadata key `{key}` is missing', note: 'Add a line `{line}`.{hint}'},
  },
  check({document, type, report}) {
    if (
      !type.metadata.present ||
      document.metadata.problems.some(({code}) => code === 'unclosed' || code === 'not-first')
    )
      return
    for (const {property, schema, at, insert} of type.metadata.missing) {
      const values = Array.isArray(schema['enum']) ? schema['enum'].map((value) => `\`${String(value)}\``) : []
      const samples = Array.isArray(schema['examples']) ? schema['examples'] : []
      const hint =
        values.length > 1
          ? ` Its values are ${values.join(', ')}.`
          : samples.length > 0
            ? ` A value is, for example, \`${String(samples[0])}\`.`
            : ''
      report.missing(
        at,
        {key: property, line: insert.text, hint},
        {
          fix: {
            title: `Add \`${property}\``,
            safety: 'unsafe',
            edits: [{start: insert.offset, end: insert.offset, text: insert.text}],
          },
        },
      )
    }
  },
})
