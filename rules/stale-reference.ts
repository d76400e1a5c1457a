import {
  defineRule,
  localUrl,
  relatedSpecification,
  type Section,
  sectionAt,
  type Specification,
  type SpecDocument,
} from 'spec-lint/rule'

/** Words by which a reader knows that the other document is past. */
const known =
  /\b(?:deprecat\w*|supersed\w*|obsolet\w*|replac\w*|withdrawn|retired|former(?:ly)?|historical(?:ly)?|history|previous(?:ly)?|earlier|predecessor|old|archived?|rejected|abandoned)\b/i

export default defineRule({
  id: 'stale-reference',
  category: 'requirements',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'No live document builds on, or links to, one that was withdrawn without saying so.',
    why: 'Readers follow the link and implement what was given up.',
    remedy: 'Link to the document that took its place, or say in the sentence that this one is deprecated.',
    exceptions:
      'Withdrawn documents may refer to whatever they like, and what a document supersedes is past by definition. A sentence or a section that says that the other one is past is left alone.',
  },
  options: {},
  messages: {
    link: {
      reason: '`{path}` is {status}',
      note: 'Link to {successor}, or say here that it is {status}.',
    },
    relation: {
      reason: '{key} names `{text}`, which is {status}',
      note: 'Name {successor}.',
    },
  },
  check({document, type, project, report}) {
    if (type.status?.phase?.kind === 'withdrawn') return
    for (const {urlSpan, url, start} of document.links) {
      const local = localUrl(url)
      const target = local && local.path !== '' ? project.target(local.path) : undefined
      const other = target?.kind === 'file' ? target.specification : undefined
      if (other?.phase !== 'withdrawn' || isRelation(start) || saysSo(start, document)) continue
      report.link(urlSpan, {path: url, status: wordOf(other), successor: successorOf(other)})
    }
    for (const {kind, key} of type.type.relations) {
      const entry = type.metadata.entry(key)
      if (kind !== 'depends-on' || !entry) continue
      for (const relation of project.self?.relations ?? []) {
        const other = relation.kind === kind ? relatedSpecification(relation, project.related) : undefined
        if (other?.phase === 'withdrawn')
          report.relation(entry.valueSpan, {
            key,
            text: relation.text,
            status: wordOf(other),
            successor: successorOf(other),
          })
      }
    }

    function isRelation(offset: number): boolean {
      return type.type.relations.some(({key}) => {
        const entry = type.metadata.entry(key)
        return entry !== undefined && offset >= entry.start && offset < entry.end
      })
    }
  },
})

function wordOf({status}: Specification): string {
  return (status ?? 'withdrawn').toLowerCase()
}

function successorOf({relations}: Specification): string {
  const next = relations.find(({kind}) => kind === 'superseded-by')
  return next ? `\`${next.text.replaceAll('`', "'")}\`` : 'the document that took its place'
}

/** The line, or a heading above it, says that the other document is past. */
function saysSo(offset: number, document: SpecDocument): boolean {
  const {source} = document
  const line = source.slice(source.lineSpan(source.lineOf(offset)))
  const above = (section: Section | undefined): boolean =>
    section?.heading !== undefined && (known.test(section.heading.text) || above(section.parent))
  // Addresses are no words: `old-schema.md` says nothing.
  return known.test(line.replaceAll(/\]\([^)]*\)/gu, ']')) || above(sectionAt(document, offset))
}
