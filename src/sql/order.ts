import {constraintsOf, hasTable} from './same-object.ts'
import {lastPart, sameName} from './implicit.ts'
import type {Name, Operation} from './model.ts'
import {tableOf, undoes} from './undoes.ts'

/** A drop that can't run where it stands. */
export interface TooEarly {
  readonly operation: Operation
  /** What has to run first. */
  readonly later: Operation
  /** The operation of the migration that needs the object. */
  readonly needs: Operation
}

interface Way {
  readonly up: readonly Operation[]
  readonly down: readonly Operation[]
}

/**
 * The drops of a rollback that come too early: a table that a foreign key still leads to, a type that a column still has, a table
 * or a column of which something is dropped that went with it. SQLite doesn't mind keys, and `CASCADE` takes them along.
 */
export function tooEarly({up, down}: Way): readonly TooEarly[] {
  const isOff = down.some(({statement}) => /foreign_key_checks|session_replication_role/iu.test(statement.text))
  return down.flatMap((operation, index): readonly TooEarly[] => {
    const gone = goneAlready(operation, index, {up, down})
    if (gone) return [gone]
    const {dialect, text} = operation.statement
    if (dialect === 'sqlite' || /\bCASCADE\b/iu.test(text) || (operation.kind === 'drop-table' && isOff)) return []
    for (const needs of up) {
      const isNeeded = isNeededBy(operation, needs)
      const ends = (one: Operation): boolean => isNeeded && undoes(needs, one)
      if (!isNeeded || down.slice(0, index).some((one) => ends(one) || isReleased(operation, needs, one))) continue
      const later = down.slice(index + 1).find(ends)
      if (later && later.statement !== operation.statement) return [{operation, later, needs}]
    }
    return []
  })
}

/** Whether an object can't be dropped as long as what an operation made is there. */
function isNeededBy(operation: Operation, needs: Operation): boolean {
  if (operation.kind === 'drop-table') return refersTo(needs, operation.table)
  if (operation.kind !== 'drop-object') return false
  if (operation.what === 'type') return hasType(needs, operation.name)
  if (operation.what === 'schema')
    return (
      (needs.kind === 'create-table' && needs.table.key.startsWith(`${operation.name.key}.`)) ||
      (needs.kind === 'create-enum' && needs.name.key.startsWith(`${operation.name.key}.`))
    )
  return operation.what === 'function' && isCalledBy(needs, operation.name)
}

/** A trigger that calls the function. */
export function isCalledBy(operation: Operation, name: Name): boolean {
  return (
    operation.kind === 'create-object' &&
    operation.what === 'trigger' &&
    new RegExp(
      String.raw`\bEXECUTE\s+(?:FUNCTION|PROCEDURE)\s+(?:\w+\.)?${lastPart(name).replaceAll(/\W/gu, '')}\b`,
      'iu',
    ).test(operation.statement.text)
  )
}

/** What is dropped later, and has gone by then: an index or a key of a dropped table, of a dropped column. */
function goneAlready(operation: Operation, index: number, {up, down}: Way): TooEarly | undefined {
  const isPart = (one: Operation): Operation | undefined => {
    if (operation.kind !== 'drop-table' && operation.kind !== 'drop-column') return undefined
    if (!/^drop-(?:index|constraint|column)$/u.test(one.kind) || /\bIF\s+EXISTS\b/iu.test(one.statement.text))
      return undefined
    return up.find((made) => {
      if (down.slice(0, index).some((earlier) => earlier.kind === one.kind && undoes(made, earlier))) return false
      const table = tableOf(made)
      if (table === undefined || !sameName(table, operation.table) || !undoes(made, one)) return false
      if (operation.kind === 'drop-table') return true
      return one.kind !== 'drop-column' && hasColumn(made, operation.column)
    })
  }
  for (const later of down.slice(index + 1)) {
    // Made again in between, as SQLite needs it.
    if (later.kind === 'create-table' || later.kind === 'rename-table') return undefined
    const needs = later.statement === operation.statement ? undefined : isPart(later)
    if (needs) return {operation, later, needs}
  }
  return undefined
}

/** It is an index or a key of the column; one of several columns survives in MySQL. */
function hasColumn(made: Operation, column: Name): boolean {
  if (made.kind === 'create-index') {
    const {columns} = made.index
    return (
      columns.some(({key}) => key === column.key) && (made.statement.dialect === 'postgresql' || columns.length === 1)
    )
  }
  return (
    made.kind === 'add-constraint' &&
    made.constraint.kind !== 'check' &&
    made.constraint.columns.some(({key}) => key === column.key)
  )
}

/** Another table's key leads to the table. */
function refersTo(operation: Operation, table: Name): boolean {
  const own = tableOf(operation)
  if (own === undefined || sameName(own, table)) return false
  return constraintsOf(operation).some((one) => one.kind === 'foreign' && !one.table.hole && sameName(one.table, table))
}

/** It has a column of the type. */
export function hasType(operation: Operation, name: Name): boolean {
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
function isReleased(operation: Operation, needs: Operation, one: Operation): boolean {
  const table = tableOf(needs)
  return (
    table !== undefined &&
    hasTable(one, table) &&
    (operation.kind === 'drop-table' || one.kind !== 'drop-constraint') &&
    /^(?:drop-(?:constraint|column|table)|rename-table|alter-type)$/u.test(one.kind)
  )
}
