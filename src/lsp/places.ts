import type {Range} from 'vscode-languageserver'
import {isWithin} from '../document/places.ts'
import type {Item, Mention, Span} from '../document/types.ts'
import type {Prepared} from '../lint/prepare.ts'
import {mayMean} from '../rule/related.ts'
import type {Entry} from './entries.ts'
import {rangeOf} from './ranges.ts'

/** An identifier in a document. */
export interface Place {
  readonly path: string
  readonly range: Range
}

/** An identifier at a place, and the documents that may be meant by it. */
export interface Target {
  readonly id: string
  readonly range: Range
  readonly definitions: readonly Place[]
  /** The documents that define it. */
  readonly owners: readonly Entry[]
}

/** The identifier at an offset, and where it is given its meaning: in the document, else in one that the mention may mean. */
export function targetAt(
  prepared: Prepared,
  path: string,
  offset: number,
  entries: ReadonlyMap<string, Entry>,
): Target | undefined {
  const {document} = prepared
  const touches = ({start, end}: Span): boolean => isWithin(offset, {start, end: end + 1})
  const item = definitionsIn(prepared).find(({idSpan}) => touches(idSpan))
  const mention = document.mentions.find(touches)
  const at = item?.idSpan ?? mention
  const id = item?.id ?? mention?.id
  if (!at || id === undefined) return undefined
  const own = entries.get(path)
  const isOwn = item !== undefined || definitionsIn(prepared).some((one) => one.id === id)
  const owners = isOwn ? (own ? [own] : []) : mention ? ownersOf(mention, prepared, path, entries) : []
  return {
    id,
    range: rangeOf(at, document.source),
    owners,
    definitions: owners.flatMap((owner) =>
      owner.defined.filter((one) => one.id === id).map(({range}) => ({path: owner.path, range})),
    ),
  }
}

function ownersOf(
  mention: Mention,
  {document, type}: Prepared,
  path: string,
  entries: ReadonlyMap<string, Entry>,
): readonly Entry[] {
  const own = type.ids.flatMap(({definitions}) => definitions.map(({item}) => item.id))
  return [...entries.values()].filter(
    ({path: other, specification}) =>
      other !== path && specification !== undefined && mayMean(mention, document, own, specification),
  )
}

/** Where an identifier of some documents is mentioned; `preparedOf` reads those that may. */
export function mentionsOf(
  {id, owners}: Pick<Target, 'id' | 'owners'>,
  entries: ReadonlyMap<string, Entry>,
  preparedOf: (path: string) => Prepared | undefined,
): readonly Place[] {
  return [...entries.values()]
    .filter(({named, path}) => named.has(id) || owners.some((owner) => owner.path === path))
    .flatMap(({path, defined}) => {
      const isOwner = owners.some((owner) => owner.path === path)
      // What it defines itself, it means itself.
      if (!isOwner && defined.some((one) => one.id === id)) return []
      const prepared = preparedOf(path)
      if (!prepared) return []
      const {mentions, source} = prepared.document
      const definitions = definitionsIn(prepared)
      return mentions
        .filter((mention) => mention.id === id && !definitions.some(({idSpan}) => isWithin(mention.start, idSpan)))
        .filter(
          (mention) => isOwner || ownersOf(mention, prepared, path, entries).some((owner) => owners.includes(owner)),
        )
        .map((mention) => ({path, range: rangeOf(mention, source)}))
    })
}

function definitionsIn({type}: Prepared): readonly Item[] {
  return type.ids.flatMap(({definitions}) => definitions.map(({item}) => item))
}
