/** A number in a text, with its unit where it has one that can be converted. */
import {expression} from './expressions.ts'
export interface Quantity {
  /** Offsets in the text. */
  readonly start: number
  readonly end: number
  readonly value: number
  /** As written: `ms`, `%`; empty without one that is known. */
  readonly unit: string
  readonly dimension: 'time' | 'size' | 'percent' | 'none'
  /** The value in seconds, bytes, percent or as it is. */
  readonly base: number
}

const seconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  msec: 1e-3,
  millis: 1e-3,
  millisecond: 1e-3,
  milliseconds: 1e-3,
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  hours: 3600,
}
const bytes: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
}
const thousands: Readonly<Record<string, number>> = {k: 1e3, K: 1e3, M: 1e6, G: 1e9}

const quantity = expression(
  'gu',
)`(?<![\p{L}\p{N}_.])(?:(?<=^|[\s(:|=<>≤≥~,/])[+−-])?\d+(?:[.,]\d+)*(?:[kKMG](?![\p{L}\p{N}]))?(?:\s?(%|[µμ]?\p{L}{1,12})(?![\p{L}\p{N}]))?`

/** The numbers of a text with their units. A comma before three digits divides thousands, else it is a decimal one. */
export function quantitiesIn(text: string): readonly Quantity[] {
  return [...text.matchAll(quantity)].map((match) => {
    const [whole, word = ''] = match
    const digits = /^[+−-]?[\d.,]*\d/u.exec(whole)?.[0] ?? ''
    const suffix = thousands[whole[digits.length] ?? ''] ?? 1
    const isSuffix = suffix !== 1 && !/\p{L}/u.test(whole[digits.length + 1] ?? '')
    const value = numberOf(digits) * (isSuffix ? suffix : 1)
    const {dimension, factor} = unitOf(word)
    const end =
      dimension === 'none' && word !== '' ? whole.length - word.length - (/\s\S*$/u.test(whole) ? 1 : 0) : whole.length
    return {
      start: match.index,
      end: match.index + end,
      value,
      unit: dimension === 'none' ? '' : word,
      dimension,
      base: value * factor,
    }
  })
}

function numberOf(digits: string): number {
  const plain = digits.replace('−', '-')
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(plain)) return Number(plain.replaceAll(',', ''))
  return Number(plain.replace(',', '.').replaceAll(',', ''))
}

function unitOf(word: string): {readonly dimension: Quantity['dimension']; readonly factor: number} {
  if (word === '%') return {dimension: 'percent', factor: 1}
  const second = seconds[word] ?? seconds[word.toLowerCase()]
  if (second !== undefined) return {dimension: 'time', factor: second}
  const size = bytes[word.toLowerCase()]
  return size !== undefined && word !== 'b' ? {dimension: 'size', factor: size} : {dimension: 'none', factor: 1}
}
