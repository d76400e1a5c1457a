import type {ModelTable} from '../sql/documented/model.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation, OperationOf} from '../sql/model.ts'
import {sharing} from '../sql/named.ts'
import {tablesRead} from '../sql/needed.ts'
import {columnKey} from '../sql/state/apply.ts'
import {mayBeThere, tableIn} from '../sql/state/lookup.ts'
import type {SchemaMoments} from '../sql/state/model.ts'
import {tableOf} from '../sql/undoes.ts'
import {isSlip, nearest} from '../type/nearest.ts'
import {columnsRead} from './columns-read.ts'
import {isToolTable} from './moments.ts'
import {called, nameOf, newName, ofKind, ofTable} from './schema.ts'
import type {Context} from './types.ts'

type Facts = Pick<Context<never, never>, 'document' | 'type' | 'schema' | 'project'>

export function tableForm(name: Name): string {
  return lastPart(name).toLowerCase()
}

export function sameForm(a: Name, b: Name): boolean {
  return tableForm(a) === tableForm(b)
}

/** `IF EXISTS`, or a condition around it: whoever writes that knows that it may be missing. */
export function isTolerant({kind, statement}: Operation): boolean {
  if (kind === 'select') return true
  return /\bIF\s+EXISTS\b|\bOBJECT_ID\b|^\s*(?:IF|DO)\b/i.test(statement.text)
}

export interface AfterEnd {
  readonly operation: Operation
  readonly name: Name
  readonly gone: 'dropped' | 'renamed'
  /** The statement takes from the table, and is about another one. */
  readonly read: boolean
}

/** Changes of a table that an earlier statement of the same fence dropped or renamed, the first of each. */
export function afterItsEnd(operations: readonly Operation[]): readonly AfterEnd[] {
  const found = new Map<string, AfterEnd>()
  const gone = new Map<string, 'dropped' | 'renamed'>()
  let fence: unknown
  for (const operation of operations.toSorted((a, b) => a.start - b.start)) {
    if (operation.statement.code !== fence) gone.clear()
    fence = operation.statement.code
    for (const name of gone.size > 0 && !isTolerant(operation) ? tablesRead(operation) : []) {
      const ended = gone.get(name.key)
      if (ended && !found.has(name.key)) found.set(name.key, {operation, name, gone: ended, read: true})
    }
    const table = tableOf(operation)
    if (!table || table.hole) continue
    const key = table.key.toLowerCase()
    const state = gone.get(key)
    if (operation.kind === 'create-table') gone.delete(key)
    else if (state && !isTolerant(operation) && !found.has(key))
      found.set(key, {operation, name: table, gone: state, read: false})
    if (operation.kind === 'drop-table') gone.set(key, 'dropped')
    if (operation.kind === 'rename-table') {
      gone.set(key, 'renamed')
      const to = operation.to.key.toLowerCase()
      gone.delete(to)
      // The new name stands without the schema, which stays.
      if (!to.includes('.')) gone.delete(`${key.slice(0, key.lastIndexOf('.') + 1)}${to}`)
    }
  }
  return [...found.values()]
}

export interface ColumnAfterEnd {
  readonly operation: Operation
  readonly table: Name
  readonly column: Name
}

/** Columns that a change of rows reads after an earlier statement of the same fence has dropped them; each once. */
export function columnsAfterEnd(operations: readonly Operation[]): readonly ColumnAfterEnd[] {
  const found = new Map<string, ColumnAfterEnd>()
  const gone = new Map<string, OperationOf<'drop-column'>>()
  let fence: unknown
  for (const operation of operations.toSorted((a, b) => a.start - b.start)) {
    if (operation.statement.code !== fence) gone.clear()
    fence = operation.statement.code
    if (operation.kind === 'drop-column') gone.set(placeOf(operation.table, operation.column), operation)
    if (operation.kind === 'add-column') gone.delete(placeOf(operation.table, operation.column.name))
    if (operation.kind === 'rename-column') gone.delete(placeOf(operation.table, operation.to))
    if (!/^(?:insert|update|delete)$/u.test(operation.kind) || gone.size === 0) continue
    for (const {table, column} of columnsRead(operation)) {
      const key = `${table} ${column}`
      const dropped = gone.get(key)
      if (dropped && !found.has(key)) found.set(key, {operation, table: dropped.table, column: dropped.column})
    }
  }
  return [...found.values()]
}

function placeOf(table: Name, column: Name): string {
  return `${tableForm(table)} ${tableForm(column)}`
}

export function lacksTable(
  table: Name,
  {before, now}: SchemaMoments,
  known: ReadonlySet<string>,
  forward: readonly Operation[],
): boolean {
  if (known.has(tableForm(table)) || isToolTable(table)) return false
  if ([before, now].some((state) => state && (tableIn(state, table) || mayBeThere(state, table)))) return false
  if (isGone(tableForm(table), {now}, forward)) return false
  return now.complete || [...now.tables.values()].some(({name}) => isSlip(tableForm(table), tableForm(name)))
}

/**
 * The files took it away, and so does the document: most likely they have its migration under another name. What was taken
 * away by a statement that the document doesn't have is missing.
 */
export function isGone(key: string, {now}: Pick<SchemaMoments, 'now'>, forward: readonly Operation[]): boolean {
  const isTaken = [...now.gone.keys()].some((one) => one === key || one.endsWith(`.${key}`))
  if (!isTaken) return false
  const [table = key, column] = key.split('.')
  return sharing(forward, takenForms, column === undefined ? [table] : [table, key]).length > 0
}

function takenForms(one: Operation): readonly string[] {
  if (one.kind === 'drop-table' || one.kind === 'rename-table') return [tableForm(one.table)]
  return one.kind === 'drop-column' || one.kind === 'rename-column' ? [columnKey(one.table, one.column)] : []
}

export function nearTables(table: Name, {now}: SchemaMoments, known: ReadonlySet<string>): readonly string[] {
  const prefix = table.text.slice(0, table.text.lastIndexOf('.') + 1)
  const names = [...new Set([...[...now.tables.values()].map(({name}) => name.text.replace(/^.*\./u, '')), ...known])]
  return nearest(table.text.slice(prefix.length), names)
    .slice(0, 3)
    .map((near) => prefix + near)
}

/** All columns that a table has or gets; `undefined` where not all are known. */
export function columnsAround(
  table: Name,
  {before, now}: SchemaMoments,
  {schema}: Facts,
  forward: readonly Operation[],
): readonly Name[] | undefined {
  const states = [before, now].flatMap((state) => (state ? (tableIn(state, table) ?? []) : []))
  const isMade = ofTable(ofKind(forward, 'create-table'), table).length > 0
  const isRenamed = called(ofKind(forward, 'rename-table'), newName, table).length > 0
  if (states.length === 0 || isMade || isRenamed || states.some(({complete}) => !complete)) return undefined
  return [
    ...states.flatMap(({columns}) => columns.map(({name}) => name)),
    ...ofTable(ofKind(forward, 'add-column'), table).map(({column}) => column.name),
    ...ofTable(ofKind(forward, 'rename-column'), table).map(({to}) => to),
    ...called(schema.tables, nameOf, table).flatMap(({columns}) => columns.map(({name}) => name)),
    ...called(schema.models.tables, modelName, table).flatMap(({columns}) => columns.map(({name}) => name)),
  ]
}

function modelName({name, table}: ModelTable): Name {
  return table ?? name
}
