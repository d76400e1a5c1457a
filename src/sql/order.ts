import {kept} from '../document/remembered.ts'
import type {Span} from '../document/types.ts'
import {calledBy, calledName, isCalledBy} from './calls.ts'
import {constraintName, lastPart, sameName} from './implicit.ts'
import type {Name, Operation, OperationOf, TypeFact} from './model.ts'
import {askedKeys, findSharing, nameKeys, onTable, sharing} from './named.ts'
import {columnsNeeded} from './needed.ts'
import {indexInUse} from './order-indexes.ts'
import {isOfTable, letsGo, partitionLater, renamedType, shows, viewed} from './order-parts.ts'
import {constraintsOf} from './parts.ts'
import {isUndone, takers} from './takers.ts'
import {tableOf} from './undoes.ts'
import {keysUnheld} from './unheld.ts'

/** A drop that can't run where it stands. */
export interface TooEarly {
  readonly operation: Operation
  /** What has to run first. */
  readonly later: Operation
  /** The operation of the migration that needs the object. */
  readonly needs: Operation
}

export interface Way {
  readonly up: readonly Operation[]
  readonly down: readonly Operation[]
}

/**
 * The drops of a rollback that come too early: a table that a foreign key still leads to, a type that a column still has, a table
 * or a column of which something is dropped that went with it. SQLite doesn't mind keys, and `CASCADE` takes them along.
 */
export function tooEarly({up, down}: Way): readonly TooEarly[] {
  const isUnheld = keysUnheld(down)
  const found = down.flatMap((operation, index): readonly TooEarly[] => {
    const gone = goneAlready(operation, index, {up, down}) ?? renamedType(operation, index, {down})
    if (gone) return [gone]
    const {dialect, text} = operation.statement
    const isOff = isUnheld(operation)
    if (dialect === 'sqlite' || /\bCASCADE\b/i.test(text) || (operation.kind === 'drop-table' && isOff)) return []
    const inUse = isOff ? undefined : indexInUse(operation, index, {up, down})
    if (inUse) return [inUse]
    for (const [needs, since] of candidates(operation, index, {up, down})) {
      if (
        !isNeededBy(operation, needs) ||
        isUndone(needs, down, since, index) ||
        isReleased(operation, needs, {up, down}, index)
      )
        continue
      const [later] = takers(needs, down, index + 1)
      if (later && later.statement !== operation.statement) return [{operation, later, needs}]
    }
    return []
  })
  // Where each step has its own way back, they are read from the last step to the first.
  return found.filter(({operation, later}) => !up.some(({start}) => operation.start < start && start < later.start))
}

/** Those of the migration and of the rollback above, each with the place of the rollback from which on it is there. */
function candidates(operation: Operation, index: number, {up, down}: Way): readonly (readonly [Operation, number])[] {
  const places = placesOf(down)
  const again = mayNeed(operation, down).map((needs) => [needs, (places.get(needs) ?? 0) + 1] as const)
  return [...mayNeed(operation, up).map((needs) => [needs, 0] as const), ...again.filter(([, since]) => since <= index)]
}

/** The operations that may need what an operation drops: all that do, and few others. */
function mayNeed(operation: Operation, up: readonly Operation[]): readonly Operation[] {
  if (operation.kind === 'drop-table')
    return [...sharing(up, leadsTo, askedKeys(operation.table)), ...sharing(up, viewed, askedKeys(operation.table))]
  if (operation.kind !== 'drop-object') return []
  if (operation.what.endsWith('view')) return sharing(up, viewed, askedKeys(operation.name))
  if (operation.what === 'type') return sharing(up, typeKeys, [lastPart(operation.name).toLowerCase()])
  if (operation.what === 'schema') return sharing(up, schemaKeys, [operation.name.key])
  return isCallable.test(operation.what) ? sharing(up, calledBy, [calledName(operation.name)]) : []
}

