import {
  additionOf,
  asksForRollback,
  type BoundDocument,
  type BoundSection,
  defineRule,
  type Extra,
  type Fix,
  headingForm,
  headingLine,
  holdsRole,
  isConditional,
  isMissing,
  isPlain,
  lackedMigration,
  list,
  placeWords,
  type SchemaChange,
  type SchemaFacts,
  type Span,
  type SpecDocument,
  takesNumber,
} from 'spec-lint/rule'

export default defineRule({
  id: 'required-sections',
  category: 'structure',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Every section that the type requires is there, under its name and in its place.',
    why: 'A reviewer who reads twenty documents of one type looks for the same answers in the same places.',
    remedy:
      'Add the section where the finding says, or correct its heading. `N/A: reason` may stand for the content where the type allows it.',
    exceptions:
      'Numbers, case, emphasis, dash style and a remark in parentheses do not count. A section at another level is the matter of `section-depth`; a missing migration that of `migration-required`, a missing way back that of `rollback-required`.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    missing: {reason: 'Section `{section}` is missing', note: 'Add `{line}` {place}{rest}.'},
    bold: {reason: 'Section `{section}` stands in bold, not as a heading', note: 'Write `{line}`.'},
    bolds: {
      reason: 'Section `{section}` and {count} more stand in bold, not as headings',
      note: 'Write `{line}`, and so on.',
    },
    misspelt: {reason: 'Section `{found}` looks like the required `{section}`', note: 'Write `{line}`.'},
    near: {reason: 'Section `{found}` looks like `{section}`', note: 'Write `{line}`.'},
    misplaced: {reason: 'Section `{section}` stands under `{found}`', note: 'Move it under `{parent}`.'},
    anyOf: {reason: 'None of the sections {sections} is there', note: 'Add at least one of them {place}.'},
    requires: {reason: 'Section `{found}` needs a section `{section}`', note: 'Add it {place}.'},
    conflicts: {reason: 'Section `{section}` and section `{found}` exclude each other', note: 'Keep one of them.'},
  },
  check({document, type, schema, schemaChanges, report}) {
    const lines = new Map<number, string[]>()
    const all = absentIn({document, type, schema, schemaChanges})
    const absent = all.filter(({bold}) => bold === undefined)
    for (const bound of type.sections) {
      if (!isMissing(bound)) reportNear(bound)
      else if (absent.includes(bound)) reportMissing(bound)
      else if (all.includes(bound)) reportBold(bound)
    }
    for (const {constraint, gap, headings, found} of type.constraints) {
      const [first, second] = found
      const place = placeWords({gap})
      if (constraint.kind === 'requires' && first?.heading)
        report.requires(
          first.heading.title,
          {found: first.heading.text, section: headings[0] ?? '', place},
          fixOf([constraint.then]),
        )
      else if (second?.heading && first?.heading)
        report.conflicts(second.heading.title, {section: second.heading.text, found: first.heading.text})
      else if (constraint.kind !== 'requires')
        report.anyOf(gap.at, {sections: list(headings), place}, fixOf(constraint.sections))
    }

    /** Inserts the first of some sections. */
    function fixOf([id]: readonly string[]): Extra {
      const bound = type.sections.find(({spec}) => spec.id === id)
      return bound?.state === 'missing' ? {fix: additionOf([[bound]], {type, document})} : {}
    }

    function reportMissing(bound: BoundSection): void {
      const {heading, gap} = bound
      const others = lines.get(gap.offset * 10 + bound.depth) ?? []
      const line = headingLine(bound, others.length)
      const last = others.at(-1)
      const place = last === undefined ? placeWords(bound) : `after \`${last}\``
      const rest = takesNumber(bound, others.length) ? ', and count on from there' : ''
      const extra = isPlain(bound, type, document)
        ? {fix: additionOf(togetherWith(bound, absent, {type, document}), {type, document})}
        : {}
      report.missing(gap.at, {section: heading, line, place, rest}, extra)
      lines.set(gap.offset * 10 + bound.depth, [...others, line])
    }

    /** What one section holds in bold is one habit, and one finding. */
    function reportBold(bound: BoundSection): void {
      const {bold, parent, heading} = bound
      const alike = all.filter((other) => other.bold && other.parent === parent)
      if (!bold || alike[0] !== bound) return
      const data = {section: heading, line: headingLine(bound), count: alike.length - 1}
      const extra = headingsOf(alike)
      if (data.count > 0) report.bolds(bold, data, extra)
      else report.bold(bold, data, extra)
    }

    function reportNear(bound: BoundSection): void {
      const {state, spec, matches, required} = bound
      const heading = matches[0]?.heading
      if (!heading) return
      if (state === 'misspelt') {
        const data = {found: heading.title.text, section: spec.heading, line: headingLine(bound)}
        // At another level it may be another section.
        const isAtLevel = heading.depth === bound.depth
        const extra = {expected: [spec.heading], ...(isAtLevel && {fix: renaming(heading.title, spec.heading)})}
        if (required) report.misspelt(heading.title, data, extra)
        else if (hasAsManyWords(heading.title.text, spec.heading)) report.near(heading.title, data, extra)
      }
      if (state === 'misplaced') report.misplaced(heading.title, placesOf(bound))
    }
  },
})

