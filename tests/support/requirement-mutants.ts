import type {BoundDocument, BoundIds, SpecDocument} from '../../src/rule/types.ts'
import {formed, slotsOf} from '../../src/type/id-form.ts'
import type {Mutant} from './mutants.ts'

interface Clean {
  readonly document: SpecDocument
  readonly bound: BoundDocument
}

/** Single faults of identifiers, references, coverage, numbers, logs and links, made from what the document holds. */
export function requirementMutants(document: SpecDocument, bound: BoundDocument): readonly Mutant[] {
  const clean: Clean = {document, bound}
  return [
    ...bound.ids.flatMap((ids) => [...identifiers(ids, clean), ...references(ids, clean)]),
    ...sums(clean),
    ...log(clean),
    ...links(clean),
    ...targets(clean),
  ]
}

interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
}

function changed({document}: Clean, changes: readonly Change[]): string {
  return changes
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, {start, end, text: own}) => text.slice(0, start) + own + text.slice(end), document.text)
}

function lineOf({document}: Clean, offset: number): number {
  return document.source.lineOf(offset)
}

function identifiers({spec, definitions}: BoundIds, clean: Clean): readonly Mutant[] {
  return definitions.slice(1).flatMap(({item}, index): readonly Mutant[] => {
    const {start, end} = item.idSpan
    const first = definitions[0]
    const lines = [lineOf(clean, start)]
    const wrong = [
      item.id.replace(/^[A-Z]+/u, (letters) => letters.charAt(0) + letters.slice(1).toLowerCase()),
      `${item.id}b`,
    ]
    return [
      ...wrong.map((text) => ({
        fault: `write ${text} for ${item.id}`,
        text: changed(clean, [{start, end, text}]),
        rules: ['requirement-id'],
        lines,
      })),
      ...(first && index === 0
        ? [
            {
              fault: `define ${first.item.id} again for ${item.id} (${spec.name})`,
              text: changed(clean, [{start, end, text: first.item.id}]),
              rules: ['requirement-id'],
              lines,
            },
          ]
        : []),
    ]
  })
}

function references({spec, definitions}: BoundIds, clean: Clean): readonly Mutant[] {
  const {document} = clean
  const nowhere = formed(spec, [...(definitions[0]?.parts ?? []).slice(0, slotsOf(spec) - 1), 99])
  const paragraph = document.sections.find(
    ({depth, blocks, fields}) => depth > 1 && fields.length === 0 && blocks[0]?.kind === 'paragraph',
  )?.blocks[0]
  const own = new Set(definitions.map(({item}) => item.idSpan.start))
  const mention = document.mentions.find(
    ({prefix, start, through}) => prefix === spec.prefix && !own.has(start) && through === undefined,
  )
  return [
    ...(paragraph && definitions.length > 0
      ? [
          {
            fault: `name ${nowhere} in prose`,
            text: changed(clean, [{start: paragraph.end, end: paragraph.end, text: ` See ${nowhere}.`}]),
            rules: ['reference-exists'],
            lines: [lineOf(clean, paragraph.end)],
          },
        ]
      : []),
    ...(mention && definitions.some(({item}) => item.id === mention.id) && spec.coveredBy.length === 0
      ? [
          {
            fault: `name ${nowhere} for ${mention.id}`,
            text: changed(clean, [{...mention, text: nowhere}]),
            rules: ['reference-exists'],
            lines: [lineOf(clean, mention.start)],
          },
        ]
      : []),
    ...uncovered({spec, definitions}, clean),
  ]
}

/** One that nobody names any more: its mentions give way to "it". */
function uncovered({spec, definitions}: Pick<BoundIds, 'spec' | 'definitions'>, clean: Clean): readonly Mutant[] {
  const {mentions} = clean.document
  const one = definitions.find(
    ({item, coveredBy}) =>
      coveredBy.length > 0 &&
      coveredBy.every(({at}) => mentions.some(({start, id}) => start === at.start && id === item.id)),
  )
  if (!one || spec.coveredBy.length === 0) return []
  const named = mentions.filter(({id, start}) => id === one.item.id && start !== one.item.idSpan.start)
  if (named.some(({through}) => through !== undefined)) return []
  return [
    {
      fault: `let nobody name ${one.item.id}`,
      text: changed(
        clean,
        named.map((mention) => ({...mention, text: 'it'})),
      ),
      rules: ['requirement-covered'],
      lines: [lineOf(clean, one.item.start)],
    },
  ]
}

function sums(clean: Clean): readonly Mutant[] {
  return clean.bound.sections.flatMap(({spec, fields}) =>
    (spec.fields?.sums ?? []).flatMap(({of}) => {
      const field = fields.flatMap(({found}) => found).find(({property}) => property === of.at(-1))?.field
      if (!field) return []
      return [
        {
          fault: `change ${field.label.text}`,
          text: changed(clean, [{...field.value, text: '+0.99'}]),
          rules: ['index-arithmetic'],
          lines: [lineOf(clean, field.start)],
        },
      ]
    }),
  )
}

function log(clean: Clean): readonly Mutant[] {
  const {changelog} = clean.bound.type
  const version = changelog?.version && clean.bound.metadata.entry(changelog.version.metadata)
  const date = changelog?.date && clean.bound.metadata.entry(changelog.date.metadata)
  return [
    ...(version
      ? [
          {
            fault: 'raise the version alone',
            text: changed(clean, [{...version.valueSpan, text: '9.9.9'}]),
            rules: ['changelog-version'],
            lines: [lineOf(clean, version.valueSpan.start)],
          },
        ]
      : []),
    ...(date
      ? [
          {
            fault: 'change the date alone',
            text: changed(clean, [{...date.valueSpan, text: '2026-11-20'}]),
            rules: ['changelog-version'],
            lines: [lineOf(clean, date.valueSpan.start)],
          },
        ]
      : []),
  ]
}

function links(clean: Clean): readonly Mutant[] {
  const paragraph = clean.document.sections.find(
    ({depth, blocks, fields}) => depth > 1 && fields.length === 0 && blocks[0]?.kind === 'paragraph',
  )?.blocks[0]
  if (!paragraph) return []
  return [
    {
      fault: 'link to no heading',
      text: changed(clean, [{start: paragraph.end, end: paragraph.end, text: ' See [there](#nowhere-at-all).'}]),
      rules: ['link-target'],
      lines: [lineOf(clean, paragraph.end)],
    },
  ]
}

function targets(clean: Clean): readonly Mutant[] {
  return clean.bound.sections.flatMap(({spec, fields}) => {
    const schemas = (spec.fields?.schema['properties'] ?? {}) as Readonly<
      Record<string, Readonly<Record<string, unknown>>>
    >
    const summed = new Set((spec.fields?.sums ?? []).flatMap(({of, is}) => [...of, is]))
    return fields.flatMap(({found}) =>
      found.flatMap(({property, field}) =>
        schemas[property]?.['x-measurable'] === true &&
        !summed.has(property) &&
        field.value.text !== '' &&
        field.blocks.length === 0
          ? [
              {
                fault: `put ${property} in words`,
                text: changed(clean, [{...field.value, text: 'good enough'}]),
                rules: ['measurable-target'],
                lines: [lineOf(clean, field.value.start)],
              },
            ]
          : [],
      ),
    )
  })
}
