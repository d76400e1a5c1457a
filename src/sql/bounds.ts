/** Between which numbers a value may lie, as checks and words say it. */
import {remembered} from '../document/remembered.ts'

export interface Bound {
  readonly value: number
  /** The number itself is none of the values: `> 0`. */
  readonly isOpen: boolean
}

export interface Bounds {
  readonly low: Bound | undefined
  readonly high: Bound | undefined
}

export interface ColumnBounds extends Bounds {
  /** In lower case, without its table. */
  readonly column: string
}

const number = String.raw`[+-]?(?:\d{1,15}(?:\.\d{1,9})?|\.\d{1,9})`
const numeral = String.raw`\(?\s*(${number})\s*\)?(?:::\w{1,30}(?:\(\d+(?:,\d+)?\))?)?`
const column = String.raw`(?:\w{1,63}\.)?([a-z_]\w{0,62})`
const sign = '(>=|<=|>|<|≥|≤)'
const between = new RegExp(String.raw`^${column}\s+between\s+${numeral}\s*~\s*${numeral}$`, 'u')
const compared = new RegExp(String.raw`^${column}\s*${sign}\s*${numeral}$`, 'u')
const turned = new RegExp(String.raw`^${numeral}\s*${sign}\s*${column}$`, 'u')
const range = new RegExp(String.raw`\bbetween\s+(${numeral})\s+and\s+(?=${numeral})`, 'gu')

/** The bounds of the one column that a condition compares with numbers, NULL aside; `undefined` of any other condition. */
export const boundsIn: (condition: string) => ColumnBounds | undefined = remembered((condition) => {
  if (condition.length > 300) return undefined
  const plain = withoutNull(unwrapped(condition.toLowerCase().replaceAll(/["`]/gu, ''))).replaceAll(
    range,
    (_, low: string) => `between ${low} ~ `,
  )
  const parts = plain.split(/\band\b|&&/u).flatMap((part) => boundOf(unwrapped(part)) ?? [undefined])
  const [first] = parts
  if (!first || parts.some((one) => one?.column !== first.column)) return undefined
  const [low, high] = (['low', 'high'] as const).map((side) => parts.flatMap((one) => one?.[side] ?? [])[0])
  return {column: first.column, low, high}
})

function boundOf(part: string): ColumnBounds | undefined {
  const both = between.exec(part)
  if (both) return {column: both[1] ?? '', low: closed(both[2]), high: closed(both[3])}
  const [, name, mark, value] = compared.exec(part) ?? []
  if (name !== undefined && mark !== undefined) return {column: name, ...bySign(mark, value)}
  const [, left, other, right] = turned.exec(part) ?? []
  return other !== undefined && right !== undefined
    ? {column: right, ...bySign(turnedSigns[other] ?? other, left)}
    : undefined
}

const turnedSigns: Readonly<Record<string, string>> = {'<': '>', '<=': '>=', '≤': '≥', '>': '<', '>=': '<=', '≥': '≤'}

/** The bound that `>= 5` sets. */
export function bySign(mark: string, value: string | undefined): Bounds {
  const bound = {value: Number(value), isOpen: mark === '>' || mark === '<'}
  return /^[>≥]/u.test(mark) ? {low: bound, high: undefined} : {low: undefined, high: bound}
}

function closed(value: string | undefined): Bound {
  return {value: Number(value), isOpen: false}
}

/** The outermost brackets belong together. */
function unwrapped(text: string): string {
  let plain = text.trim()
  while (plain.startsWith('(') && plain.endsWith(')')) {
    let depth = 0
    const end = [...plain].findIndex((mark) => {
      depth += mark === '(' ? 1 : mark === ')' ? -1 : 0
      return depth === 0
    })
    if (end !== plain.length - 1) break
    plain = plain.slice(1, -1).trim()
  }
  return plain
}

function withoutNull(text: string): string {
  const [, rest] =
    /^\(?\s*[\w.]+\s+is\s+null\s*\)?\s*or\s+([\s\S]*)$/u.exec(text) ??
    /^([\s\S]*?)\s+or\s+\(?\s*[\w.]+\s+is\s+null\s*\)?$/u.exec(text) ??
    []
  return rest === undefined ? text : unwrapped(rest)
}

/** Whether two bounds let the same numbers through; of whole numbers, `> 0` is `>= 1`. */
export function sameBound(a: Bound, b: Bound, side: 'low' | 'high', areWhole: boolean): boolean {
  if (a.value === b.value && a.isOpen === b.isOpen) return true
  return areWhole && nearest(a, side) === nearest(b, side)
}

function nearest({value, isOpen}: Bound, side: 'low' | 'high'): number {
  if (side === 'low') return isOpen ? Math.floor(value) + 1 : Math.ceil(value)
  return isOpen ? Math.ceil(value) - 1 : Math.floor(value)
}
