/** What a statement reads besides the table that it is about: tables that it takes from, columns in its expressions. */
import {expression} from '../document/expressions.ts'
import type {CheckFact, Name, Operation} from './model.ts'

/** The tables that a view, a query or a change of rows takes from, and the one that a table is a part or a copy of. */
export function tablesRead(one: Operation): readonly Name[] {
  const pattern = readers[one.kind === 'create-object' && one.what.endsWith('view') ? 'view' : one.kind]
  return pattern ? namesBehind(pattern, one) : []
}

const name = String.raw`((?:["\x60]?[\p{L}_][\p{L}\p{N}_$]*["\x60]?\.)?["\x60]?[\p{L}_][\p{L}\p{N}_$]*["\x60]?)(?![\p{L}\p{N}_$(]|\s*\()`
const taken = expression('giu')`\b(?:FROM|JOIN)\s+(?:ONLY\s+)?${name}`
const readers: Readonly<Record<string, RegExp>> = {
  view: taken,
  insert: taken,
  update: taken,
  delete: expression('giu')`\b(?:USING|JOIN)\s+(?:ONLY\s+)?${name}`,
  'create-table': expression('giu')`\b(?:PARTITION\s+OF|INHERITS\s*\(|\bLIKE)\s*${name}`,
}

const withQuery = expression(
  'giu',
)`(?:\bWITH\s+(?:RECURSIVE\s+)?|,\s*)["\x60]?([\p{L}_][\p{L}\p{N}_$]*)["\x60]?(?:\s*\([^()]*\))?\s+AS\s+(?:(?:NOT\s+)?MATERIALIZED\s+)?\(`

function namesBehind(pattern: RegExp, {statement, start, end}: Operation): readonly Name[] {
  const text = bare(statement.text)
  // `EXTRACT(year FROM due_on)` and `IS DISTINCT FROM x` read no table, and neither does a name of the statement itself.
  const own = new Set([...text.matchAll(withQuery)].map(([, word = '']) => word.toLowerCase()))
  const plain = text.replaceAll(/\b(?:DISTINCT\s+FROM|(?:EXTRACT|SUBSTRING|TRIM|OVERLAY)\s*\([^()]*?\bFROM)\b/gi, ' ')
  return [...plain.matchAll(pattern)].flatMap(([, written = '']) => {
    const key = (written.includes('"') ? written : written.toLowerCase())
      .replaceAll(/["`]/gu, '')
      .replace(/^(?:public|dbo|main)\./u, '')
    return own.has(key) || reserved.test(key) ? [] : [{text: written, key, hole: false, start, end}]
  })
}

const reserved = /^(?:select|lateral|unnest|values|only|dual|new|old|inserted|deleted|excluded)$/u

/** Without texts and comments. */
function bare(text: string): string {
  return text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|'[^']*'/gu, ' ')
}

/** The columns of its table that have to be there for an operation. */
export function columnsNeeded(one: Operation): readonly Name[] {
  switch (one.kind) {
    case 'create-index':
      return [
        ...one.index.columns,
        ...(one.index.partial || one.index.columns.some(({key}) => key === '') ? inIndex(one) : []),
      ]
    case 'add-constraint':
      return one.constraint.kind === 'check' ? inCheck(one.constraint) : one.constraint.columns
    case 'insert':
      return one.columns
    case 'update':
      return tablesRead(one).length > 0 ? one.columns : [...one.columns, ...wordsIn(one.statement.text, one)]
    case 'alter-type':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
    case 'drop-column':
    case 'rename-column':
      return [one.column]
    default:
      return []
  }
}

/** The expressions and the predicate of an index. */
function inIndex(one: Operation): readonly Name[] {
  return wordsIn(/\bON\b[^(]*(\([\s\S]*)$/i.exec(one.statement.text)?.[1] ?? '', one)
}

function inCheck({text, start, end}: CheckFact): readonly Name[] {
  return wordsIn(text, {start, end})
}

/** What an expression may name: a function is no column of the table, and neither is a text. */
function wordsIn(text: string, {start, end}: {readonly start: number; readonly end: number}): readonly Name[] {
  const words = [
    ...bare(text)
      .replaceAll(/\b[\w.]+\s*\(/gu, ' ( ')
      .matchAll(/(["`]?)([\p{L}_][\p{L}\p{N}_$]*)/gu),
  ]
  // A name between quotes has its capitals; MySQL's columns have none that matter.
  const keys = words.flatMap(([, quote = '', word = '']) =>
    quote === '"' ? [word] : quote === '`' ? [word, word.toLowerCase()] : [word.toLowerCase()],
  )
  return [...new Set(keys)].map((word) => ({text: word, key: word, hole: false, start, end}))
}
