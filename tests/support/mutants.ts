import {readDocument} from '../../src/document/parse.ts'
import type {Field, Section, Span, SpecDocument} from '../../src/document/types.ts'
import {bindTo} from '../../src/lint/prepare.ts'
import type {BoundDocument, BoundSection, SpecType} from '../../src/rule/types.ts'
import {requirementMutants} from './requirement-mutants.ts'
import {schemaMutants} from './schema-mutants.ts'

/** A clean document with one fault. */
export interface Mutant {
  readonly fault: string
  readonly text: string
  readonly rules: readonly string[]
  /** Lines on which the finding may stand; empty when any will do. */
  readonly lines: readonly number[]
}

interface Clean {
  readonly document: SpecDocument
  readonly bound: BoundDocument
}

/** Single faults of every kind that the rules know, made from what the document holds. */
export function mutantsOf(text: string, type: SpecType): readonly Mutant[] {
  const document = readDocument(text)
  const prepared = bindTo(document, type)
  const clean: Clean = {document, bound: prepared.type}
  return [
    ...[sections, fields, lists, tables, metadata, order, tokens].flatMap((make) => make(clean)),
    ...requirementMutants(document, clean.bound),
    ...schemaMutants(prepared),
  ]
}

function edit({document}: Clean, span: Span, replacement: string): string {
  return document.text.slice(0, span.start) + replacement + document.text.slice(span.end)
}

function lineOf({document}: Clean, offset: number): number {
  return document.source.lineOf(offset)
}

/** The lines that a span touches, with the last line ending. */
function wholeLines({document: {source, text}}: Clean, span: Span): Span {
  const start = source.lineSpan(source.lineOf(span.start)).start
  const last = source.lineOf(Math.max(span.start, span.end - 1))
  return {start, end: last < source.lineCount ? source.lineSpan(last + 1).start : text.length}
}

const missingSection = ['required-sections', 'rollback-required', 'migration-required', 'schema-section-required']

function needed({bound}: Clean): readonly (BoundSection & {readonly section: Section})[] {
  return bound.sections.flatMap((one) => {
    const [section] = one.matches
    return section && one.required && one.state === 'found' && one.spec.repeat === undefined ? [{...one, section}] : []
  })
}

function sections(clean: Clean): readonly Mutant[] {
  return needed(clean).flatMap((one): readonly Mutant[] => {
    const {section, spec} = one
    const {heading} = section
    if (!heading) return []
    const named = spec.pattern === undefined
    const leaf = section.children.length === 0 && section.blocks.length > 0 && !one.notApplicable
    const at = [lineOf(clean, heading.start)]
    const body = {start: heading.end, end: section.end}
    const {eol} = clean.document.source
    return [
      {fault: `delete section ${spec.heading}`, text: edit(clean, section, ''), rules: missingSection, lines: []},
      ...(named
        ? [
            {
              fault: `misspell heading ${spec.heading}`,
              text: edit(clean, heading.title, slip(heading.title.text)),
              rules: ['required-sections', 'rollback-required'],
              lines: at,
            },
          ]
        : []),
      ...(named && heading.depth < 6
        ? [
            {
              fault: `lower heading ${spec.heading}`,
              text: edit(clean, {start: heading.start, end: heading.start}, '#'),
              rules: ['section-depth'],
              lines: at,
            },
          ]
        : []),
      ...(leaf
        ? [
            {
              fault: `empty section ${spec.heading}`,
              text: edit(clean, body, eol + eol),
              rules: ['empty-section', 'rollback-required'],
              lines: at,
            },
            {
              fault: `TBD in section ${spec.heading}`,
              text: edit(clean, body, `${eol}${eol}TBD${eol}${eol}`),
              rules: ['empty-section', 'rollback-required', 'no-placeholder'],
              lines: [...at, (at[0] ?? 0) + 2],
            },
            // Of open questions it is an answer.
            ...(spec.role === 'open-questions'
              ? []
              : [
                  {
                    fault: `N/A in section ${spec.heading}`,
                    text: edit(clean, body, `${eol}${eol}N/A${eol}${eol}`),
                    rules: ['empty-section', 'rollback-required'],
                    lines: at,
                  },
                ]),
            {
              fault: `repeat section ${spec.heading}`,
              text: edit(
                clean,
                {start: section.end, end: section.end},
                (/\n\s*$/u.test(clean.document.text.slice(0, section.end)) ? '' : eol + eol) +
                  clean.document.source.slice(section),
              ),
              rules: ['duplicate-section'],
              lines: [],
            },
          ]
        : []),
    ]
  })
}

