import {expression} from '../document/expressions.ts'
import {code, list} from '../document/words.ts'
import type {Span, SpecDocument} from '../document/types.ts'
import {relationsOf} from '../sql/compared.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation, StatementFact} from '../sql/model.ts'
import {tableOf} from '../sql/undoes.ts'
import {isSlip, nearest} from '../type/nearest.ts'
import {isBack} from './back.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {called, nameOf, ofKind, ofTable} from './schema.ts'
import {placeOfWord, plainWords} from './statement-words.ts'

/** A table of which every column is known; `keys` are those of the columns, in lower case. */
export interface WholeTable {
  readonly name: Name
  readonly columns: readonly Name[]
  readonly keys: ReadonlySet<string>
}

const elided =
  /\.{3}|…|\bINHERITS\b|\bLIKE\s+\w|\bPARTITION\s+OF\b|\bAS\s+SELECT\b|--.*\b(?:other|more|existing|remaining|additional|etc|rest)\b/i

/** The tables that are created in full, with every column that some statement gives them. */
export function wholeTables(operations: readonly Operation[]): readonly WholeTable[] {
  const created = ofKind(operations, 'create-table')
  return created.flatMap(({table}) => {
    const own = ofTable(created, table)
    if (
      table.hole ||
      own[0]?.table !== table ||
      own.some(({statement, columns}) => columns.length === 0 || statement.template || elided.test(statement.text))
    )
      return []
    const columns = [...own.flatMap((one) => one.columns.map(({name}) => name)), ...gainedBy(table, operations)]
    return [{name: table, columns, keys: new Set(columns.map(({key}) => key.toLowerCase()))}]
  })
}

/** The tables that words say to be there, with the columns that they name and those that statements add. */
function toldTables(schema: SchemaFacts, operations: readonly Operation[]): readonly WholeTable[] {
  const created = ofKind(operations, 'create-table')
  return schema.tables
    .filter(
      ({state, part, source, name}) => state === 'existing' && part === 'all' && source !== 'mermaid' && !name.hole,
    )
    .filter(({name}) => ofTable(created, name).length === 0)
    .map(({name}) => {
      const all = called(schema.tables, nameOf, name).flatMap((one) => one.columns.map((column) => column.name))
      const columns = [...all, ...gainedBy(name, operations)]
      return {name, columns, keys: new Set(columns.map(({key}) => key.toLowerCase()))}
    })
}

function gainedBy(table: Name, operations: readonly Operation[]): readonly Name[] {
  return ofTable(operations, table).flatMap((one) =>
    one.kind === 'add-column' ? [one.column.name] : one.kind === 'rename-column' ? [one.to] : [],
  )
}

/** A column that a statement names and its table lacks. */
export interface UnmetColumn extends Span {
  readonly text: string
  readonly table: string
  /** The nearest of those that are there. */
  readonly near: string | undefined
  readonly known: string
}

const word = String.raw`["\x60]?([\p{L}_][\p{L}\p{N}_$]*)["\x60]?`
const qualified = expression('dgiu')`(?<![\p{L}\p{N}_$."\x60])${word}\.${word}(?![\p{L}\p{N}_$.]|\s*\()`
const filled = expression('dgiu')`\bINSERT\s+INTO\s+${word}\s*\(([^()]{1,2000})\)`
const watched = expression('diu')`\bUPDATE\s+OF\s+([^;()]{1,500}?)\s+ON\s+${word}`
const names = expression('dgu')`[\p{L}_][\p{L}\p{N}_$]*`
const hidden = /^(?:ctid|xmin|xmax|tableoid|oid|rowid)$/u

/**
 * Columns of queries, views, changes of rows and bodies of triggers, of tables that are whole: those that a name or an alias qualifies,
 * those that an UPDATE sets, those of an INSERT within a trigger, and those that a trigger watches. The way back has other tables.
 */
export function columnsOfQueries(
  schema: SchemaFacts,
  tables: readonly WholeTable[],
  operations: readonly Operation[],
): readonly UnmetColumn[] {
  const {document, sql} = schema
  // Words may leave a column out of a table that is there: only what is nearly one of those is taken for a mistake.
  const told = unmetOf(sql.statements, toldTables(schema, operations), document).filter(({near}) => near !== undefined)
  return [...unmetOf(sql.statements, tables, document), ...told]
}

