import {isWithin} from '../document/places.ts'
import type {Mention, SpecDocument} from '../document/types.ts'
import {kept, once} from '../document/remembered.ts'
import type {Related, Relation, Specification} from './types.ts'

const indexes = kept<Related>()

/** The specifications of a list by each of these, found once for the list, and only what is asked for. */
export function relatedIn(specifications: readonly Specification[]): Related {
  return indexes(specifications, () => {
    const byPath = once(() => new Map(specifications.map((one) => [one.path, one])))
    const byIdentity = once(() =>
      grouped(specifications, ({identity}) => (identity === undefined ? [] : [identityForm(identity)])),
    )
    const byId = once(() => grouped(specifications, ({ids}) => ids))
    const byPathNamed = once(() =>
      grouped(specifications, ({relations}) => relations.flatMap(({path}) => (path === undefined ? [] : [path]))),
    )
    const byIdentityNamed = once(() =>
      grouped(specifications, ({relations}) =>
        relations.flatMap(({path, text}) => (path === undefined ? [identityForm(text)] : [])),
      ),
    )
    const places = once(() => new Map(specifications.map((one, index) => [one, index])))
    const placeOf = (one: Specification): number => places().get(one) ?? 0
    return {
      at: (path) => byPath().get(path),
      identifiedAs: (identity) => byIdentity().get(identityForm(identity)) ?? [],
      defining: (id) => byId().get(id) ?? [],
      naming: ({path, identity}) => {
        const called = identity === undefined ? [] : (byIdentityNamed().get(identityForm(identity)) ?? [])
        const all = new Set([...(byPathNamed().get(path) ?? []), ...called])
        return [...all].toSorted((a, b) => placeOf(a) - placeOf(b))
      },
    }
  })
}

function grouped(
  specifications: readonly Specification[],
  wordsOf: (one: Specification) => readonly string[],
): ReadonlyMap<string, readonly Specification[]> {
  const groups = new Map<string, Specification[]>()
  for (const one of specifications) {
    for (const word of new Set(wordsOf(one))) {
      const group = groups.get(word)
      if (group) group.push(one)
      else groups.set(word, [one])
    }
  }
  return groups
}

/** Identities are the same whatever their case and spaces. */
export function identityForm(identity: string): string {
  return identity.toLowerCase().replaceAll(/\s+/gu, ' ')
}

/** The specification that a relation names: by path, by identity, by file name. */
export function relatedSpecification({path, text}: Relation, all: Related): Specification | undefined {
  return path === undefined ? all.identifiedAs(text)[0] : all.at(path)
}

/**
 * Whether a mention may mean an identifier of another document. Where both count from one, as most documents do, the other
 * document has to be named in the same paragraph, item or row; an identifier that only one of them could have is enough by itself.
 */
export function mayMean(
  mention: Mention,
  document: SpecDocument,
  own: readonly string[],
  other: Specification,
): boolean {
  if (!other.ids.includes(mention.id)) return false
  const defined = new Set(own)
  const isLocal = other.ids.some((id) => id.startsWith(mention.prefix) && defined.has(id))
  return !isLocal || isNamedBeside(mention, document, other)
}

/** Whether the paragraph around a mention links to a document, or has its identity, its title or its file name. */
export function isNamedBeside(
  mention: Mention,
  document: SpecDocument,
  {identity, title, path}: Specification,
): boolean {
  const around = paragraphAround(mention.start, document)
  const file = path.split('/').at(-1) ?? path
  const name = title.replace(/^[^:–—]{1,30}[:–—]\s*/u, '')
  const text = document.text.slice(around.start, around.end).toLowerCase()
  return (
    document.links.some(
      ({url, start}) => isWithin(start, around) && url.split(/[?#]/u, 1)[0]?.split('/').at(-1) === file,
    ) ||
    [identity, name.length > 5 ? name : undefined, file].some(
      (word) => word !== undefined && text.includes(word.toLowerCase()),
    )
  )
}

/** From the blank line before to the one behind; a row of a table or an item of a list stands for itself. */
function paragraphAround(offset: number, {source}: SpecDocument): {readonly start: number; readonly end: number} {
  const line = source.lineOf(offset)
  const text = (number: number): string => source.slice(source.lineSpan(number))
  const isOwn = (number: number): boolean => /^\s*(?:\||[-*+]\s|\d+[.)]\s|#|>)/u.test(text(number))
  let first = line
  while (first > 1 && !isOwn(first) && text(first - 1).trim() !== '') first -= 1
  let last = line
  while (last < source.lineCount && text(last + 1).trim() !== '' && !isOwn(last + 1)) last += 1
  return {start: source.lineSpan(first).start, end: source.lineSpan(last).end}
}
