import {
  additionOf,
  type BoundSection,
  defineRule,
  forwardChanges,
  headingLine,
  holdsRole,
  isPlain,
  isWithin,
  lackedMigration,
  placeWords,
  type Section,
  type Span,
  type SpecDocument,
} from 'spec-lint/rule'

export default defineRule({
  id: 'migration-required',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'A document that changes the database schema says how the database gets there.',
    why: 'A schema change that is approved without its migration is deployed by hand, once, on one machine.',
    remedy: 'Add the section that the type has for it, with the operations that the document declares.',
    exceptions:
      'A change is a fact, not a word: a DDL statement in a fence, a table of columns, a list of attributes, a Prisma model, an Alembic operation. Prose alone never makes one.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    missing: {
      reason: 'The document changes the database schema and has no section `{section}`',
      note: 'Add `{line}` {place}; it has to bring about {changes}.',
    },
    named: {
      reason: 'The migration stands in section `{found}`, where the type has `{section}` for it',
      note: 'Name the section `{section}`{below}, or put it into one of that name.',
    },
  },
  check({document, type, schemaChanges, report}) {
    const first = lackedMigration(type, schemaChanges)
    const bound = first && outermost(first)
    if (!bound || !holdsRole(bound.spec, 'migration')) return
    const changes = forwardChanges(type, schemaChanges)
    const own = migrationHeading(document, changes)
    if (own) {
      const above = bound === first ? '' : ` and put it below \`${bound.spec.heading}\``
      const words = {found: own.text.replaceAll('`', ''), section: first.spec.heading, below: above}
      report.named(own.title, words)
      return
    }
    const named = changes.slice(0, 3).map(({label, start}) => `\`${label}\` (line ${document.source.lineOf(start)})`)
    const rest = changes.length > 3 ? ` and ${changes.length - 3} more` : ''
    const line = headingLine(bound)
    report.missing(
      bound.gap.at,
      {section: bound.spec.heading, line, place: placeWords(bound), changes: named.join(', ') + rest},
      {
        related: changes
          .slice(0, 3)
          .map((change) => ({start: change.start, end: change.end, message: `\`${change.label}\``})),
        ...(isPlain(bound, type, document) && {fix: additionOf([[bound]], {type, document})}),
      },
    )
  },
})

/** The heading of a section that calls itself a migration, and changes the schema. */
function migrationHeading({sections}: SpecDocument, changes: readonly Span[]): Section['heading'] {
  return sections.find(
    (section) =>
      section.depth > 1 &&
      /\bmigrations?\b/i.test(section.heading?.title.text ?? '') &&
      changes.some(({start}) => isWithin(start, section)),
  )?.heading
}

function outermost(bound: BoundSection): BoundSection {
  let top = bound
  while (top.parent?.state === 'missing') top = top.parent
  return top
}
