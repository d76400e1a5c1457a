import {isWithin, sectionAt} from '../document/places.ts'
import type {Item, Span, SpecDocument} from '../document/types.ts'
import {type Kind, sourcesOf, withCover} from './id-cover.ts'
import {partsOf} from './id-form.ts'
import {meantIds, problemsOf} from './id-problems.ts'
import {malformedIn} from './id-slips.ts'
import type {BoundIds, BoundSection, IdSpec, SpecType} from './types.ts'

/** The identifiers that a document gives a meaning, kind by kind, and who names them. */
export function bindIds(
  document: SpecDocument,
  type: SpecType,
  sections: readonly BoundSection[],
): readonly BoundIds[] {
  const kinds = type.ids.map((spec) => definitionsOf(document, spec, sections))
  return kinds.map((kind): BoundIds => {
    const {spec, homes, homeless, definitions} = kind
    const sources = sourcesOf(spec, kinds, sections)
    const malformed = malformedIn({document, type, spec, homes, definitions})
    const problems = problemsOf({document, spec, definitions, malformed})
    return {
      spec,
      homes,
      homeless,
      sources,
      problems,
      meant: meantIds(definitions, problems),
      definitions: withCover(kind, sources, type.ids, document),
    }
  })
}

function definitionsOf(document: SpecDocument, spec: IdSpec, sections: readonly BoundSection[]): Kind {
  const wanted = sections.filter(({spec: {id}}) => spec.in.includes(id))
  const homes = wanted.flatMap(({matches}) => matches)
  const items = document.items.filter(({prefix}) => prefix === spec.prefix)
  const inside = items.filter(({start}) => homes.some((home) => isWithin(start, home)))
  const chosen = inside.length > 0 ? inside : outside(items, spec, sections)
  const defined = inStyle(chosen)
  return {
    spec,
    homes,
    homeless: wanted.length > 0 && wanted.every(isVacant),
    definitions: defined.map((item, index) => ({
      item,
      extent: extentOf(item, defined[index + 1], document),
      parts: partsOf(item.id, spec),
      coveredBy: [],
    })),
  }
}

/** Missing though required, empty, or without a use. */
function isVacant({matches, hollow, notApplicable, required}: BoundSection): boolean {
  return notApplicable || (matches.length === 0 ? required : hollow.length >= matches.length)
}

/** Where nobody has said that they belong: all but tables, and the sections that have to name them. */
function outside(items: readonly Item[], spec: IdSpec, sections: readonly BoundSection[]): readonly Item[] {
  const roles = new Set(spec.coveredBy.flatMap((source) => (source.kind === 'role' ? [source.role] : [])))
  const naming = sections.filter((bound) => roles.has(bound.spec.role ?? '')).flatMap(({matches}) => matches)
  return items.filter(({where, start}) => where !== 'cell' && !naming.some((section) => isWithin(start, section)))
}

/** Those written as most are. One of another style defines what no other does; a cell among headings or labels only names. */
function inStyle(items: readonly Item[]): readonly Item[] {
  const counts = new Map<Item['where'], Set<string>>()
  for (const {where, id} of items) counts.set(where, (counts.get(where) ?? new Set()).add(id))
  const [style] = [...counts].toSorted(([, a], [, b]) => b.size - a.size)[0] ?? []
  const own = new Set(items.filter(({where}) => where === style).map(({id}) => id))
  return items.filter(({where, id}) => where === style || (where !== 'cell' && !own.has(id)))
}

function extentOf(item: Item, next: Item | undefined, document: SpecDocument): Span {
  if (item.where === 'listItem' || item.where === 'cell') return item
  const section = sectionAt(document, item.start)
  const end = item.where === 'heading' ? section.end : section.body.end
  return {start: item.start, end: next && next.start < end ? next.start : end}
}
