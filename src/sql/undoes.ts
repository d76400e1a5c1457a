import {constraintName, indexName, lastPart, sameName} from './implicit.ts'
import type {Name, Operation, OperationOf} from './model.ts'

type Kind = Operation['kind']

/** Whether an operation of a rollback takes back one of the migration: the object decides, not the wording. */
export function undoes(operation: Operation, other: Operation): boolean {
  if (other.kind === 'drop-table') return undoneByDropTable(operation, other)
  if (other.kind === 'drop-column' && undoneByDropColumn(operation, other)) return true
  if (other.kind === 'drop-object') return undoneByDropObject(operation, other)
  return undoneByKind(operation, other)
}

function undoneByKind(operation: Operation, other: Operation): boolean {
  switch (operation.kind) {
    case 'create-index':
      return other.kind === 'drop-index' && isIndex(operation, other)
    case 'add-constraint':
      return isDropped(operation, other)
    case 'rename-table':
      return other.kind === 'rename-table' && sameName(operation.table, other.to) && sameName(operation.to, other.table)
    case 'rename-column':
      return (
        other.kind === 'rename-column' &&
        sameName(operation.table, other.table) &&
        sameName(operation.column, other.to) &&
        sameName(operation.to, other.column)
      )
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
    case 'alter-type':
      return opposites[operation.kind].includes(other.kind) && sameColumn(operation, other)
    case 'rename-enum-value':
      return other.kind === 'rename-enum-value' && sameName(operation.name, other.name)
    case 'insert':
    case 'copy':
    case 'delete':
    case 'truncate':
    case 'update':
      return rowsUndone(operation, other)
    default:
      return madeAgain(operation, other)
  }
}

function rowsUndone(
  operation: OperationOf<'insert' | 'copy' | 'delete' | 'truncate' | 'update'>,
  other: Operation,
): boolean {
  const isNew = operation.kind === 'insert' || operation.kind === 'copy'
  const wanted = operation.kind === 'update' ? /^update$/u : isNew ? /^(?:delete|truncate)$/u : /^(?:insert|copy)$/u
  const table = tableOf(other)
  return (
    wanted.test(other.kind) && table !== undefined && operation.table !== undefined && sameName(operation.table, table)
  )
}

const opposites: Readonly<Record<string, readonly Kind[]>> & {
  readonly [K in 'set-not-null' | 'drop-not-null' | 'set-default' | 'drop-default' | 'alter-type']: readonly Kind[]
} = {
  'set-not-null': ['drop-not-null'],
  'drop-not-null': ['set-not-null'],
  'set-default': ['drop-default', 'set-default'],
  'drop-default': ['set-default'],
  'alter-type': ['alter-type'],
}

/** What was dropped is made again. */
function madeAgain(operation: Operation, other: Operation): boolean {
  switch (operation.kind) {
    case 'drop-table':
      return other.kind === 'create-table' && sameName(operation.table, other.table)
    case 'drop-column':
      return (
        (other.kind === 'add-column' || other.kind === 'rename-column') &&
        sameName(operation.table, other.table) &&
        sameName(operation.column, other.kind === 'add-column' ? other.column.name : other.to)
      )
    case 'drop-index':
      return (other.kind === 'create-index' || other.kind === 'add-constraint') && undoes(other, operation)
    case 'drop-constraint':
      // A unique index of its name allows the same rows.
      if (other.kind === 'create-index') return other.index.unique && isIndexNamed(other, operation)
      return other.kind === 'add-constraint' && undoes(other, operation)
    case 'drop-object':
      return (other.kind === 'create-object' || other.kind === 'create-enum') && undoneByDropObject(other, operation)
    default:
      return false
  }
}

/** A table takes its columns, indexes, constraints, triggers, policies and rows with it. */
function undoneByDropTable(operation: Operation, {table}: OperationOf<'drop-table'>): boolean {
  if (operation.kind === 'rename-table') return sameName(operation.to, table)
  if (operation.kind === 'create-object' && operation.what === 'virtual table') return sameName(operation.name, table)
  if (/^(?:drop|update|delete|truncate|select)/u.test(operation.kind)) return false
  const own = tableOf(operation)
  return own !== undefined && sameName(own, table)
}

/** The table that an operation is about. */
export function tableOf(operation: Operation): Name | undefined {
  if (operation.kind === 'create-index') return operation.index.table
  return 'table' in operation ? operation.table : undefined
}

/** The names that tell which schema something is in: its own, and that of its table. */
export function ownNames(operation: Operation): readonly Name[] {
  const isNamed = operation.kind === 'create-enum' || operation.kind === 'create-object'
  return [isNamed ? operation.name : undefined, tableOf(operation)].flatMap((name) => name ?? [])
}

