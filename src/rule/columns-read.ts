/** The columns that a change of rows takes from tables, as far as its words show whose they are. */
import {expression} from '../document/expressions.ts'
import type {Operation} from '../sql/model.ts'

interface ColumnRead {
  /** Last parts of their names, without quotes and in small letters. */
  readonly table: string
  readonly column: string
}

const word = String.raw`["\x60]?([\p{L}_][\p{L}\p{N}_$]*)["\x60]?`
const taken = expression(
  'giu',
)`\b(?:FROM|JOIN|USING|UPDATE)\s+(?:ONLY\s+)?(?:["\x60]?[\p{L}_][\p{L}\p{N}_$]*["\x60]?\.)?${word}(?!\s*\()(?:\s+(?:AS\s+)?(?!(?:SET|WHERE|JOIN|ON|USING|LEFT|RIGHT|INNER|FULL|CROSS|GROUP|ORDER|LIMIT|HAVING|UNION|RETURNING|FOR|NATURAL)\b)${word})?`
const qualified = expression('gu')`(?<![\p{L}\p{N}_$."\x60])${word}\.${word}(?!\s*[(.])`
const single = expression('giu')`(?<![\p{L}\p{N}_$."\x60]|\bAS\s{1,4})${word}(?![\p{L}\p{N}_$"\x60]|\s*[(.])`

/** Of an `INSERT … SELECT`, an `UPDATE` or a `DELETE`. With one table in its query, bare names are columns of that one. */
export function columnsRead({kind, statement}: Operation): readonly ColumnRead[] {
  const bare = statement.text.replaceAll(/'[^']*'|--[^\n]*/gu, ' ')
  const from = kind === 'insert' ? bare.search(/\bselect\b/i) : 0
  if (from < 0) return []
  const query = bare.slice(from)
  const tables = new Map<string, string>()
  for (const [, table = '', alias = table] of query.matchAll(taken)) {
    tables.set(alias.toLowerCase(), table.toLowerCase())
    tables.set(table.toLowerCase(), table.toLowerCase())
  }
  const [only, ...more] = new Set(tables.values())
  const reads = [...query.matchAll(qualified)].flatMap(([, owner = '', column = '']) => {
    const table = tables.get(owner.toLowerCase())
    return table === undefined ? [] : [{table, column: column.toLowerCase()}]
  })
  // A query within another has a table of its own.
  const isOne =
    only !== undefined && more.length === 0 && (query.match(/\b(?:select|update|delete)\b/gi)?.length ?? 0) === 1
  if (!isOne) return reads
  return [
    ...reads,
    ...[...query.matchAll(single)].map(([, column = '']) => ({table: only, column: column.toLowerCase()})),
  ]
}
