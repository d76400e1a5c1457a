/** Texts that are compared with what a query fetches: `(SELECT a.state FROM a …) = 'open'`, `SELECT state INTO v FROM a; IF v = 'open'`. */
import {expression} from '../document/expressions.ts'
import type {Text} from '../document/types.ts'
import type {ComparedText} from './compared.ts'

type Column = Pick<ComparedText, 'qualifier' | 'column'>

const word = String.raw`["\x60]?[A-Za-z_]\w{0,62}["\x60]?`
const column = String.raw`(?:(${word})\.)?(${word})`
const table = String.raw`(?:${word}\.)?(${word})`
const variable = String.raw`@?[A-Za-z_]\w{0,62}`
const text = String.raw`'[^']{0,100}'`
/** Behind the brackets of a query. */
const compared = expression(
  'gi',
)`\)\s{0,20}(?:(?:=|<>|!=|IS\s{1,9}(?:NOT\s{1,9})?DISTINCT\s{1,9}FROM)\s{0,20}(${text})|(?:NOT\s{1,9})?IN\s{0,9}\(((?:\s{0,20}${text}\s{0,9},?){1,100})\))`
const query = expression('i')`^\s*SELECT\s{1,20}${column}\s{1,20}FROM\s{1,20}${table}`
const into = expression(
  'gi',
)`\bSELECT\s{1,20}${column}\s{1,20}INTO\s{1,20}(?:STRICT\s{1,9})?(${variable})\s{1,20}FROM\s{1,20}${table}`
const fetched = expression(
  'gi',
)`(${variable})\s{0,20}:=\s{0,20}\(\s{0,20}SELECT\s{1,20}${column}\s{1,20}FROM\s{1,20}${table}`
const typed = expression('gi')`(?<![\w.])(${variable})\s{1,20}(?:${word}\.)?(${word})\.(${word})%TYPE`
/** Quick to look for, and most statements have none. */
const hasInto = /\bINTO\b/i
const hasType = /%TYPE/i

/** `plain` is a statement without comments, `direct` what its columns and variables are compared with by their names. */
export function fetchedTexts(plain: string, direct: readonly ComparedText[]): readonly ComparedText[] {
  return [...besideQueries(plain), ...ofVariables(plain, direct)]
}

function besideQueries(plain: string): readonly ComparedText[] {
  return [...plain.matchAll(compared)].flatMap((match): readonly ComparedText[] => {
    const opening = openingOf(plain, match.index)
    const found = opening === undefined ? null : query.exec(plain.slice(opening + 1, match.index))
    if (!found) return []
    const list = match[1] ?? match[2] ?? ''
    const from = match.index + match[0].lastIndexOf(list)
    return [...list.matchAll(/'[^']*'/gu)].map(({0: one, index}) => ({
      ...columnOf(found[1], found[2], found[3]),
      value: {start: from + index, end: from + index + one.length, text: one} satisfies Text,
      isSet: false,
    }))
  })
}

/** The bracket that the one at an index closes. */
function openingOf(plain: string, closing: number): number | undefined {
  let depth = 0
  let isText = false
  for (let at = closing; at >= Math.max(0, closing - 2000); at -= 1) {
    const mark = plain[at]
    if (mark === "'") isText = !isText
    else if (mark === ';' && !isText) return undefined
    else if (mark === ')' && !isText) depth += 1
    else if (mark === '(' && !isText) depth -= 1
    if (depth === 0) return at
  }
  return undefined
}

/** Of a variable that holds one column, whatever fetches it. */
function ofVariables(plain: string, direct: readonly ComparedText[]): readonly ComparedText[] {
  const held = new Map<string, Set<string>>()
  const add = (name: string | undefined, one: Column): void => {
    const key = bare(name)
    if (key !== undefined) held.set(key, (held.get(key) ?? new Set()).add(`${one.qualifier ?? ''}.${one.column}`))
  }
  if (hasInto.test(plain))
    for (const [, owner, name, into_, of] of plain.matchAll(into)) add(into_, columnOf(owner, name, of))
  if (plain.includes(':='))
    for (const [, into_, owner, name, of] of plain.matchAll(fetched)) add(into_, columnOf(owner, name, of))
  if (held.size === 0 && hasType.test(plain))
    for (const [, name, owner, own] of plain.matchAll(typed)) add(name, columnOf(owner, own, owner))
  if (held.size === 0) return []
  return direct.flatMap((one) => {
    // What is given to it may be a sign of its own.
    const isGiven = /:=\s*$/u.test(plain.slice(0, one.value.start))
    const [only, ...more] = one.qualifier === undefined && !isGiven ? (held.get(one.column) ?? []) : []
    if (only === undefined || more.length > 0) return []
    const dot = only.indexOf('.')
    return [{...one, qualifier: only.slice(0, dot), column: only.slice(dot + 1), isSet: false}]
  })
}

function columnOf(owner: string | undefined, name: string | undefined, of: string | undefined): Column {
  return {qualifier: bare(owner) ?? bare(of), column: bare(name) ?? ''}
}

function bare(name: string | undefined): string | undefined {
  return name?.replaceAll(/["`@]/gu, '').toLowerCase()
}
