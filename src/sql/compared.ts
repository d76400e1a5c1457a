/** Texts that a statement gives to a column or compares it with, wherever they stand in it. */
import {expression} from '../document/expressions.ts'
import {remembered} from '../document/remembered.ts'
import type {Text} from '../document/types.ts'
import {fetchedTexts} from './fetched.ts'

export interface ComparedText {
  /** Before the dot, in lower case: an alias, a table, `new`. */
  readonly qualifier: string | undefined
  /** In lower case. */
  readonly column: string
  /** With its quotes, at its indices in the statement. */
  readonly value: Text
  readonly isSet: boolean
}

const word = String.raw`["\x60]?[A-Za-z_]\w{0,62}["\x60]?`
const column = String.raw`(?<![\w'"\x60\])>.-])(?:(${word})\.)?(${word})`
const text = String.raw`'[^']{0,100}'`
const compared = expression(
  'gi',
)`${column}(?:::\w{1,40})?\s{0,20}(?:(?::=|=|<>|!=|IS\s{1,9}(?:NOT\s{1,9})?DISTINCT\s{1,9}FROM)\s{0,20}(${text})|(?:NOT\s{1,9})?IN\s{0,9}\(((?:\s{0,20}${text}(?:::\w{1,40})?\s{0,9},?){1,100})\))`
const chosen = expression('gi')`${column}\s{0,20}:?=\s{0,20}(?=CASE\b)`
const simpleCase = expression('gi')`\bCASE\s{1,20}(?:(${word})\.)?(${word})\s{1,20}(?=WHEN\s)`

/** The comparisons and assignments of a statement, whose comments are blanked before. */
export const comparedTexts = remembered(readCompared)

function readCompared(statement: string): readonly ComparedText[] {
  const plain = withoutComments(statement)
  const cases = casesIn(plain)
  const isInside = (at: number): boolean => cases.some(({start, end}) => start < at && at < end)
  const sets = setsIn(plain)
  const isSet = (at: number): boolean => !isInside(at) && sets.some(([from, to]) => from < at && at < to)
  const direct = [...plain.matchAll(compared)].flatMap((match) => {
    const [whole, qualifier, name = '', single, several] = match
    const list = single ?? several ?? ''
    const from = match.index + whole.lastIndexOf(list)
    // `:=` and `=` in a body of a trigger may give as well as ask: either way the value has to be one.
    return textsIn(list, from).map((value) => ({...ownerOf(qualifier, name), value, isSet: isSet(match.index)}))
  })
  const given = [...plain.matchAll(chosen)].flatMap((match) => {
    const [whole, qualifier, name = ''] = match
    const at = match.index + whole.length
    const found = cases.find(({start}) => start === at)
    return found && isSet(match.index)
      ? resultsOf(plain, found).map((value) => ({...ownerOf(qualifier, name), value, isSet: true}))
      : []
  })
  const asked = [...plain.matchAll(simpleCase)].flatMap((match) => {
    const [, qualifier, name = ''] = match
    const found = cases.find(({start}) => start === match.index)
    return found ? askedIn(plain, found).map((value) => ({...ownerOf(qualifier, name), value, isSet: false})) : []
  })
  return [...direct, ...given, ...asked, ...fetchedTexts(plain, direct)]
}

function ownerOf(qualifier: string | undefined, name: string): Pick<ComparedText, 'qualifier' | 'column'> {
  const plain = (one: string): string => one.replaceAll(/["`]/gu, '').toLowerCase()
  return {qualifier: qualifier === undefined ? undefined : plain(qualifier), column: plain(name)}
}

function textsIn(list: string, from: number): readonly Text[] {
  return [...list.matchAll(/'[^']*'/gu)].map(({0: one, index}) => ({
    start: from + index,
    end: from + index + one.length,
    text: one,
  }))
}

/** Blanks of the same length. */
function withoutComments(statement: string): string {
  return statement.replaceAll(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//gu, (one) =>
    one.startsWith("'") ? one : ' '.repeat(one.length),
  )
}

/** Where columns are given values: from `SET` to the next clause. */
function setsIn(plain: string): readonly (readonly [from: number, to: number])[] {
  return [...plain.matchAll(/\b(?:SET|ON\s+DUPLICATE\s+KEY\s+UPDATE)\b/gi)].map(({index}) => {
    const end = plain.slice(index).search(/\b(?:WHERE|FROM|RETURNING|LIMIT)\b|;/i)
    return [index, end < 0 ? plain.length : index + end] as const
  })
}

interface Case {
  readonly start: number
  readonly end: number
}

/** The outermost `CASE … END`. */
function casesIn(plain: string): readonly Case[] {
  const found: Case[] = []
  let depth = 0
  let start = 0
  for (const {0: mark, index} of plain.matchAll(/'[^']*'|\bCASE\b|\bEND\b/gi)) {
    if (mark.startsWith("'")) continue
    if (mark.toUpperCase() === 'CASE') {
      if (depth === 0) start = index
      depth += 1
    } else if (depth > 0) {
      depth -= 1
      if (depth === 0) found.push({start, end: index + mark.length})
    }
  }
  return found
}

