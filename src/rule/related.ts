import {isWithin} from '../document/places.ts'
import type {Mention, SpecDocument} from '../document/types.ts'
import type {Relation, Specification} from './types.ts'

/** The specification that a relation names: by path, by identity, by file name. */
export function relatedSpecification(
  {path, text}: Relation,
  specifications: readonly Specification[],
): Specification | undefined {
  if (path !== undefined) return specifications.find((one) => one.path === path)
  const name = text.toLowerCase()
  return specifications.find(({identity}) => identity?.toLowerCase() === name)
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
