/** Rows that are inserted before those that their keys lead to. */
import type {Span, Text} from '../document/types.ts'
import type {ForeignKeyFact, Name, Operation, OperationOf} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {type DescribedKey, describedKeys} from './key-targets.ts'
import {forwardOperations, foreignKeysIn, scriptOperations} from './keys.ts'
import {called, ofKind, ofTable, sameName} from './schema.ts'

type Insert = OperationOf<'insert'>

export interface RowTooSoon {
  /** The value that leads to a row that isn't there yet. */
  readonly value: Text
  readonly table: Name
  readonly parent: Name
  readonly column: Name
  /** The statement that inserts the row which is needed. */
  readonly later: Span
}

/** It may insert a row that is there already. */
const tolerant = /\bON\s+(?:CONFLICT|DUPLICATE)\b|\bIGNORE\b|\bREPLACE\b|\bNOT\s+EXISTS\b/i
/** Keys are looked at only later, or not at all. */
const unchecked =
  /foreign_key_checks|session_replication_role|\bDEFERR(?:ED|ABLE)\b|\bNOCHECK\b|\bDISABLE\s+TRIGGER\b|\bNOT\s+ENFORCED\b/i

export interface RowKey {
  readonly table: Name
  readonly key: Pick<ForeignKeyFact, 'columns' | 'table' | 'target'>
}

/** A key that a list or a table of columns has. */
function keyOf({table, columns, to, target}: DescribedKey): readonly RowKey[] {
  return table ? [{table, key: {columns, table: to, target}}] : []
}

/** The keys of the SQL, of scripts in other languages, and of what is described. */
export function rowKeys(schema: SchemaFacts, operations: readonly Operation[]): readonly RowKey[] {
  const made = [...foreignKeysIn(operations), ...foreignKeysIn(scriptOperations(schema))]
  return [...made, ...describedKeys(schema).flatMap(keyOf)]
}

/** Statements of a section that are held against each other. */
const longest = 200

/** The rows to insert whose literals name a row that a later statement of the same section inserts; one of each two statements. */
export function rowsTooSoon(schema: SchemaFacts, type: BoundDocument): readonly RowTooSoon[] {
  const operations = forwardOperations(schema, type)
  const inserts = ofKind(operations, 'insert').filter(({statement}) => !statement.template)
  if (inserts.length < 2 || operations.some(({statement}) => unchecked.test(statement.text))) return []
  const scripts = scriptOperations(schema)
  const keys = rowKeys(schema, operations)
  const seen = new Set<number>()
  return [...new Set(inserts.map(({statement}) => statement.section))]
    .flatMap((section) =>
      inScript(
        inserts.filter(({statement}) => statement.section === section),
        keys,
        [...operations, ...scripts],
      ),
    )
    .filter(({value}) => seen.size < seen.add(value.start).size)
}

function inScript(
  inserts: readonly Insert[],
  keys: readonly RowKey[],
  operations: readonly Operation[],
): readonly RowTooSoon[] {
  return inserts.slice(0, longest).flatMap((child, index, all) => {
    const {table, statement} = child
    if (!table || statement.dialect === 'sqlite' || tolerant.test(statement.text)) return []
    return keys
      .filter((one) => sameName(one.table, table))
      .slice(0, 20)
      .flatMap(({key}) => rowOf(child, key, all.slice(0, index), all.slice(index + 1), operations))
  })
}

function rowOf(
  child: Insert,
  key: RowKey['key'],
  before: readonly Insert[],
  after: readonly Insert[],
  operations: readonly Operation[],
): readonly RowTooSoon[] {
  const [from] = key.columns
  const target = key.target[0] ?? primaryOf(key.table, operations)
  if (!from || !target || !child.table || key.columns.length > 1 || key.target.length > 1) return []
  const there = new Set(valuesOf(before, key.table, target).map(({value}) => value.text))
  for (const value of valuesIn(child, from)) {
    if (there.has(value.text)) continue
    const later = valuesOf(after, key.table, target).find((one) => one.value.text === value.text)?.insert
    if (later && later.statement !== child.statement && !tolerant.test(later.statement.text))
      return [{value, table: child.table, parent: key.table, column: target, later}]
  }
  return []
}

/** The one column of a table's primary key. */
export function primaryOf(table: Name, operations: readonly Operation[]): Name | undefined {
  const keys = ofTable(ofKind(operations, 'create-table'), table).flatMap(({constraints}) =>
    constraints.flatMap((one) => (one.kind === 'primary' ? [one.columns] : [])),
  )
  const [first] = keys.flat()
  return first && keys.every((columns) => columns.length === 1 && columns.every((one) => sameName(one, first)))
    ? first
    : undefined
}

export function valuesOf(
  inserts: readonly Insert[],
  table: Name,
  column: Name,
): readonly {readonly value: Text; readonly insert: Insert}[] {
  return inserts
    .filter((one) => one.table && sameName(one.table, table))
    .flatMap((insert) => valuesIn(insert, column).map((value) => ({value, insert})))
}

/** A number, or a text in quotes. */
const literal = /^(?:\d+|'[^']*')$/u

function valuesIn({columns, rows}: Insert, column: Name): readonly Text[] {
  const [name] = called(columns, (one) => one, column)
  const at = name ? columns.indexOf(name) : -1
  return rows.flatMap((row) => {
    const value = at >= 0 && row.length === columns.length ? row[at] : undefined
    return value && literal.test(value.text) ? [value] : []
  })
}
