import {defineRule, sameHeading} from 'spec-lint/rule'

export default defineRule({
  id: 'metadata-syntax',
  category: 'metadata',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Metadata is there and can be read.',
    why: 'A tool that cannot read the status of a document treats it as having none, and says nothing.',
    remedy: 'Correct the line; begin the document with metadata as the type has it.',
    exceptions:
      'Placeholders in double braces are no YAML, and are read all the same: `no-placeholder` speaks of them.',
  },
  options: {},
  messages: {
    syntax: {reason: '{problem}', note: '{help}'},
    absent: {
      reason: 'The document has no metadata, which the type `{type}` needs',
      note: 'Write {keys} {place}.',
    },
  },
  check({document, type, report}) {
    const {problems} = document.metadata
    for (const problem of problems) report.syntax(problem, {problem: problem.message, help: problem.help})
    const spec = type.type.metadata
    const {missing, present} = type.metadata
    if (!spec || present || missing.length === 0 || problems.length > 0) return
    // Where a section holds the metadata, its absence or emptiness says it all.
    const holder = type.sections.find(
      (bound) => spec.section !== undefined && sameHeading(bound.spec.heading, spec.section),
    )
    if (holder && (holder.state === 'missing' || holder.hollow.length > 0)) return
    const keys = missing.map(({property}) => `\`${property}\``).join(', ')
    const place =
      spec.in === 'frontMatter'
        ? 'between two lines `---` at the beginning of the file'
        : `as lines \`**Key**: value\` below ${spec.section === undefined ? 'the title' : `\`## ${spec.section}\``}`
    const at = missing[0]?.at ?? document.source.lineSpan(1)
    report.absent(at, {type: type.type.name, keys, place})
  },
})
