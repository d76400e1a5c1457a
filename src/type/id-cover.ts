import {isWithin} from '../document/places.ts'
import type {Block, Mention, Section, Span, SpecDocument, Text} from '../document/types.ts'

import {partsOf} from './id-form.ts'
import type {BoundId, BoundIds, BoundSection, Cover, IdSpec} from './types.ts'

export type Kind = Pick<BoundIds, 'spec' | 'homes' | 'homeless' | 'definitions'>

type Source = BoundIds['sources'][number]

/** The places of a document in which identifiers of a kind may be named. */
export function sourcesOf(spec: IdSpec, kinds: readonly Kind[], sections: readonly BoundSection[]): readonly Source[] {
  return spec.coveredBy.map((source): Source =>
    source.kind === 'ids'
      ? ofKind(
          source,
          kinds.find((kind) => kind.spec.prefix === source.prefix),
        )
      : {
          spec: source,
          entries: [],
          sections: outermost(sections, source.role),
          incomplete: sections.some((bound) => bound.spec.role === source.role && isIncomplete(bound)),
        },
  )
}

function ofKind(spec: Source['spec'], kind: Kind | undefined): Source {
  return {spec, entries: kind?.definitions ?? [], sections: [], incomplete: kind?.homeless ?? false}
}

/** Missing though required, empty, or without a task that it must have. */
function isIncomplete({state, required, hollow, notApplicable, checklists}: BoundSection): boolean {
  return (
    (state === 'missing' && required) ||
    hollow.length > 0 ||
    notApplicable ||
    checklists.some(({missing}) => missing.some(({spec}) => spec.required))
  )
}

function outermost(sections: readonly BoundSection[], role: string): readonly Section[] {
  const found = sections.filter(({spec}) => spec.role === role).flatMap(({matches}) => matches)
  return found.filter((section) => !found.some((other) => other !== section && isWithin(section.start, other)))
}

/** The definitions with who names each: by itself, in a range, or as one of "all functional requirements". */
export function withCover(
  {spec, definitions}: Kind,
  sources: readonly Source[],
  ids: readonly IdSpec[],
  document: SpecDocument,
): readonly BoundId[] {
  if (sources.length === 0) return definitions
  const mentions = document.mentions
    .filter(({prefix}) => prefix === spec.prefix)
    .map((mention) => ({mention, from: partsOf(mention.id, spec), to: endOf(mention, definitions, spec)}))
  const general = sources.flatMap((source) =>
    source.sections.flatMap((section) =>
      generalIn(section, spec, ids, document).map((at): Cover => ({spec: source.spec, at, by: undefined})),
    ),
  )
  return definitions.map((one) => {
    const named = mentions.filter((range) => !isWithin(range.mention.start, one.item.idSpan) && names(range, one))
    const explicit = sources.flatMap((source) => coversIn(source, named))
    return {...one, coveredBy: [...explicit, ...general]}
  })
}

interface Range {
  readonly mention: Mention
  readonly from: readonly number[] | undefined
  readonly to: number | undefined
}

function coversIn({spec, entries, sections}: Source, named: readonly Range[]): readonly Cover[] {
  return [
    ...entries.map(({item, extent}) => ({span: extent, by: item.id})),
    ...sections.map((span) => ({span, by: undefined})),
  ].flatMap(({span, by}) => {
    const at = named.find(({mention}) => isWithin(mention.start, span))?.mention
    return at ? [{spec, at, by}] : []
  })
}

/** The last number of a range; infinite where it is left open. */
function endOf({through}: Mention, definitions: readonly BoundId[], spec: IdSpec): number | undefined {
  if (through === undefined) return undefined
  return through === 'last' ? Number.POSITIVE_INFINITY : (partsOf(through, spec)?.at(-1) ?? definitions.length)
}

function names({mention, from, to}: Range, {item, parts}: BoundId): boolean {
  if (mention.id === item.id) return true
  if (!from || !parts) return false
  // "FR-1" speaks for its parts FR-1.1 and FR-1.2, and each of them for it.
  const shared = Math.min(from.length, parts.length)
  if (from.length !== parts.length) return from.slice(0, shared).every((part, index) => part === parts[index])
  if (!from.slice(0, -1).every((part, index) => part === parts[index])) return false
  const own = parts.at(-1) ?? 0
  const first = from.at(-1) ?? 0
  return own === first || (to !== undefined && own > first && own <= to)
}

/** "All functional requirements are met", where no identifier of the kind is named beside it. */
function generalIn(section: Section, spec: IdSpec, ids: readonly IdSpec[], document: SpecDocument): readonly Span[] {
  return linesOf(section).filter(
    ({start, end, text}) =>
      isGeneral(text, spec, ids) &&
      !document.mentions.some((one) => one.prefix === spec.prefix && one.start >= start && one.end <= end),
  )
}

/** `functional` of "functional requirement", and the noun. */
function wordsOf({name}: IdSpec): {readonly qualifier: string; readonly noun: string} {
  const words = name.toLowerCase().split(/\s+/u)
  return {qualifier: words.slice(0, -1).join(' '), noun: words.at(-1) ?? ''}
}

function isGeneral(text: string, spec: IdSpec, ids: readonly IdSpec[]): boolean {
  const own = wordsOf(spec)
  const qualifiers = ids
    .map((other) => wordsOf(other))
    .flatMap(({qualifier, noun}) => (noun === own.noun ? qualifier : []))
  const words = text.toLowerCase().match(/[\p{L}-]+|[.;:]/gu) ?? []
  return words.some((word, index) => {
    if (word !== 'all' && word !== 'every' && word !== 'each') return false
    const after = words.slice(index + 1, index + 9)
    const noun = after.findIndex(
      (one) => one === own.noun || one === `${own.noun}s` || one === `${spec.prefix.toLowerCase()}s`,
    )
    if (noun < 0) return false
    const between = after.slice(0, noun)
    if (between.some((one) => /^[.;:]$/u.test(one))) return false
    const said = qualifiers.filter((qualifier) => qualifier !== '' && between.join(' ').split(' ').includes(qualifier))
    return (
      said.length === 0 ||
      said.includes(own.qualifier) ||
      (own.qualifier.includes(' ') && between.join(' ').includes(own.qualifier))
    )
  })
}

function linesOf(section: Section): readonly Text[] {
  const ofBlock = (block: Block): readonly Text[] => {
    if (block.kind === 'paragraph' || block.kind === 'quote') return [block]
    if (block.kind === 'list') return block.items.flatMap((item) => item.blocks.flatMap(ofBlock))
    return []
  }
  return [...section.blocks.flatMap(ofBlock), ...section.children.flatMap(linesOf)]
}
