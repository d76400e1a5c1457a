import {expression} from './expressions.ts'
import {isLookalike} from './items.ts'
import type {Item, Mention, Span, Text} from './types.ts'

/** A slash or a hyphen may stand between two identifiers (`FR-1/FR-2`), not in front of the first (`docs/FR-1`). */
const anywhere = expression(
  'gu',
)`(?<![\p{L}\p{N}_#]|(?<!\.)\.|(?<!\d)[/-])([A-Z][A-Z0-9]{0,9}?)(-?)(\d+(?:\.\d+)*)(?![\p{L}\p{N}_])`
/** What stands between the ends of a range, emphasis and brackets of links included. */
const until = /^[\s*_\])]*(?:through|thru|to|until|till|up to|bis|-{1,3}|[–—…~]|\.{2,3})[\s*_[(]*$/i
const longestBetween = 200

/** What looks like an identifier. */
export interface Candidate extends Span {
  readonly id: string
  readonly prefix: string
  /** A hyphen stands before the number; without one it is an identifier only where others have its prefix. */
  readonly hyphen: boolean
}

export function candidatesIn(prose: readonly Text[]): readonly Candidate[] {
  return prose.flatMap(({text: words, start}) =>
    !/\d/u.test(words)
      ? []
      : [...words.matchAll(anywhere)].flatMap((match) => {
          const [id, prefix = '', hyphen] = match
          if (isLookalike(prefix)) return []
          return [{id, prefix, hyphen: hyphen !== '', start: start + match.index, end: start + match.index + id.length}]
        }),
  )
}

/** The identifiers that prose names, and how far those reach that begin a range. */
export function mentionsOf(candidates: readonly Candidate[], items: readonly Item[], text: string): readonly Mention[] {
  const prefixes = new Set(items.map(({prefix}) => prefix))
  const single = candidates
    .filter(({hyphen, prefix}) => hyphen || prefixes.has(prefix))
    .map(({id, prefix, start, end}): Single => ({id, prefix, start, end}))
  return single.flatMap((mention, index) => {
    const next = single[index + 1]
    const through = next && joins(mention, next, text) ? next.id : openEnd(mention, text)
    return [{...mention, through}, ...shorthand(mention, text)]
  })
}

type Single = Omit<Mention, 'through'>

function joins(mention: Single, next: Single, text: string): boolean {
  if (mention.prefix !== next.prefix || next.start - mention.end > longestBetween) return false
  return until.test(text.slice(mention.end, next.start).replaceAll(/\]\([^()\n]*\)/gu, ']'))
}

/** `FR-1 through 7`, `FR-1–7`, and the template's `FR-1 through FR-N`, which is the last one. */
function openEnd({id, prefix, end}: Single, text: string): string | undefined {
  const rest = text.slice(end, end + 60)
  const tail =
    /^[\s*_\])]*(?:through|thru|to|until|till|up to|[–—…]|\.{2,3}|\s-\s)[\s*_[(]*([A-Z]*)-?(\d+|[Nnx]|last)(?![\p{L}\p{N}_.%])/u.exec(
      rest,
    )
  const [, named, number = ''] = tail ?? []
  if (!tail || (named !== '' && named !== prefix)) return undefined
  // "FR-1 to 5 users" counts users.
  if (named === '' && /^\s+\p{L}/u.test(rest.slice(tail[0].length)) && /^\d/u.test(number)) return undefined
  return /^\d/u.test(number) ? id.replace(/\d+$/u, number) : 'last'
}

/** `FR-1/2/3` names three. */
function shorthand(mention: Single, text: string): readonly Mention[] {
  const tail = /^(?:\/\d+)+(?![\p{L}\p{N}_/-]|\.\d)/u.exec(text.slice(mention.end, mention.end + 60))
  if (!tail) return []
  return [...tail[0].matchAll(/\d+/gu)].map((match) => {
    const start = mention.end + match.index
    return {
      id: mention.id.replace(/\d+$/u, match[0]),
      prefix: mention.prefix,
      start,
      end: start + match[0].length,
      through: undefined,
    }
  })
}