/** `THEN 'a'` and `ELSE 'a'`. */
function resultsOf(plain: string, {start, end}: Case): readonly Text[] {
  return behind(
    plain,
    {start, end},
    /\b(?:THEN|ELSE)\s{1,20}('[^']{0,100}')(?=(?:::\w{1,40})?\s{0,20}(?:WHEN|ELSE|END)\b)/gi,
  )
}

/** `WHEN 'a' THEN` */
function askedIn(plain: string, {start, end}: Case): readonly Text[] {
  return behind(plain, {start, end}, /\bWHEN\s{1,20}('[^']{0,100}')(?=\s{0,20}THEN\b)/gi)
}

function behind(plain: string, {start, end}: Case, pattern: RegExp): readonly Text[] {
  return [...plain.slice(start, end).matchAll(pattern)].map((match) => {
    const value = match[1] ?? ''
    const from = start + match.index + match[0].length - value.length
    return {start: from, end: from + value.length, text: value}
  })
}

/** The items of the first `SELECT`, with their indices: none where a star stands for some. */
export function selectedIn(statement: string): readonly Text[] {
  const plain = withoutComments(statement)
  const head = /\bSELECT\s+(?:DISTINCT\s+)?/i.exec(plain)
  if (!head) return []
  const items: Text[] = []
  let depth = 0
  let from = head.index + head[0].length
  const add = (to: number): void => {
    items.push({start: from, end: to, text: plain.slice(from, to)})
    from = to + 1
  }
  for (const {0: mark, index} of plain.slice(from).matchAll(/'(?:[^']|'')*'|[(),;]|\bFROM\b|\bUNION\b/gi)) {
    const at = head.index + head[0].length + index
    if (mark === '(') depth += 1
    else if (mark === ')') depth -= 1
    else if (depth === 0 && mark === ',') add(at)
    else if (depth === 0 && !mark.startsWith("'")) {
      add(at)
      return items
    }
    if (depth < 0) break
  }
  add(plain.length)
  return items
}

/** The texts that an item of a query gives: `'a'`, `'a'::kind AS b`, `CASE … THEN 'a' … END`, `coalesce(b, 'a')`. */
export function givenBy({text: item, start}: Text): readonly Text[] {
  const alone = /^\s*('[^']{0,100}')(?:::[\w."]{1,60})?\s*(?:\bAS\s+\S+|["`]?\w+["`]?)?\s*$/i.exec(item)
  const value = alone?.[1]
  if (alone && value !== undefined) {
    const from = start + item.indexOf(value)
    return [{start: from, end: from + value.length, text: value}]
  }
  const [choice, ...more] = /^\s*CASE\b/i.test(item) ? casesIn(item) : []
  if (choice && more.length === 0)
    return resultsOf(item, choice).map((one) => ({...one, start: one.start + start, end: one.end + start}))
  const fallback = /^\s*coalesce\([^()']{1,100},\s*('[^']{0,100}')(?:::\w{1,40})?\s*\)/i.exec(item)
  const last = fallback?.[1]
  if (!fallback || last === undefined) return []
  const from = start + fallback[0].lastIndexOf(last)
  return [{start: from, end: from + last.length, text: last}]
}

const relation = expression(
  'gi',
)`\b(?:FROM|JOIN|UPDATE|INTO|USING)\s{1,20}(?:ONLY\s{1,9})?((?:${word}\.)?${word})(?!\s{0,9}\()(?:\s{1,20}(?:AS\s{1,9})?(${word}))?`
const clause =
  /^(?:set|where|on|join|left|right|inner|outer|full|cross|natural|using|group|order|limit|having|union|as|values|select|for|returning|default|when|force|use|ignore|window|fetch|offset|do|loop)$/u
const notTables = /^(?:select|only|lateral|unnest|set|values|dual)$/u

/** The tables that a statement speaks of, by the names that qualify their columns; `undefined` with tables of its own. */
export const relationsOf = remembered(readRelations)

function readRelations(statement: string): ReadonlyMap<string, string> | undefined {
  const plain = withoutComments(statement).replaceAll(
    // `SELECT state INTO held FROM orders` fetches into a variable.
    /\bDISTINCT\s+FROM\b|\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b|'[^']*'|\bINTO\s{1,9}[^;()']{1,200}?(?=\sFROM\s)/gi,
    (one) => ' '.repeat(one.length),
  )
  if (/\bWITH\b[^;]*\bAS\s*\(|\b(?:FROM|JOIN)\s*\(/i.test(plain)) return undefined
  const found = new Map<string, string>()
  for (const [, table = '', alias] of plain.matchAll(relation)) {
    const key = table.replaceAll(/["`]/gu, '').toLowerCase()
    if (notTables.test(key)) continue
    const other = alias?.replaceAll(/["`]/gu, '').toLowerCase()
    found.set(key.replace(/^.*\./u, ''), key)
    if (other !== undefined && !clause.test(other)) found.set(other, key)
  }
  return found
}