/** The schemas that an operation creates something in. */
export function schemaKeys(one: Operation): readonly string[] {
  const name = one.kind === 'create-enum' ? one.name : one.kind === 'create-table' ? one.table : undefined
  return [...(name?.key ?? '').matchAll(/\./gu)].map(({index}) => name?.key.slice(0, index) ?? '')
}

/** The tables that the keys of an operation lead to. */
export function leadsTo(operation: Operation): readonly string[] {
  return constraintsOf(operation).flatMap((one) => (one.kind === 'foreign' ? nameKeys(one.table) : []))
}

/** Whether an object can't be dropped as long as what an operation made is there. */
function isNeededBy(operation: Operation, needs: Operation): boolean {
  if (operation.kind === 'drop-table') return refersTo(needs, operation.table) || shows(needs, operation.table)
  if (operation.kind !== 'drop-object') return false
  if (operation.what.endsWith('view')) return shows(needs, operation.name)
  if (operation.what === 'type') return hasType(needs, operation.name)
  if (operation.what === 'schema')
    return (
      (needs.kind === 'create-table' && needs.table.key.startsWith(`${operation.name.key}.`)) ||
      (needs.kind === 'create-enum' && needs.name.key.startsWith(`${operation.name.key}.`))
    )
  return isCallable.test(operation.what) && isCalledBy(needs, operation.name)
}

const isCallable = /^(?:function|sequence)$/u

/** What is dropped later, and has gone by then: an index or a key of a dropped table, of a dropped column. */
function goneAlready(operation: Operation, index: number, {up, down}: Way): TooEarly | undefined {
  if (operation.kind !== 'drop-table' && operation.kind !== 'drop-column') return undefined
  if (sharing(down, dropped, dropped(operation), 0, index).length > 0) return undefined
  const places = placesOf(down)
  const partition = operation.kind === 'drop-table' ? partitionLater(operation, index, {up, down}) : undefined
  if (partition) return partition
  const found = madeOn(operation, up).flatMap((needs) =>
    takers(needs, down, index + 1)
      .filter(
        (later) =>
          (/^drop-(?:index|constraint|column)$/u.test(later.kind) || isOfTable(later, operation)) &&
          (operation.kind === 'drop-table' || later.kind !== 'drop-column') &&
          later.statement !== operation.statement &&
          !/\bIF\s+EXISTS\b/i.test(later.statement.text) &&
          !takers(needs, down, 0, index).some(({kind}) => kind === later.kind),
      )
      .map((later) => ({operation, later, needs})),
  )
  const placeOf = ({later}: TooEarly): number => places.get(later) ?? 0
  const first = found.reduce<TooEarly | undefined>((a, b) => (a && placeOf(a) <= placeOf(b) ? a : b), undefined)
  // Made again in between, as SQLite needs it.
  const isAnew = first && sharing(down, making, ['made'], index + 1, placeOf(first)).length > 0
  return isAnew === true ? undefined : first
}

/** What goes with a table, or with a column of it. */
function madeOn(operation: OperationOf<'drop-table' | 'drop-column'>, up: readonly Operation[]): readonly Operation[] {
  const {table} = operation
  if (operation.kind === 'drop-table') return onTable(up, table)
  const asked = askedKeys(table).map((key) => `${key} ${operation.column.key}`)
  return sharing(up, partKeys, asked).filter((made) => hasColumn(made, operation.column))
}

/** The columns of an index or a constraint, with their table. */
function partKeys(made: Operation): readonly string[] {
  const columns =
    made.kind === 'create-index' ? made.index.columns : made.kind === 'add-constraint' ? columnsNeeded(made) : []
  const table = tableOf(made)
  return table ? nameKeys(table).flatMap((name) => columns.map(({key}) => `${name} ${key}`)) : []
}

function dropped(one: Operation): readonly string[] {
  if (one.kind === 'drop-table') return [one.table.key]
  return one.kind === 'drop-column' ? [`${one.table.key} ${one.column.key}`] : []
}

function making({kind}: Operation): readonly string[] {
  return kind === 'create-table' || kind === 'rename-table' ? ['made'] : []
}