/** Two inner letters of the longest word change places. */
function slip(text: string): string {
  const [word = ''] = (text.replace(/\s*\(.*$/u, '').match(/[A-Za-z]+/gu) ?? []).toSorted((a, b) => b.length - a.length)
  const middle = Math.max(1, Math.floor(word.length / 2) - 1)
  const at = [...word].slice(middle, -1).findIndex((letter, index) => letter !== word[middle + index + 1]) + middle
  const swapped = word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2)
  return text.replace(word, swapped)
}

function fields(clean: Clean): readonly Mutant[] {
  return clean.bound.sections.flatMap(({fields: own, entries}) =>
    [...own, ...entries.flatMap((entry) => entry.fields)].flatMap(({owner, found, section}) => {
      const required = found.filter(({field}) => section.fields.length > 1 || field.style === 'item')
      return required.flatMap(({property, field}) => fieldMutants(clean, owner, property, field))
    }),
  )
}

function fieldMutants(clean: Clean, owner: string, property: string, field: Field): readonly Mutant[] {
  const end = Math.max(field.end, field.blocks.findLast(({kind}) => kind !== 'other' && kind !== 'table')?.end ?? 0)
  const optional = ['Indexes', 'Foreign Keys', 'Example Row', 'New Fields', 'Modified Fields'].includes(property)
  const menu = ['Priority', 'Approach'].includes(property)
  return [
    ...(optional
      ? []
      : [
          {
            fault: `delete ${property} of ${owner}`,
            text: edit(clean, wholeLines(clean, {start: field.start, end}), ''),
            rules: ['required-fields', 'rollback-required', 'metadata-required', 'metadata-syntax'],
            lines: [],
          },
        ]),
    ...(menu
      ? [
          {
            fault: `wrong ${property} of ${owner}`,
            text: edit(clean, field.value, 'Whatever'),
            rules: ['field-value'],
            lines: [lineOf(clean, field.value.start)],
          },
        ]
      : []),
  ]
}

function lists(clean: Clean): readonly Mutant[] {
  return clean.bound.sections.flatMap(({checklists, steps, spec}) => [
    ...checklists.flatMap(({found}) =>
      found
        .filter(({spec: step}) => step.required)
        .map(({spec: step, item}) => ({
          fault: `delete task ${step.text}`,
          text: edit(clean, wholeLines(clean, item), ''),
          rules: ['required-checklist'],
          lines: [],
        })),
    ),
    ...steps.flatMap(({found}) =>
      found.map(({spec: step, item}) => ({
        fault: `delete step ${step.text} of ${spec.heading}`,
        text: edit(clean, wholeLines(clean, item), ''),
        rules: ['list-items'],
        lines: [],
      })),
    ),
  ])
}

function tables(clean: Clean): readonly Mutant[] {
  return clean.bound.sections.flatMap(({tables: all, spec}) =>
    all.flatMap(({table, spec: declared}, index): readonly Mutant[] => {
      const [first] = table?.rows ?? []
      const last = table?.header.at(-1)
      if (!table || !first || !last) return []
      const line = lineOf(clean, table.start)
      const cut = {start: first.cells.at(-1)?.start ?? first.end, end: first.end}
      const name = `${spec.heading} ${index}`
      const needsLast = declared.columns.some(({name: column, required}) => required && column === last.text)
      return [
        ...(needsLast
          ? [
              {
                fault: `rename column of ${name}`,
                text: edit(clean, last, 'Whatever'),
                rules: ['table-columns'],
                lines: [line],
              },
            ]
          : []),
        {
          fault: `short row of ${name}`,
          text: edit(clean, cut, ''),
          rules: ['table-cells'],
          lines: [lineOf(clean, first.start)],
        },
        {
          fault: `delete table of ${name}`,
          text: edit(clean, wholeLines(clean, table), `No table.${clean.document.source.eol}`),
          rules: ['table-columns'],
          lines: [],
        },
      ]
    }),
  )
}

