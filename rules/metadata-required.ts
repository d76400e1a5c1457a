import {defineRule, type Fix, type MissingProperty} from 'spec-lint/rule'

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
    const {missing} = type.metadata
    for (const {property, schema, at, insert} of missing) {
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
          fix: additionOf(missing.filter((other) => other.insert.offset === insert.offset)),
        },
      )
    }
  },
})

/** The lines that go in at one place, which they do together. */
function additionOf(missing: readonly MissingProperty[]): Fix {
  const keys = missing.map(({property}) => `\`${property}\``)
  const offset = missing[0]?.insert.offset ?? 0
  const [first, ...rest] = missing.map(({insert}) => insert)
  const last = rest.at(-1) ?? first
  const eol = first?.before.startsWith('\r\n') === true ? '\r\n' : (first?.before.charAt(0) ?? '\n')
  const text = `${first?.before ?? ''}${first?.text ?? ''}${rest.map((one) => eol + one.text).join('')}${last?.after ?? ''}`
  return {title: `Add ${keys.join(', ')}`, safety: 'unsafe', edits: [{start: offset, end: offset, text}]}
}
