import {additionOf, defineRule, headingLine, isConditional, isPlain, placeWords} from 'spec-lint/rule'

export default defineRule({
  id: 'schema-section-required',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'A document that has a migration says what changes in the schema.',
    why: 'A migration alone shows the way and not the goal; nobody can review it against anything.',
    remedy: 'Add the section that the type has for the schema.',
    exceptions: 'Types that always ask for that section report its absence with `required-sections`.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    missing: {
      reason: 'The document has a migration, `{migration}`, and no section `{section}`',
      note: 'Add `{line}` {place}, with the models, indexes and constraints that change.',
    },
  },
  check({document, type, report}) {
    const migration = type.sections.find(
      ({spec, state, notApplicable}) => spec.role === 'migration' && state !== 'missing' && !notApplicable,
    )
    const bound = type.sections.find(
      ({spec, state, parent}) =>
        spec.role === 'schema' && isConditional(spec) && state === 'missing' && parent?.state !== 'missing',
    )
    const heading = migration?.matches[0]?.heading
    if (!bound || !heading) return
    const line = headingLine(bound)
    report.missing(
      heading.title,
      {migration: heading.text, section: bound.spec.heading, line, place: placeWords(bound)},
      isPlain(bound, type, document) ? {fix: additionOf([[bound]], {type, document})} : {},
    )
  },
})