function metadata(clean: Clean): readonly Mutant[] {
  const {metadata: bound, type} = clean.bound
  return bound.entries.flatMap(({property, entry}): readonly Mutant[] => {
    const at = [lineOf(clean, entry.start)]
    const isDate = type.metadata?.dates.includes(property) === true
    const isStatus = type.metadata?.status === property
    return [
      {
        fault: `delete key ${property}`,
        text: edit(clean, wholeLines(clean, entry), ''),
        rules: ['metadata-required'],
        lines: [],
      },
      ...(entry.key.text.length > 4
        ? [
            {
              fault: `misspell key ${property}`,
              text: edit(clean, entry.key, slip(entry.key.text)),
              rules: ['metadata-unknown-key'],
              lines: at,
            },
          ]
        : []),
      ...(isDate
        ? [
            {
              fault: `no date in ${property}`,
              text: edit(clean, entry.valueSpan, '2026-13-45'),
              rules: ['metadata-value'],
              lines: at,
            },
            {
              fault: `future date in ${property}`,
              text: edit(clean, entry.valueSpan, '2099-01-01'),
              rules: ['date-order'],
              lines: at,
            },
          ]
        : []),
      ...(isStatus
        ? [
            {fault: 'invented status', text: edit(clean, entry.valueSpan, 'Parked'), rules: ['status-enum'], lines: at},
            {
              fault: 'status menu',
              text: edit(clean, entry.valueSpan, (type.phases?.phases ?? []).map(({status}) => status).join(' | ')),
              rules: ['status-enum'],
              lines: at,
            },
          ]
        : []),
    ]
  })
}

function order(clean: Clean): readonly Mutant[] {
  const tops = needed(clean)
    .filter(({parent}) => !parent)
    .map(({section}) => section)
  return tops.slice(1).flatMap((section, index): readonly Mutant[] => {
    const before = tops[index]
    if (!before?.heading || !section.heading || before.end !== section.start) return []
    const {source, text} = clean.document
    const second = /\n\s*$/u.test(source.slice(section))
      ? source.slice(section)
      : source.slice(section) + source.eol + source.eol
    const swapped = text.slice(0, before.start) + second + source.slice(before) + text.slice(section.end)
    const first = lineOf(clean, before.start)
    const swap: Mutant = {
      fault: `swap ${before.heading.text} and ${section.heading.text}`,
      text: swapped,
      rules: ['section-order'],
      lines: [first, first + second.split(/\r\n|\n/u).length - 1],
    }
    const {number} = section.heading
    return number
      ? [
          swap,
          {
            fault: `number of ${section.heading.text}`,
            text: edit(clean, number, '77'),
            rules: ['section-numbering'],
            lines: [lineOf(clean, number.start)],
          },
        ]
      : [swap]
  })
}

function tokens(clean: Clean): readonly Mutant[] {
  const {document} = clean
  const {type} = clean.bound
  const paragraph = document.sections
    .flatMap(({blocks}) => blocks)
    .find(
      (block) => block.kind === 'paragraph' && block.text.length > 40 && !document.source.slice(block).startsWith('**'),
    )
  const fence = document.codes.find(({language}) => language === 'sql' || language === 'json')
  const spots = paragraph
    ? ['[Feature Name]', '{{TABLE_NAME}}', 'YYYY-MM-DD', 'TBD', type.template.placeholders[0] ?? '[DATE]']
    : []
  return [
    ...spots.map((token) => ({
      fault: `leave ${token}`,
      text: edit(clean, {start: paragraph?.end ?? 0, end: paragraph?.end ?? 0}, ` ${token}`),
      rules: ['no-placeholder'],
      lines: [lineOf(clean, (paragraph?.end ?? 1) - 1)],
    })),
    ...type.template.guidance.slice(0, 1).map((sentence) => ({
      fault: 'leave guidance',
      text: edit(clean, {start: paragraph?.end ?? 0, end: paragraph?.end ?? 0}, ` ${sentence}`),
      rules: ['no-template-guidance'],
      lines: [],
    })),
    ...(fence
      ? [
          {
            fault: 'fence without language',
            text: edit(clean, fence.languageSpan, ''),
            rules: ['code-language'],
            lines: [lineOf(clean, fence.start)],
          },
        ]
      : []),
    {
      fault: 'mojibake',
      text: edit(clean, {start: paragraph?.end ?? 0, end: paragraph?.end ?? 0}, ' â†’ '),
      rules: ['no-mojibake'],
      lines: [],
    },
    ...[...(type.migrationName ? document.text : '').matchAll(/\b20\d{2}(?:0[1-9]|1[0-2])\d{8}(?=_\w)/gu)]
      .slice(0, 1)
      .map((match) => ({
        fault: 'month 13',
        text: edit(clean, {start: match.index, end: match.index + 6}, match[0].slice(0, 4) + '13'),
        rules: ['migration-name-format'],
        lines: [lineOf(clean, match.index)],
      })),
  ]
}
