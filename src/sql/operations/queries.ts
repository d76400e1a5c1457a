import type {Text} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {columnNames} from './columns.ts'
import type {Draft} from './draft.ts'
import type {Reader} from './reader.ts'

/** What follows `INSERT`, `REPLACE`, `UPDATE`, `DELETE`, `TRUNCATE`, `COPY`. */
export function change(verb: string, reader: Reader): readonly Draft[] {
  const span = reader.span(0, reader.source.tokens.length)
  if (verb === 'INSERT' || verb === 'REPLACE') {
    if (reader.take('OR')) reader.skip()
    reader.take('LOW_PRIORITY|DELAYED|HIGH_PRIORITY')
    reader.take('IGNORE')
    reader.take('INTO')
    const table = reader.name()
    const columns = reader.is('(') && !reader.is('(', 'SELECT|WITH|VALUES') ? columnNames(reader) : []
    const filtered = hasWhere(reader)
    return [{kind: 'insert', table, columns, filtered, rows: valuesIn(reader), ...span}]
  }
  if (verb === 'UPDATE') {
    if (reader.take('OR')) reader.skip()
    reader.take('LOW_PRIORITY|IGNORE|ONLY')
    const table = reader.name()
    while (!reader.done && !reader.is('SET')) reader.skipOne()
    reader.take('SET')
    const columns = assigned(reader)
    return [{kind: 'update', table, columns, filtered: hasWhere(reader), ...span}]
  }
  if (verb === 'DELETE') {
    while (!reader.done && !reader.is('FROM') && reader.is('LOW_PRIORITY|QUICK|IGNORE')) reader.skip()
    reader.take('FROM')
    reader.take('ONLY')
    return [{kind: 'delete', table: reader.name(), columns: [], filtered: hasWhere(reader), ...span}]
  }
  if (verb === 'COPY') {
    const table = reader.name()
    return [
      {kind: 'copy', table, columns: reader.is('(') && table ? columnNames(reader) : [], filtered: false, ...span},
    ]
  }
  reader.take('TABLE')
  reader.take('ONLY')
  return reader
    .list()
    .map((part) => ({kind: 'truncate', table: part.name(), columns: [], filtered: false, ...span}) satisfies Draft)
}

/** `a = 1, b = 2` up to the next clause. */
function assigned(reader: Reader): readonly Name[] {
  const columns: Name[] = []
  let expects = true
  for (; !reader.done && !reader.is('WHERE|FROM|RETURNING|ORDER|LIMIT'); reader.skipOne()) {
    if (expects && reader.is('(')) columns.push(...columnNames(reader.part(reader.index, reader.end)))
    else if (expects && reader.isName) {
      const name = reader.name()
      if (name) columns.push(last(name, reader))
      expects = false
      reader.index -= 1
    }
    if (reader.is(',')) expects = true
    else if (reader.is('=')) expects = false
  }
  return columns
}

/** The rows of `VALUES (1, 'a'), (2, 'b')`; a thousand are enough to look at. */
function valuesIn(reader: Reader): readonly (readonly (Text | undefined)[])[] {
  const rows: (readonly (Text | undefined)[])[] = []
  if (!reader.take('VALUES|VALUE')) return rows
  while (reader.is('(') && rows.length < 1000) {
    rows.push(
      reader.list().map((part) => (part.isHole(part.index, part.end) ? undefined : part.textOf(part.index, part.end))),
    )
    if (!reader.take(',')) break
  }
  return rows
}

function hasWhere(reader: Reader): boolean {
  const rest = reader.part(reader.index, reader.end)
  for (; !rest.done; rest.skipOne()) if (rest.is('WHERE')) return true
  return false
}

/** The column of `t.column`. */
function last(name: Name, reader: Reader): Name {
  return name.key.includes('.') ? reader.nameOf(reader.index - 1, reader.index) : name
}

interface Found {
  readonly tables: Name[]
  readonly filters: Name[]
  readonly order: Name[]
  star: boolean
  limited: boolean
}

/** A query: `SELECT`, `WITH … SELECT`, `VALUES`. Tables of subqueries count; star, filters and order are the query's own. */
export function select(reader: Reader, common: ReadonlySet<string>): readonly Draft[] {
  const found: Found = {tables: [], filters: [], order: [], star: false, limited: false}
  readClauses(reader, found, new Set(common), true)
  return [{kind: 'select', ...found, ...reader.span(0, reader.source.tokens.length)}]
}

type Clause = 'select' | 'from' | 'where' | 'order' | 'rest'

const clauses: Readonly<Record<string, Clause>> = {
  SELECT: 'select',
  FROM: 'from',
  JOIN: 'from',
  WHERE: 'where',
  HAVING: 'rest',
  GROUP: 'rest',
  ORDER: 'order',
  WINDOW: 'rest',
  UNION: 'rest',
  INTERSECT: 'rest',
  EXCEPT: 'rest',
  RETURNING: 'rest',
  FOR: 'rest',
}

interface State {
  clause: Clause
  /** A `SELECT` was read, so that a `FROM` is a clause: not in `EXTRACT(x FROM y)`. */
  selects: boolean
  expectsTable: boolean
}

function readClauses(reader: Reader, found: Found, common: Set<string>, outer: boolean): void {
  const state: State = {clause: 'rest', selects: false, expectsTable: false}
  while (!reader.done) {
    const {text} = reader.token()
    if (enterClause(reader, state)) {
      if (state.clause === 'select' && reader.take('TOP') && outer) found.limited = true
    } else if (reader.is('LIMIT|FETCH')) {
      if (outer) found.limited = true
      state.clause = 'rest'
      reader.skip()
    } else if (text === '(') {
      inner(reader, found, common, state.clause, outer)
      state.expectsTable = false
    } else if (state.clause === 'from') readFrom(reader, state, found, common)
    else if (outer && (state.clause === 'where' || state.clause === 'order'))
      readColumn(reader, found[state.clause === 'where' ? 'filters' : 'order'])
    else {
      if (outer && state.clause === 'select' && text === '*' && isStar(reader)) found.star = true
      reader.skip()
    }
  }
}

