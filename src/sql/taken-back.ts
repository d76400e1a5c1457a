import {sameName} from './implicit.ts'
import type {Name, Operation, OperationOf} from './model.ts'
import {areDropped, isOnView, tableOf, undoes} from './undoes.ts'

interface Way {
  readonly up: readonly Operation[]
  readonly down: readonly Operation[]
}

/** Whether a rollback takes an operation back by several statements together, none of which is its inverse. */
export function isTakenBack(operation: Operation, {up, down}: Way): boolean {
  switch (operation.kind) {
    case 'add-column':
      return isDroppedAsAnother(operation, down)
    case 'create-object':
      return isMadeAnew(operation, down) || isOwned(operation, {up, down})
    case 'create-index':
      return isMadeAnew(operation, down) || areDropped(operation, down)
    case 'create-enum':
      return (
        isReplaced(operation.name, down) &&
        down.some((one) => one.kind === 'create-enum' && sameName(one.name, operation.name))
      )
    case 'drop-column':
      return isSucceeded(operation, {up, down})
    case 'add-enum-value':
      return down.some(
        (one) =>
          one.kind === 'create-enum' &&
          sameName(one.name, operation.name) &&
          !one.values.some(({text}) => text === operation.value.text),
      )
    case 'rename-column': {
      const {table, column, to} = operation
      const wasThere = [...up, ...down].some((one) => isOfColumn(one, 'drop-column', table, to))
      return wasThere && isAdded(table, column, down)
    }
    case 'drop-not-null':
      return isAdded(operation.table, operation.column, down) || isKeyAgain(operation, down)
    case 'alter-type':
    case 'set-not-null':
    case 'set-default':
    case 'drop-default':
      return isAdded(operation.table, operation.column, down) || isUndoneByAnotherName(operation, {up, down})
    case 'drop-constraint':
      return up.some(
        (one) =>
          one.kind === 'create-index' &&
          one.index.unique &&
          one.index.name !== undefined &&
          operation.name !== undefined &&
          sameName(one.index.name, operation.name) &&
          sameName(one.index.table, operation.table),
      )
    default:
      return false
  }
}

/** A primary key makes its columns NOT NULL. */
function isKeyAgain({table, column}: OperationOf<'drop-not-null'>, down: readonly Operation[]): boolean {
  return down.some(
    (one) =>
      one.kind === 'add-constraint' &&
      one.constraint.kind === 'primary' &&
      sameName(one.table, table) &&
      one.constraint.columns.some((name) => sameName(name, column)),
  )
}