function unmetOf(
  statements: readonly StatementFact[],
  tables: readonly WholeTable[],
  document: SpecDocument,
): readonly UnmetColumn[] {
  const byName = new Map(tables.map((one) => [lastPart(one.name).toLowerCase(), one]))
  if (byName.size === 0) return []
  return statements
    .filter((one) => !one.template && !isBack(one, document))
    .flatMap((statement) => {
      const plain = plainWords(statement.text)
      return [...inQuery(statement, plain), ...inTrigger(statement, plain)].flatMap(({owner, text, index}) => {
        const table = byName.get(owner)
        if (!table || table.keys.has(text.toLowerCase()) || hidden.test(text.toLowerCase())) return []
        const at = placeOfWord(text, index, statement, document)
        return at ? [unmet(text, at, table)] : []
      })
    })
}

interface Use {
  readonly owner: string
  readonly text: string
  readonly index: number
}

function inQuery({text, operations, start}: StatementFact, plain: string): readonly Use[] {
  const isQuery = operations.some(({kind, ...one}) =>
    kind === 'create-object'
      ? 'what' in one && one.what.endsWith('view')
      : /^(?:select|insert|update|delete)$/u.test(kind),
  )
  if (!isQuery) return []
  const set = ofKind(operations, 'update').flatMap(({table, columns}) =>
    columns.map((column) => ({
      owner: table ? lastPart(table).toLowerCase() : '',
      text: column.text,
      index: column.start - start,
    })),
  )
  const relations = relationsOf(text)
  if (!relations) return []
  const found = [...plain.matchAll(qualified)].flatMap((match): readonly Use[] => {
    const [, qualifier = '', column = ''] = match
    const owner = relations.get(qualifier.toLowerCase())
    return owner === undefined || owner.includes('.')
      ? []
      : [{owner, text: column, index: match.indices?.[2]?.[0] ?? 0}]
  })
  return [
    ...found,
    ...set.filter((one) => !one.text.includes('.') && !found.some(({text: other}) => other === one.text)),
  ]
}

function inTrigger({operations}: StatementFact, plain: string): readonly Use[] {
  const isTrigger = operations.some((one) => one.kind === 'create-object' && /^(?:trigger|function)$/u.test(one.what))
  if (!isTrigger) return []
  const inserts = [...plain.matchAll(filled)].flatMap((match) =>
    listed(match[2] ?? '', match.indices?.[2]?.[0] ?? 0, (match[1] ?? '').toLowerCase()),
  )
  const events = watched.exec(plain)
  const owner = (events?.[2] ?? '').toLowerCase()
  return [...inserts, ...(events ? listed(events[1] ?? '', events.indices?.[1]?.[0] ?? 0, owner) : [])]
}

function listed(text: string, from: number, owner: string): readonly Use[] {
  return [...text.matchAll(names)].flatMap(({0: one, index}) =>
    /^(?:or|and|insert|update|delete|of)$/iu.test(one) ? [] : [{owner, text: one, index: from + index}],
  )
}

function unmet(text: string, at: Span, {name, columns}: WholeTable): UnmetColumn {
  const all = columns.map((one) => one.text)
  return {
    text,
    ...at,
    table: name.text,
    near: nearest(text, all)[0],
    known: list(all.map((one) => code(one))),
  }
}

/** A column of an index that stands nowhere else, where the document adds one of nearly that name to the table. */
export interface SlippedColumn extends Span {
  readonly text: string
  readonly table: string
  readonly meant: Name
}

export function slippedColumns(operations: readonly Operation[], document: SpecDocument): readonly SlippedColumn[] {
  const created = ofKind(operations, 'create-table')
  const added = ofKind(operations, 'add-column')
  return ofKind(operations, 'create-index').flatMap((operation) => {
    const table = tableOf(operation)
    if (!table || operation.statement.template || ofTable(created, table).length > 0) return []
    const known = ofTable(added, table).map(({column}) => column.name)
    return operation.index.columns.flatMap((column): readonly SlippedColumn[] => {
      if (column.hole || column.key === '' || known.some(({key}) => key === column.key)) return []
      const meant = known.find((one) => isSlip(column.key, one.key) && !/\d$/u.test(column.key + one.key))
      const isOnly = meant !== undefined && countOf(column.key, document) === 1
      return isOnly ? [{...column, table: table.text, meant}] : []
    })
  })
}

function countOf(key: string, {text}: SpecDocument): number {
  const found = text.match(
    new RegExp(`(?<![\\w$])${key.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)}(?![\\w$])`, 'giu'),
  )
  return found?.length ?? 0
}
