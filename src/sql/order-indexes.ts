/** What MySQL refuses, and others don't: an index of a foreign key that is dropped before the key is. */
import {constraintName, lastPart} from './implicit.ts'
import type {ForeignKeyFact, Name, Operation} from './model.ts'
import {onTable} from './named.ts'
import type {TooEarly, Way} from './order.ts'
import {constraintsOf} from './parts.ts'
import {takers, undoneBy} from './takers.ts'

/** A foreign key's columns stand first in an index that is dropped, and in no other of their table. */
export function indexInUse(operation: Operation, index: number, {up, down}: Way): TooEarly | undefined {
  if (operation.kind !== 'drop-index' || operation.statement.dialect !== 'mysql') return undefined
  for (const made of undoneBy(operation, up)) {
    const own = indexOf(made)
    if (!own) continue
    const {table, columns} = own
    const around = onTable(up, table)
    for (const needs of around) {
      const keys = constraintsOf(needs).filter(
        (key): key is ForeignKeyFact =>
          key.kind === 'foreign' && begins(columns, key.columns) && isAlone(key.columns, around, made),
      )
      for (const key of keys) {
        if (isGone(key, table, down.slice(0, index))) continue
        const later = takers(needs, down, index + 1).find(
          (one) => one.kind === 'drop-table' || one.kind === 'drop-constraint',
        )
        if (later && later.statement !== operation.statement) return {operation, later, needs}
      }
    }
  }
  return undefined
}

/** An index, and the one of `ADD UNIQUE INDEX`. */
function indexOf(made: Operation): {readonly table: Name; readonly columns: readonly Name[]} | undefined {
  if (made.kind === 'create-index') return made.index
  return made.kind === 'add-constraint' && made.constraint.kind === 'unique'
    ? {table: made.table, columns: made.constraint.columns}
    : undefined
}

function begins(columns: readonly Name[], key: readonly Name[]): boolean {
  return key.every((column, at) => columns[at] !== undefined && lastPart(columns[at]) === lastPart(column))
}

/** All indexes of the table with the column are known, since the column is new, and no other serves the key. */
function isAlone(key: readonly Name[], around: readonly Operation[], made: Operation): boolean {
  const [first] = key
  const isNew = around.some(
    (one) =>
      one.kind === 'create-table' ||
      (one.kind === 'add-column' && first !== undefined && lastPart(one.column.name) === lastPart(first)),
  )
  return (
    isNew &&
    !around.some(
      (one) =>
        one !== made &&
        ((one.kind === 'create-index' && begins(one.index.columns, key)) ||
          constraintsOf(one).some(
            (other) => (other.kind === 'primary' || other.kind === 'unique') && begins(other.columns, key),
          )),
    )
  )
}

/** The key was dropped before, by its name or with a column of it. */
function isGone(key: ForeignKeyFact, table: Name, before: readonly Operation[]): boolean {
  return onTable(before, table).some(
    (one) =>
      one.kind === 'drop-table' ||
      (one.kind === 'drop-column' && key.columns.some((column) => lastPart(column) === lastPart(one.column))) ||
      (one.kind === 'drop-constraint' &&
        (one.name === undefined || constraintName(key, table, 'mysql') === lastPart(one.name))),
  )
}
