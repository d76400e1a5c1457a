/** Ranges of numbers in the words on a column: `1 to 4`, "Score, 0–100", ">= 0", "not negative", "at least 1". */
import {type Bounds, boundsIn, bySign} from '../bounds.ts'

export interface WrittenRange extends Bounds {
  /** Where it stands in the text. */
  readonly start: number
  readonly end: number
}

const number = String.raw`([+-]?\d{1,9}(?:\.\d{1,6})?)\s?%?`
const joint = String.raw`\s*(?:to|through|up to|–|—|-|\.{2,3}|…)\s*`
const lead = String.raw`(?:(?:checks?|an?|the|that|which|must be|has to be|is|are|always|only|in|integer|number|whole numbers?|limited to|restricted to|valid|allowed|permitted|possible|inclusive|range|ranges?|values?|value is|scale|between|from|of|goes|lies|whole)[\s:=]+){0,4}`
const word = String.raw`(?:[\p{L}_]{2,30}[\s:]+)?`
const unit = String.raw`(?:\s*(?:inclusive|included|stars?|points?|percent|minutes?|hours?|days?|weeks?|months?|years?|characters|m|km|kg|g|mm|cm|°C|EUR|€))?(?:\s+by the check(?:\s+\w{1,63})?)?`
const between = new RegExp(String.raw`^${lead}${word}${lead}${number}${joint}${number}${unit}$`, 'iu')
const and = new RegExp(String.raw`^${lead}${word}${lead}between\s+${number}\s+and\s+${number}${unit}$`, 'iu')
const one = new RegExp(String.raw`^${lead}${word}${lead}(>=|<=|>|<|≥|≤)\s*${number}${unit}$`, 'iu')
const least = new RegExp(
  String.raw`^${lead}(?:at least|not less than|no less than|min(?:imum)?\.?:?|not below)\s+${number}${unit}$`,
  'iu',
)
const most = new RegExp(
  String.raw`^${lead}(?:at most|not more than|no more than|max(?:imum)?\.?:?|not above)\s+${number}${unit}$`,
  'iu',
)
const more = new RegExp(String.raw`^${lead}(?:more|greater|larger|bigger|higher) than\s+${number}${unit}$`, 'iu')
const less = new RegExp(String.raw`^${lead}(?:less|smaller|lower|fewer) than\s+${number}${unit}$`, 'iu')
const positive = new RegExp(String.raw`^${lead}(?:strictly )?positive$`, 'iu')
const natural = new RegExp(
  String.raw`^${lead}(?:non-?negative|not negative|never negative|zero or more|0 or more)$`,
  'iu',
)

/** What is often so, or begins so, is no bound. */
const loose =
  /\b(?:usually|typically|normally|often|mostly|about|approx|e\.g|example|recommended|currently|today|expected|target)/i

/** The first range in a text of cells or phrases; none where the words are of what is usual. */
export function rangeIn(written: string, column: string): WrittenRange | undefined {
  // As long, and a number.
  const text = written.replaceAll(/(?<=\b(?:than|least|most|above|below)\s)zero\b/gi, '0   ')
  if (!/\d|positive|negative/iu.test(text) || loose.test(text) || /\d,\d{3}/u.test(text)) return undefined
  // "1 (low) to 5 (high)": what stands in brackets behind a number is what it means.
  const plain = text.replaceAll(/(?<=\d\s?)\([^()\d]{1,60}\)/gu, (all) => ' '.repeat(all.length))
  let from = 0
  for (const piece of plain.split(/(?<=[;,|()]|\.(?=\s|$))/u)) {
    const start = from
    from += piece.length
    if (/\bdefault/iu.test(piece)) continue
    const found = boundsOf(piece, column)
    if (found)
      return {
        ...found,
        start: start + piece.search(/[^\s;,|()`*]/u),
        end: start + piece.trimEnd().replace(/[;,|().`*\s]+$/u, '').length,
      }
  }
  return undefined
}

function boundsOf(piece: string, column: string): Bounds | undefined {
  const words = piece
    .replaceAll(/[`*;|()]|[.,]\s*$/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[\s:=–—-]+(?!\d)/u, '')
    .trim()
    .replace(/^(\w{1,63})\s+(?=[a-z])/iu, (all, first: string) =>
      first.toLowerCase() === column.toLowerCase() ? '' : all,
    )
  const formal = boundsIn(words.replace(/^CHECK\s/i, ''))
  if (formal) return formal.column === column.toLowerCase() ? formal : undefined
  const [, low, high] = between.exec(words) ?? and.exec(words) ?? []
  if (low !== undefined && high !== undefined) {
    const [a, b] = [Number(low), Number(high)]
    return a < b ? {low: {value: a, isOpen: false}, high: {value: b, isOpen: false}} : undefined
  }
  const signed = one.exec(words)
  if (signed) return bySign(signed[1] ?? '', signed[2])
  for (const [pattern, mark] of [
    [least, '>='],
    [most, '<='],
    [more, '>'],
    [less, '<'],
  ] as const) {
    const match = pattern.exec(words)
    if (match) return bySign(mark, match[1])
  }
  if (positive.test(words)) return bySign('>', '0')
  return natural.test(words) ? bySign('>=', '0') : undefined
}