const places = kept<ReadonlyMap<Operation, number>>()

function placesOf(operations: readonly Operation[]): ReadonlyMap<Operation, number> {
  return places(operations, () => new Map(operations.map((one, place) => [one, place])))
}

/** It is an index or a key of the column; one of several columns survives in MySQL. */
function hasColumn(made: Operation, column: Name): boolean {
  if (made.kind === 'create-index') {
    const {columns} = made.index
    return (
      columns.some(({key}) => key === column.key) && (made.statement.dialect === 'postgresql' || columns.length === 1)
    )
  }
  return made.kind === 'add-constraint' && columnsNeeded(made).some(({key}) => key === column.key)
}

/** Another table's key leads to the table. */
function refersTo(operation: Operation, table: Name): boolean {
  const own = tableOf(operation)
  if (own === undefined || sameName(own, table)) return false
  return constraintsOf(operation).some((one) => one.kind === 'foreign' && !one.table.hole && sameName(one.table, table))
}

/** It has a column of the type. */
export function hasType(operation: Operation, name: Name): boolean {
  return typeKeys(operation).includes(lastPart(name).toLowerCase())
}

/** The types of the columns that an operation makes or changes, as a name of a type is compared. */
export function typeKeys(operation: Operation): readonly string[] {
  return typesIn(operation).flatMap(keysOfType)
}

/** Where an operation names a type. */
export function typeAt(operation: Operation, name: Name): Span | undefined {
  const key = lastPart(name).toLowerCase()
  return typesIn(operation).find((type) => keysOfType(type).includes(key))
}

function typesIn(operation: Operation): readonly TypeFact[] {
  const types =
    operation.kind === 'create-table'
      ? operation.columns.map(({type}) => type)
      : operation.kind === 'add-column'
        ? [operation.column.type]
        : operation.kind === 'alter-type'
          ? [operation.type]
          : []
  return types.filter((type) => type !== undefined)
}

function keysOfType(type: TypeFact): readonly string[] {
  if (type.hole) return []
  const written = type.text
    .replaceAll(/["'[\]]|\(.*/gu, '')
    .trim()
    .toLowerCase()
  // A type of Alembic has its name in an argument.
  const argument = /\bname\s*=\s*["'](\w+)["']/u.exec(type.text)?.[1]
  return argument === undefined ? [written.replace(/^.*\./u, '')] : [argument.toLowerCase()]
}

/** Some statement before may have let the object go: its key was dropped, its column, or it became another table. */
function isReleased(operation: Operation, needs: Operation, {up, down}: Way, before: number): boolean {
  const table = tableOf(needs)
  return (
    table !== undefined &&
    findSharing(
      down,
      releasing,
      askedKeys(table),
      (one) =>
        letsGo(one, operation, needs) &&
        (one.kind !== 'drop-constraint' || (operation.kind === 'drop-table' && mayRelease(one, operation, needs, up))),
      0,
      before,
    ) !== undefined
  )
}

/** The dropped constraint may be the key in question: none that is known by this name is another one. */
function mayRelease(
  {name, what}: OperationOf<'drop-constraint'>,
  {table: target}: OperationOf<'drop-table'>,
  needs: Operation,
  up: readonly Operation[],
): boolean {
  if (what !== 'any' && what !== 'foreign') return false
  const own = tableOf(needs)
  if (name === undefined || !own) return true
  return !onTable(up, own).some((one) =>
    constraintsOf(one).some(
      (key) =>
        constraintName(key, own, one.statement.dialect) === lastPart(name) &&
        !(key.kind === 'foreign' && sameName(key.table, target)),
    ),
  )
}

function releasing(one: Operation): readonly string[] {
  const isOne = /^(?:drop-(?:constraint|column|table|default)|set-default|rename-table|alter-type)$/u.test(one.kind)
  const table = isOne ? tableOf(one) : undefined
  return table ? nameKeys(table) : []
}
