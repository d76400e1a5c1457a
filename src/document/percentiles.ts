import {expression} from './expressions.ts'
import {remembered} from './remembered.ts'
import {type Quantity, quantitiesIn} from './quantities.ts'

/** `P95 < 200 ms` in a text. */
export interface Percentile {
  /** 95 */
  readonly rank: number
  readonly quantity: Quantity
  /** Offsets of the whole of it in the text. */
  readonly start: number
  readonly end: number
  /** What stands between it and the one before, or the start of the text: letters alone, lower case. */
  readonly between: string
}

const name = expression(
  'giu',
)`(?<![\p{L}\p{N}_])(?:[Pp]|[Pp]ercentile\s)(\d{2}(?:\.\d+)?)(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_.])(\d{2}(?:\.\d+)?)th\s+percentile|(?<![\p{L}\p{N}_])(median)(?![\p{L}\p{N}_])`

/** The percentiles of a text with their values, in order. */
export const percentilesIn = remembered((text): readonly Percentile[] => {
  const names = [...text.matchAll(name)].map((match) => ({
    rank: match[3] === undefined ? Number(match[1] ?? match[2]) : 50,
    start: match.index,
    end: match.index + match[0].length,
  }))
  let from = 0
  return joined(text, names).flatMap((group, index, groups) => {
    const until = groups[index + 1]?.[0]?.start ?? text.length
    const between = words(text.slice(from, group[0]?.start))
    from = group.at(-1)?.end ?? from
    return (group.length > 1 ? together(text, group, until) : undefined) ?? single(text, group, until, between)
  })
})

interface Name {
  readonly rank: number
  readonly start: number
  readonly end: number
}

/** Names with nothing but a slash, a comma or "and" between them stand together. */
function joined(text: string, names: readonly Name[]): readonly (readonly Name[])[] {
  const groups: Name[][] = []
  for (const one of names) {
    const last = groups.at(-1)?.at(-1)
    if (last && /^\s*(?:\/|,|\||and|&)\s*$/u.test(text.slice(last.end, one.start))) groups.at(-1)?.push(one)
    else groups.push([one])
  }
  return groups
}

/** `P50/P95/P99: 10/50/100 ms`: the values stand in the order of the names, the last unit holds for all. */
function together(text: string, names: readonly Name[], until: number): readonly Percentile[] | undefined {
  const from = names.at(-1)?.end ?? 0
  const quantities = quantitiesIn(text.slice(from, clauseEnd(text, from, until))).slice(0, names.length)
  const unit = quantities.at(-1)
  if (!unit || quantities.length !== names.length) return undefined
  return quantities.flatMap((quantity, index) => {
    const one = names[index]
    if (!one) return []
    const shared =
      quantity.dimension === 'none' && unit.dimension !== 'none'
        ? {dimension: unit.dimension, unit: unit.unit, base: quantity.value * (unit.base / (unit.value || 1))}
        : {}
    const shifted = {...quantity, ...shared, start: quantity.start + from, end: quantity.end + from}
    return [{rank: one.rank, quantity: shifted, start: shifted.start, end: shifted.end, between: ''}]
  })
}

/** The last name of a group and the first number behind it. */
function single(text: string, names: readonly Name[], until: number, between: string): readonly Percentile[] {
  const one = names.at(-1)
  if (!one) return []
  const quantity = quantitiesIn(text.slice(one.end, clauseEnd(text, one.end, until))).find(({start}) => start <= 40)
  if (!quantity) return []
  const shifted = {...quantity, start: quantity.start + one.end, end: quantity.end + one.end}
  return [{rank: one.rank, quantity: shifted, start: one.start, end: shifted.end, between}]
}

/** A value belongs to the name in its own clause. */
function clauseEnd(text: string, from: number, until: number): number {
  const stop = /[;\n]|\.\s/u.exec(text.slice(from, until))
  return stop ? from + stop.index : until
}

function words(text: string): string {
  return text
    .replaceAll(/\d[\d.,]*\s?(?:%|[µμ]?\p{L}{1,12})?/gu, ' ')
    .replaceAll(/[^\p{L}\s]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .toLowerCase()
}