/** Where a misplaced section stands, and where it belongs. */
function placesOf({matches, parent, spec}: BoundSection): Readonly<Record<'section' | 'found' | 'parent', string>> {
  const heading = matches[0]?.heading
  return {
    section: heading?.text ?? spec.heading,
    found: matches[0]?.parent?.heading?.text ?? 'the title',
    parent: parent?.matches[0]?.heading?.text ?? parent?.spec.heading ?? 'the title',
  }
}

function renaming({start, end}: Span, name: string): Fix {
  return {title: `Rename to ${name}`, safety: 'unsafe', edits: [{start, end, text: name}]}
}

/** Bold names that fill a paragraph each become headings. */
function headingsOf(alike: readonly BoundSection[]): Extra {
  const edits = alike.flatMap((one) => (one.bold?.line ? [{...one.bold.line, text: headingLine(one)}] : []))
  const title = alike.length > 1 ? 'Make them headings' : 'Make it a heading'
  return edits.length === alike.length ? {fix: {title, safety: 'unsafe', edits}} : {}
}

interface Facts {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly schema: SchemaFacts
  readonly schemaChanges: readonly SchemaChange[]
}

/** Missing sections of which no other rule speaks. */
function absentIn(facts: Facts): readonly BoundSection[] {
  const {type, schemaChanges} = facts
  const isAskedFor = asksForRollback(facts)
  return type.sections.filter(
    (bound) =>
      isMissing(bound) &&
      !isSaidElsewhere(bound, type, schemaChanges) &&
      !(bound.spec.role === 'rollback' && isAskedFor),
  )
}

/** `migration-required` and `schema-section-required` speak of what a schema change asks for. */
function isSaidElsewhere({spec}: BoundSection, type: BoundDocument, schemaChanges: readonly SchemaChange[]): boolean {
  if (holdsRole(spec, 'migration') && lackedMigration(type, schemaChanges)) return true
  if (!isConditional(spec) || spec.role !== 'schema') return false
  return schemaChanges.length > 0 || type.withRole('migration').length > 0
}

/** "Database Migration Plan" beside an optional "Database Migration" may well be meant. */
function hasAsManyWords(a: string, b: string): boolean {
  return headingForm(a).split(' ').length === headingForm(b).split(' ').length
}

/** What goes into the same gap; where headings count, into all gaps beside it: what is added there moves its number on. */
function togetherWith(
  bound: BoundSection,
  absent: readonly BoundSection[],
  {type, document}: Pick<Facts, 'type' | 'document'>,
): readonly (readonly BoundSection[])[] {
  const {parent, depth, gap} = bound
  const counts = /^#+ \d/u.test(headingLine(bound))
  const beside = absent.filter(
    (other) =>
      other.parent === parent &&
      other.depth === depth &&
      (other.gap.offset === gap.offset || (counts && isPlain(other, type, document))),
  )
  const offsets = [...new Set(beside.map((other) => other.gap.offset))].toSorted((one, other) => one - other)
  return offsets.map((offset) => beside.filter((other) => other.gap.offset === offset))
}
