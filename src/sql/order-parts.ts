/** Views over what is dropped, and partitions that go with their table. */
import {lastPart, sameName} from './implicit.ts'
import type {Name, Operation, OperationOf} from './model.ts'
import {askedKeys, nameKeys, sharing} from './named.ts'
import {tablesRead} from './needed.ts'
import type {TooEarly, Way} from './order.ts'
import {constraintsOf} from './parts.ts'
import {isUndone, takers} from './takers.ts'

/** A view that is taken from the table; MySQL lets it stand there without. */
export function shows(operation: Operation, name: Name): boolean {
  return viewed(operation).length > 0 && tablesRead(operation).some((one) => sameName(one, name))
}

/** The tables and views that a view of PostgreSQL is taken from. */
export function viewed(operation: Operation): readonly string[] {
  const isView = operation.kind === 'create-object' && operation.what.endsWith('view')
  return isView && operation.statement.dialect === 'postgresql' ? tablesRead(operation).flatMap(nameKeys) : []
}

/** A trigger and a policy go with their table, and aren't there to be dropped any more. */
export function isOfTable(later: Operation, {kind}: Operation): boolean {
  return kind === 'drop-table' && later.kind === 'drop-object' && /^(?:trigger|policy)$/u.test(later.what)
}

/** A partition that is dropped by itself after the table that it is a part of. */
export function partitionLater(
  operation: OperationOf<'drop-table'>,
  index: number,
  {up, down}: Way,
): TooEarly | undefined {
  for (const needs of sharing(up, partitions, askedKeys(operation.table))) {
    const isOne = tablesRead(needs).some((name) => sameName(name, operation.table))
    const [later] = isOne ? takers(needs, down, index + 1) : []
    if (later?.kind === 'drop-table' && later.statement !== operation.statement && !isUndone(needs, down, 0, index))
      return /\bIF\s+EXISTS\b/i.test(later.statement.text) ? undefined : {operation, later, needs}
  }
  return undefined
}

/** A partition goes with the table that it is a part of. */
export function goesWithWhole(operation: Operation, down: readonly Operation[]): boolean {
  if (partitions(operation).length === 0) return false
  const [whole] = tablesRead(operation)
  return whole !== undefined && down.some((one) => one.kind === 'drop-table' && sameName(one.table, whole))
}

function partitions(operation: Operation): readonly string[] {
  const isOne = operation.kind === 'create-table' && /\bPARTITION\s+OF\b/i.test(operation.statement.text)
  return isOne ? tablesRead(operation).flatMap(nameKeys) : []
}

/** Whether a change of a column may be what an operation waits for: of a type, only a column that has it lets it go. */
export function letsGo(one: Operation, operation: Operation, needs: Operation): boolean {
  // What a default calls is let go by the column without it.
  if (one.kind === 'drop-default' || one.kind === 'set-default')
    return operation.kind === 'drop-object' && /^(?:function|sequence)$/u.test(operation.what)
  const isOfColumn = one.kind === 'drop-column' || one.kind === 'alter-type'
  const keys = constraintsOf(needs).flatMap((key) => (key.kind === 'foreign' ? [key] : []))
  if (isOfColumn && operation.kind === 'drop-table' && keys.length > 0)
    return (
      one.kind === 'drop-column' &&
      keys.some(
        ({columns, table}) => sameName(table, operation.table) && columns.some((own) => sameName(own, one.column)),
      )
    )
  if (!isOfColumn || operation.kind !== 'drop-object' || operation.what !== 'type') return true
  const name = lastPart(operation.name).toLowerCase()
  const columns =
    needs.kind === 'create-table' ? needs.columns : needs.kind === 'add-column' ? [needs.column] : undefined
  if (!columns) return needs.kind !== 'alter-type' || needs.column.key === one.column.key
  return columns.some((column) => column.name.key === one.column.key && column.type?.text.toLowerCase().includes(name))
}

/** A type that made room for one of its name is dropped while a column waits for the new one. */
export function renamedType(operation: Operation, index: number, {down}: Pick<Way, 'down'>): TooEarly | undefined {
  if (operation.kind !== 'drop-object' || operation.what !== 'type') return undefined
  const former = sharing(down, typesRenamed, [lastPart(operation.name).toLowerCase()], 0, index).at(-1)
  if (former?.kind !== 'alter-object') return undefined
  const later = sharing(down, typesGiven, [lastPart(former.name).toLowerCase()], index + 1)[0]
  return later && later.statement !== operation.statement ? {operation, later, needs: later} : undefined
}

/** The new name of a type. */
function typesRenamed(one: Operation): readonly string[] {
  if (one.kind !== 'alter-object' || one.what !== 'type') return []
  const [, to] = /\bRENAME\s+TO\s+"?([^\s";]{1,80})"?/i.exec(one.statement.text) ?? []
  return to === undefined ? [] : [to.toLowerCase()]
}

/** The type that a column gets. */
function typesGiven(one: Operation): readonly string[] {
  return one.kind === 'alter-type' && one.type
    ? [one.type.text.replaceAll('"', '').replace(/^.*\./u, '').toLowerCase()]
    : []
}