/** A column takes with it what was said of it, and the constraints and indexes that it is part of. */
function undoneByDropColumn(operation: Operation, {table, column, statement}: OperationOf<'drop-column'>): boolean {
  const own = tableOf(operation)
  if (own === undefined || !sameName(own, table)) return false
  switch (operation.kind) {
    case 'add-column':
      return sameName(operation.column.name, column)
    case 'create-index':
      // MySQL takes the column out of an index and leaves the other columns in it.
      if (statement.dialect === 'mysql' && operation.index.columns.length > 1)
        return areDropped(operation, statement.operations)
      return (
        operation.index.columns.some(
          (one) => one.key === column.key || (one.key === '' && hasWord(one.text, column)),
        ) ||
        (operation.index.partial && hasWord(/\bWHERE\b.*$/is.exec(operation.statement.text)?.[0] ?? '', column))
      )
    case 'add-constraint':
      // MySQL refuses to drop a column that a foreign key or a check of several columns needs.
      if (operation.statement.dialect === 'mysql' && operation.constraint.kind === 'foreign') return false
      return operation.constraint.kind === 'check'
        ? operation.constraint.allowed?.column.key === column.key ||
            (operation.statement.dialect === 'postgresql' && hasWord(operation.constraint.text, column))
        : operation.constraint.columns.some((one) => one.key === column.key)
    case 'set-not-null':
    case 'set-default':
      return sameName(operation.column, column)
    default:
      return false
  }
}

/** Every column of an index is dropped. */
export function areDropped({index}: OperationOf<'create-index'>, all: readonly Operation[]): boolean {
  return index.columns.every((one) =>
    all.some(
      (other) => other.kind === 'drop-column' && sameName(other.table, index.table) && sameName(other.column, one),
    ),
  )
}

function hasWord(text: string, column: Name): boolean {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_$]+/u)
    .includes(lastPart(column).toLowerCase())
}

/** An index of a view goes with it. */
export function isOnView(operation: Operation, other: Operation): boolean {
  return (
    operation.kind === 'create-index' &&
    (other.kind === 'create-object' || other.kind === 'drop-object') &&
    other.what.endsWith('view') &&
    sameName(operation.index.table, other.name)
  )
}

function undoneByDropObject(operation: Operation, other: OperationOf<'drop-object'>): boolean {
  if (isOnView(operation, other)) return true
  if (other.what === 'type' || other.what === 'domain') {
    const isType =
      operation.kind === 'create-enum' ||
      operation.kind === 'add-enum-value' ||
      operation.kind === 'rename-enum-value' ||
      (operation.kind === 'create-object' && operation.what === other.what)
    return isType && sameName(operation.name, other.name)
  }
  if (other.what === 'schema' && (operation.kind !== 'create-object' || operation.what !== 'schema')) {
    // Elsewhere a schema has to be empty.
    if (other.statement.dialect !== 'mysql' && !/\bCASCADE\b/i.test(other.statement.text)) return false
    return (
      operation.kind.startsWith('create') && ownNames(operation).some(({key}) => key.startsWith(`${other.name.key}.`))
    )
  }
  if (operation.kind !== 'create-object' || operation.what !== other.what) return false
  const isOwned = operation.table !== undefined && other.table !== undefined
  return sameName(operation.name, other.name) && (!isOwned || sameTable(operation, other))
}

function isIndex({index, statement}: OperationOf<'create-index'>, {name, table}: OperationOf<'drop-index'>): boolean {
  if (table && !sameName(index.table, table)) return false
  return indexName(index, statement.dialect) === lastPart(name)
}

function isIndexNamed(
  {index, statement}: OperationOf<'create-index'>,
  {table, name}: OperationOf<'drop-constraint'>,
): boolean {
  return name !== undefined && sameName(index.table, table) && indexName(index, statement.dialect) === lastPart(name)
}

function isDropped({table, constraint, statement}: OperationOf<'add-constraint'>, other: Operation): boolean {
  const name = constraintName(constraint, table, statement.dialect)
  if (other.kind === 'drop-index')
    return (
      constraint.kind === 'unique' && name === lastPart(other.name) && (!other.table || sameName(table, other.table))
    )
  if (other.kind !== 'drop-constraint' || !sameName(table, other.table)) return false
  if (other.what === 'primary') return constraint.kind === 'primary'
  if (other.what !== 'any' && other.what !== constraint.kind) return false
  if (
    other.name !== undefined &&
    constraint.kind === 'check' &&
    name === undefined &&
    statement.dialect === 'postgresql'
  )
    return isCheckName(lastPart(other.name), lastPart(table), constraint.text)
  return other.name !== undefined && name === lastPart(other.name)
}

/** As PostgreSQL calls a check: by its table, and by its column if it has only one. */
function isCheckName(name: string, table: string, text: string): boolean {
  const [, column] = /^(?:_(.+))?_check\d*$/u.exec(name.startsWith(table) ? name.slice(table.length) : '') ?? ['', '-']
  return column === undefined || text.toLowerCase().includes(column)
}

interface OfColumn {
  readonly table: Name
  readonly column: Name
}

function sameColumn(a: OfColumn, b: Operation): boolean {
  if (!('column' in b) || b.kind === 'add-column') return false
  return sameName(a.table, b.table) && sameName(a.column, b.column)
}

function sameTable(a: {readonly table: Name | undefined}, b: {readonly table: Name | undefined}): boolean {
  return a.table !== undefined && b.table !== undefined && sameName(a.table, b.table)
}
