import {constraintsOf, hasTable} from './same-object.ts'
import {sameName} from './implicit.ts'
import type {Name, Operation, OperationOf} from './model.ts'
import {tableOf, undoes} from './undoes.ts'

/** A drop that can't run where it stands. */
export interface TooEarly {
  readonly operation: OperationOf<'drop-table' | 'drop-object'>
  /** What has to run first. */
  readonly later: Operation
  /** The operation of the migration that needs the object. */
  readonly needs: Operation
}

/**
 * The drops of a rollback that come too early: a table that a foreign key still leads to, a type that a column still has.
 * SQLite doesn't mind, and `CASCADE` takes the key along.
 */
export function tooEarly({
  up,
  down,
}: {
  readonly up: readonly Operation[]
  readonly down: readonly Operation[]
}): readonly TooEarly[] {
  const isOff = down.some(({statement}) => /foreign_key_checks|session_replication_role/iu.test(statement.text))
  return down.flatMap((operation, index): readonly TooEarly[] => {
    const isTable = operation.kind === 'drop-table'
    if (!isTable && !(operation.kind === 'drop-object' && operation.what === 'type')) return []
    const {dialect, text} = operation.statement
    if (dialect === 'sqlite' || /\bCASCADE\b/iu.test(text) || (isTable && isOff)) return []
    for (const needs of up) {
      const isNeeded = isTable ? refersTo(needs, operation.table) : hasType(needs, operation.name)
      const ends = (one: Operation): boolean => isNeeded && undoes(needs, one)
      if (!isNeeded || down.slice(0, index).some((one) => ends(one) || isReleased(needs, one))) continue
      const later = down.slice(index + 1).find(ends)
      if (later && later.statement !== operation.statement) return [{operation, later, needs}]
    }
    return []
  })
}

/** Another table's key leads to the table. */
function refersTo(operation: Operation, table: Name): boolean {
  const own = tableOf(operation)
  if (own === undefined || sameName(own, table)) return false
  return constraintsOf(operation).some((one) => one.kind === 'foreign' && !one.table.hole && sameName(one.table, table))
}

function hasType(operation: Operation, name: Name): boolean {
  const types =
    operation.kind === 'create-table'
      ? operation.columns.map(({type}) => type)
      : operation.kind === 'add-column'
        ? [operation.column.type]
        : operation.kind === 'alter-type'
          ? [operation.type]
          : []
  return types.some((type) => {
    const written = type?.text
      .replaceAll(/["'[\]]|\(.*/gu, '')
      .trim()
      .toLowerCase()
    return (
      written !== undefined && type?.hole === false && written.replace(/^.*\./u, '') === name.key.replace(/^.*\./u, '')
    )
  })
}

/** Some statement before may have let the object go: its key was dropped, its column, or it became another table. */
function isReleased(needs: Operation, one: Operation): boolean {
  const table = tableOf(needs)
  return (
    table !== undefined &&
    hasTable(one, table) &&
    /^(?:drop-(?:constraint|column|table)|rename-table|alter-type)$/u.test(one.kind)
  )
}
