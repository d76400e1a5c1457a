import {defineRule, matches, sameHeading} from 'spec-lint/rule'

export default defineRule({
  id: 'title-format',
  category: 'metadata',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The document has one first-level heading, of the form that the type gives it.',
    why: 'Lists of documents, page titles and links are made from the first heading.',
    remedy: 'Begin the document with one heading `# …` of that form, and give the others a lower level.',
    exceptions: 'A title that is still a placeholder is reported by `no-placeholder` alone.',
  },
  options: {},
  messages: {
    none: {reason: 'The document has no first-level heading', note: 'Begin it with a title such as `{example}`.'},
    second: {
      reason: '`{title}` is a second first-level heading',
      note: 'A document has one title, `{first}`; write `## {title}`.',
    },
    form: {reason: 'Title `{title}` does not have the form of a {type}', note: 'Write a title such as `{example}`.'},
  },
  check({document, type, report}) {
    const spec = type.type.documentTitle
    if (!spec) return
    const [first, second] = document.headings.filter(({depth}) => depth === 1)
    if (!first) {
      report.none(
        document.metadata.frontMatter
          ? after(document.metadata.frontMatter.end, document.text)
          : document.source.lineSpan(1),
        {example: spec.example},
      )
      return
    }
    // A known section at the first level is the matter of `section-depth`.
    const known =
      second !== undefined && type.sections.some(({spec: section}) => sameHeading(section.heading, second.title.text))
    if (second && !known) report.second(second.title, {title: second.text, first: first.text})
    const open = document.placeholders.some(({start, end}) => start >= first.start && end <= first.end)
    if (spec.pattern !== undefined && !open && !matches(spec.pattern, first.text)) {
      report.form(headingText(first), {title: first.text, example: spec.example, type: type.type.title.toLowerCase()})
    }
  },
})

function after(offset: number, text: string): {start: number; end: number} {
  const next = text.slice(offset).search(/[^\s]/u)
  const start = next < 0 ? offset : offset + next
  const end = text.slice(start).search(/[\r\n]|$/u) + start
  return {start, end}
}

function headingText(heading: {
  readonly start: number
  readonly end: number
  readonly number: {readonly start: number} | undefined
  readonly title: {readonly start: number; readonly end: number}
}): {start: number; end: number} {
  return {start: heading.number?.start ?? heading.title.start, end: heading.title.end}
}
