import {
  type BoundDocument,
  type BoundSection,
  defineRule,
  headingForm,
  headingLine,
  holdsRole,
  isConditional,
  isMissing,
  lacksMigration,
  list,
  placeWords,
  type SchemaChange,
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
      'Numbers, case, emphasis, dash style and a remark in parentheses do not count. A section at another level is the matter of `section-depth`; a missing migration that of `migration-required`.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    missing: {reason: 'Section `{section}` is missing', note: 'Add `{line}` {place}{rest}.'},
    misspelt: {reason: 'Section `{found}` looks like the required `{section}`', note: 'Write `{line}`.'},
    near: {reason: 'Section `{found}` looks like `{section}`', note: 'Write `{line}`.'},
    misplaced: {reason: 'Section `{section}` stands under `{found}`', note: 'Move it under `{parent}`.'},
    anyOf: {reason: 'None of the sections {sections} is there', note: 'Add at least one of them {place}.'},
    requires: {reason: 'Section `{found}` needs a section `{section}`', note: 'Add it {place}.'},
    conflicts: {reason: 'Section `{section}` and section `{found}` exclude each other', note: 'Keep one of them.'},
  },
  check({document, type, schemaChanges, report}) {
    const {eol} = document.source
    for (const bound of type.sections) {
      const {spec, gap} = bound
      if (isMissing(bound)) {
        if (isSaidElsewhere(bound, type, schemaChanges)) continue
        const line = headingLine(bound)
        const text = `${line}${eol}${eol}${spec.skeleton === undefined ? '' : `${spec.skeleton}${eol}${eol}`}`
        const before = gap.before ? '' : eol
        report.missing(
          gap.at,
          {
            section: spec.heading,
            line,
            place: placeWords(bound),
            rest: takesNumber(bound) ? ', and count on from there' : '',
          },
          {
            fix: {
              title: `Add section ${spec.heading}`,
              safety: 'unsafe',
              edits: [{start: gap.offset, end: gap.offset, text: before + text}],
            },
          },
        )
      } else reportNear(bound)
    }
    for (const {constraint, gap, headings, found} of type.constraints) {
      const [first, second] = found
      const place = placeWords({gap})
      if (constraint.kind === 'requires' && first?.heading)
        report.requires(first.heading.title, {found: first.heading.text, section: headings[0] ?? '', place})
      else if (second?.heading && first?.heading)
        report.conflicts(second.heading.title, {section: second.heading.text, found: first.heading.text})
      else report.anyOf(gap.at, {sections: list(headings), place})
    }

    function reportNear(bound: BoundSection): void {
      const {state, spec, matches, parent, required} = bound
      const heading = matches[0]?.heading
      if (!heading) return
      const {start, end} = heading.title
      if (state === 'misspelt') {
        const fix = {
          title: `Rename to ${spec.heading}`,
          safety: 'unsafe' as const,
          edits: [{start, end, text: spec.heading}],
        }
        const data = {found: heading.title.text, section: spec.heading, line: headingLine(bound)}
        if (required) report.misspelt(heading.title, data, {expected: [spec.heading], fix})
        else if (hasAsManyWords(heading.title.text, spec.heading))
          report.near(heading.title, data, {expected: [spec.heading], fix})
      }
      if (state === 'misplaced') {
        const above = matches[0]?.parent?.heading
        report.misplaced(heading.title, {
          section: heading.text,
          found: above?.text ?? 'the title',
          parent: parent?.matches[0]?.heading?.text ?? parent?.spec.heading ?? 'the title',
        })
      }
    }
  },
})

/** `migration-required` and `schema-section-required` speak of what a schema change asks for. */
function isSaidElsewhere({spec}: BoundSection, type: BoundDocument, schemaChanges: readonly SchemaChange[]): boolean {
  if (holdsRole(spec, 'migration') && lacksMigration(type, schemaChanges)) return true
  if (!isConditional(spec) || spec.role !== 'schema') return false
  return schemaChanges.length > 0 || type.withRole('migration').length > 0
}

/** "Database Migration Plan" beside an optional "Database Migration" may well be meant. */
function hasAsManyWords(a: string, b: string): boolean {
  return headingForm(a).split(' ').length === headingForm(b).split(' ').length
}
