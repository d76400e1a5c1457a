import type {List, Section, SpecDocument, Table} from '../document/types.ts'
import {bindEntries, bindFields, fieldsWithin} from './bind-fields.ts'
import {bindSteps} from './bind-steps.ts'
import {bindTable} from './bind-tables.ts'
import {type boldIn, boldNameOf} from './bold.ts'
import {type Circumstances, isRequired} from './conditions.ts'
import type {IsOpen} from './filled.ts'
import {gapOf} from './gap.ts'
import {hollowOf, isLeftOut} from './hollow.ts'
import type {Match, Matching} from './match.ts'
import type {Displaced} from './order.ts'
import type {BoundCode, BoundSection, CodeSpec, SectionSpec} from './types.ts'

export interface SectionInput {
  readonly document: SpecDocument
  readonly match: Match
  readonly parent: BoundSection | undefined
  readonly matching: Matching
  readonly displaced: Displaced | undefined
  readonly circumstances: Circumstances
  readonly isOpen: IsOpen
  readonly leads: ReturnType<typeof boldIn>
  /** What it is called in this document. */
  readonly headingOf: (spec: SectionSpec) => string
}

const reason = /^(?:n\/?a|not applicable|none)\b[\s:.,;–—-]*(?:because|since|as)?\s*\S+\s+\S+/i

export function bindSection(input: SectionInput): BoundSection {
  const {document, match, parent, matching, displaced, circumstances} = input
  const {spec, matches} = match
  const present = matches.filter((section) => !isLeftOut(section, spec, document))
  const notApplicable =
    parent?.notApplicable === true ||
    (spec.omittable !== false && matches.some((section) => saysWhy(section))) ||
    (matches.length > 0 && present.length === 0)
  // The children of a section at a wrong level stand beside it.
  const judged = notApplicable || match.state === 'missing' || match.state === 'depth' ? [] : present
  const hollow = judged.flatMap((section) => hollowOf(section, spec, document) ?? [])
  // A section that doesn't apply, or is empty, is asked for nothing that it would hold.
  const checked =
    notApplicable || match.state === 'missing'
      ? []
      : present.filter((section) => !hollow.some((one) => one.section === section))
  return {
    spec,
    heading: input.headingOf(spec),
    parent,
    matches,
    notApplicable,
    state: match.state,
    // Nothing below a section that doesn't apply is asked for.
    required: isRequired(spec, circumstances) && parent?.notApplicable !== true,
    bold: match.state === 'missing' ? boldNameOf(match, input.leads(), matching) : undefined,
    duplicates: match.duplicates,
    depth: match.depth,
    hollow,
    displaced: displaced ? [displaced] : [],
    gap: gapOf(match, matching, document),
    ...content(checked, input),
  }
}

function content(
  sections: readonly Section[],
  {match: {spec}, document, matching, isOpen}: SectionInput,
): Pick<BoundSection, 'fields' | 'entries' | 'tables' | 'checklists' | 'steps' | 'codes'> {
  const {fields, checklist, steps, code} = spec
  return {
    fields: fields
      ? sections.map((section) =>
          bindFields(
            {
              section,
              name: `section \`${section.heading?.title.text ?? ''}\``,
              at: section.heading?.title ?? section,
              fields: own(section, matching).flatMap(fieldsWithin),
            },
            fields.schema,
            document,
            isOpen,
          ),
        )
      : [],
    entries: spec.entries.flatMap((entry) => sections.map((section) => bindEntries(section, entry, document, isOpen))),
    tables: spec.tables.flatMap((table) =>
      sections.map((section) =>
        bindTable(
          section,
          own(section, matching).flatMap((one): readonly Table[] => one.tables),
          table,
          isOpen,
        ),
      ),
    ),
    checklists: checklist
      ? sections.map((section) => bindSteps(section, listsOf(section, matching), checklist.items, []))
      : [],
    steps: steps
      ? sections.map((section) =>
          bindSteps(section, listsOf(section, matching), steps.items, headingsAndLabels(section)),
        )
      : [],
    codes: code ? sections.map((section) => bindCode(section, code, matching)) : [],
  }
}

/** A section with those below it that the type doesn't know. */
function own(section: Section, matching: Matching): readonly Section[] {
  return [
    section,
    ...section.children.filter((child) => !matching.claimed.has(child)).flatMap((child) => own(child, matching)),
  ]
}

function listsOf(section: Section, matching: Matching): readonly List[] {
  return own(section, matching).flatMap(({lists}) => lists)
}

function headingsAndLabels(section: Section): readonly string[] {
  return [
    ...section.children.map(({heading}) => heading?.title.text ?? ''),
    ...section.fields.map(({label}) => label.text),
    ...section.blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : [])),
  ]
}

function bindCode(section: Section, code: CodeSpec, matching: Matching): BoundCode {
  const codes = own(section, matching)
    .flatMap((one) => one.codes)
    .filter(({fenced}) => fenced)
  const known = new Set(code.languages.map((language) => language.toLowerCase()))
  return {
    section,
    spec: code,
    codes,
    other: code.others
      ? []
      : codes.filter(({language}) => language !== undefined && known.size > 0 && !known.has(language)),
  }
}

function saysWhy(section: Section): boolean {
  const first = section.blocks.find(({kind}) => kind === 'paragraph' || kind === 'quote' || kind === 'list')
  if (!first || section.children.some(({blocks}) => blocks.length > 0)) return false
  const text = first.kind === 'list' ? (first.items[0]?.text ?? '') : 'text' in first ? first.text : ''
  return reason.test(text)
}