/** A sequence goes with the column that it was given to. */
function isOwned({what, name}: OperationOf<'create-object'>, {up, down}: Way): boolean {
  if (what !== 'sequence') return false
  return up.some((one) => {
    if (one.kind !== 'alter-object' || one.what !== 'sequence' || !sameName(one.name, name)) return false
    const [, owner = ''] = /\bOWNED\s+BY\s+([\w$."]+)\.[\w$"]+/i.exec(one.statement.text) ?? []
    const key = owner.replaceAll('"', '').toLowerCase()
    return down.some((other) => other.kind === 'drop-table' && sameName(other.table, {...other.table, key}))
  })
}

/** The rollback gives the column another name, to make room for the old one, and drops it by that. */
function isDroppedAsAnother({table, column}: OperationOf<'add-column'>, down: readonly Operation[]): boolean {
  let name = column.name
  for (const one of down) {
    if (one.kind === 'rename-column' && sameName(one.table, table) && sameName(one.column, name)) name = one.to
    else if (isOfColumn(one, 'drop-column', table, name)) return true
  }
  return false
}

/** What a `CASCADE` took along is made again as it was: a view over a view, and its index. */
function isMadeAnew(operation: OperationOf<'create-object' | 'create-index'>, down: readonly Operation[]): boolean {
  const cascade = down.findIndex(({kind, statement}) => kind.startsWith('drop-') && /\bCASCADE\b/i.test(statement.text))
  return cascade >= 0 && down.slice(cascade).some((one) => isSame(operation, one))
}

function isSame(a: Operation, b: Operation): boolean {
  if (a.kind === 'create-object') return b.kind === 'create-object' && a.what === b.what && sameName(a.name, b.name)
  if (a.kind !== 'create-index' || b.kind !== 'create-index' || !a.index.name || !b.index.name) return false
  return sameName(a.index.name, b.index.name) && sameName(a.index.table, b.index.table)
}

/** Another column gets the name of the dropped one and keeps it. */
function isSucceeded({table, column, start}: OperationOf<'drop-column'>, {up, down}: Way): boolean {
  const isOwn = (one: Operation): one is OperationOf<'rename-column'> =>
    one.kind === 'rename-column' && sameName(one.table, table)
  return (
    up.some((one) => isOwn(one) && one.start > start && sameName(one.to, column)) &&
    !down.some((one) => isOwn(one) && sameName(one.column, column))
  )
}

/** A change of a column that has another name before or after it, since the migration, and the rollback, rename it. */
function isUndoneByAnotherName(operation: Operation, {up, down}: Way): boolean {
  if (!('column' in operation) || operation.kind === 'add-column') return false
  const {table, column} = operation
  const others = [...up, ...down].flatMap((one) => {
    if (one.kind !== 'rename-column' || !sameName(one.table, table)) return []
    return sameName(one.column, column) ? [one.to] : sameName(one.to, column) ? [one.column] : []
  })
  return others.some((name) => down.some((one) => undoes({...operation, column: name}, one)))
}

/** A type gives up its name for a new one. */
function isReplaced(name: Name, operations: readonly Operation[]): boolean {
  return operations.some(
    (one) => one.kind === 'alter-object' && sameName(one.name, name) && /\bRENAME\s+TO\b/i.test(one.statement.text),
  )
}

function isAdded(table: Name, column: Name, operations: readonly Operation[]): boolean {
  return operations.some(
    (one) => one.kind === 'add-column' && sameName(one.table, table) && sameName(one.column.name, column),
  )
}

function isOfColumn(one: Operation, kind: 'drop-column', table: Name, column: Name): boolean {
  return one.kind === kind && sameName(one.table, table) && sameName(one.column, column)
}

/**
 * Whether nobody wants a dropped object back: a copy made for the migration, a type that had to give up its name, and a name
 * that the object may have had instead of another (`DROP … IF EXISTS a_key, … IF EXISTS a_key1`).
 */
export function isLeftover(operation: Operation, up: readonly Operation[]): boolean {
  if (operation.kind === 'drop-table')
    return /(?:^|_)(?:te?mp|ba?k|bkp|backup|scratch)(?:_|$|\d)/u.test(operation.table.key)
  if (operation.kind === 'drop-object')
    return up.some(
      ({kind, statement}) =>
        kind === 'alter-object' &&
        (/\bRENAME\s+TO\s+(?:"?\w+"?\.)?"?(\w+)"?\s*$/i.exec(statement.text)?.[1] ?? '').toLowerCase() ===
          operation.name.key.replace(/^.*\./u, ''),
    )
  if (operation.kind !== 'drop-index' && operation.kind !== 'drop-constraint') return false
  const {name} = operation
  if (name === undefined || !isGuarded(operation)) return false
  const stem = (key: string): string => key.replace(/\d+$/u, '')
  return up.some(
    (one) =>
      (one.kind === 'drop-index' || one.kind === 'drop-constraint') &&
      one.kind === operation.kind &&
      one.name !== undefined &&
      isGuarded(one) &&
      one.name.key.length < name.key.length &&
      stem(one.name.key) === stem(name.key),
  )
}

function isGuarded({statement}: Operation): boolean {
  return /\bIF\s+EXISTS\b/i.test(statement.text)
}

/** Whether an index goes with a view, and the view with what it is taken from. */
export function goesWithView(operation: Operation, up: readonly Operation[], down: readonly Operation[]): boolean {
  return up.some(
    (one) =>
      one !== operation &&
      (isOnView(operation, one) || isOver(operation, one)) &&
      (isOnView(operation, one) || down.some((drop) => undoes(one, drop) && /\bCASCADE\b/i.test(drop.statement.text))),
  )
}

/** A view that is taken from another view or a table, which takes it along. */
function isOver(operation: Operation, one: Operation): boolean {
  if (operation.kind !== 'create-object' || !operation.what.endsWith('view')) return false
  const base =
    one.kind === 'create-object' && one.what.endsWith('view')
      ? one.name
      : one.kind === 'create-table'
        ? tableOf(one)
        : undefined
  return (
    base !== undefined &&
    operation.statement.text
      .toLowerCase()
      .split(/[^\p{L}\p{N}_$]+/u)
      .includes(base.key.replace(/^.*\./u, ''))
  )
}