/** Steps over a word that begins a clause. */
function enterClause(reader: Reader, state: State): boolean {
  const {word} = reader.token()
  const clause = clauses[word]
  if (word === 'SELECT') state.selects = true
  if (clause === undefined || (word === 'FROM' && (!state.selects || isDistinctFrom(reader)))) return false
  state.clause = clause
  state.expectsTable = clause === 'from'
  reader.skip()
  if (word === 'ORDER' || word === 'GROUP') reader.take('BY')
  if (clause === 'from') reader.take('LATERAL|ONLY')
  return true
}

function readFrom(reader: Reader, state: State, found: Found, common: ReadonlySet<string>): void {
  if (state.expectsTable && reader.isName) {
    readTable(reader, found, common)
    state.expectsTable = false
    return
  }
  const isComma = reader.is(',')
  if (isComma) state.expectsTable = true
  reader.skip()
  if (isComma) reader.take('LATERAL|ONLY')
}

function inner(reader: Reader, found: Found, common: Set<string>, clause: Clause, outer: boolean): void {
  const end = reader.closing(reader.index)
  const part = reader.part(reader.index + 1, end - 1)
  const isQuery = part.is('SELECT|WITH|VALUES')
  if (part.is('WITH')) for (const name of takeCommon(part)) common.add(name)
  if (isQuery || !outer || clause === 'select' || clause === 'from' || clause === 'rest')
    readClauses(part, found, common, false)
  else while (!part.done) readColumn(part, found[clause === 'where' ? 'filters' : 'order'])
  reader.index = end
}

function isDistinctFrom(reader: Reader): boolean {
  return reader.token(-1).word === 'DISTINCT'
}

function isStar(reader: Reader): boolean {
  const before = reader.source.tokens[reader.index - 1]
  return (
    before !== undefined &&
    (/^(?:SELECT|DISTINCT|ALL)$/u.test(before.word) ||
      before.text === ',' ||
      before.text === '.' ||
      before.kind === 'number')
  )
}

function readTable(reader: Reader, found: Found, common: ReadonlySet<string>): void {
  const name = reader.name()
  if (name && !reader.is('(') && !common.has(name.key)) found.tables.push(name)
}

const keywords =
  /^(?:AND|OR|NOT|IN|IS|NULL|TRUE|FALSE|LIKE|ILIKE|BETWEEN|EXISTS|ANY|ALL|SOME|CASE|WHEN|THEN|ELSE|END|ASC|DESC|NULLS|FIRST|LAST|DISTINCT|FROM|INTERVAL|ARRAY|ROW|COLLATE|ESCAPE|SIMILAR|TO|CURRENT_DATE|CURRENT_TIME|CURRENT_TIMESTAMP|CURRENT_USER|UNKNOWN|USING|SYMMETRIC|OFFSET|ROWS|NEXT|ONLY|BY|AS)$/u

/** One column, or a call around one, of a condition or an order. */
function readColumn(reader: Reader, into: Name[]): void {
  if (reader.take('AT', 'TIME', 'ZONE')) return
  if (isType(reader)) {
    reader.skip()
    return
  }
  if (reader.is('::')) {
    reader.skip(2)
    return
  }
  if (!reader.isName || reader.token().kind === 'string' || keywords.test(reader.token().word)) {
    skipNested(reader)
    return
  }
  const from = reader.index
  if (/^[@#$]/u.test(reader.token().text)) {
    reader.skip()
    return
  }
  const name = reader.name()
  if (name === undefined) return
  if (!reader.is('(')) {
    into.push(last(name, reader))
    return
  }
  const end = reader.closing(reader.index)
  const holdsName = reader.source.tokens.slice(reader.index, end).some(({kind}) => kind === 'word' || kind === 'quoted')
  if (holdsName) into.push({...reader.textOf(from, end), key: '', hole: reader.isHole(from, end)})
  reader.index = end
}

/** `DATE '2024-01-01'`, the `DAY` of `INTERVAL '1' DAY` or `INTERVAL 1 DAY`: no columns. */
function isType(reader: Reader): boolean {
  if (reader.token().kind !== 'word') return false
  const before = reader.source.tokens[reader.index - 1]
  const isUnit = /^(?:DAY|HOUR|MINUTE|MONTH|YEAR|SECOND|WEEK|QUARTER)$/u.test(reader.token().word)
  return (
    (reader.token(1).kind === 'string' && !keywords.test(reader.token().word)) ||
    (isUnit && (before?.kind === 'string' || before?.kind === 'number'))
  )
}

/** Steps over a token; parentheses of a condition are entered, a subquery's are not. */
function skipNested(reader: Reader): void {
  if (reader.is('(', 'SELECT|WITH')) reader.skipOne()
  else reader.skip()
}

/** `WITH a AS (…), b AS (…)`: keys of the names; the reader stands after them. */
export function takeCommon(reader: Reader): ReadonlySet<string> {
  const names = new Set<string>()
  reader.take('WITH')
  reader.take('RECURSIVE')
  do {
    const name = reader.name()
    if (name === undefined) break
    names.add(name.key)
    reader.skipParentheses()
    reader.take('AS')
    reader.take('NOT')
    reader.take('MATERIALIZED')
    reader.skipParentheses()
  } while (reader.take(','))
  return names
}
