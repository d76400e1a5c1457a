import type {Operation} from '../sql/model.ts'
import {askedKeys, nameKeys, sharing} from '../sql/named.ts'
import {isUndoing, isUndone, takers} from '../sql/takers.ts'
import {tableOf} from '../sql/undoes.ts'
import {isDdl, isOpen, type MigrationWay} from './halves.ts'
import {called, newName, ofKind, ofTable} from './schema.ts'

/** What the rollback has no inverse of: neither what goes with something else, nor what the migration takes back itself. */
export function leftBehind({up, down}: MigrationWay): readonly Operation[] {
  return up.filter((operation, index) => {
    if (!isAsked(operation) || isOpen(operation)) return false
    return (
      !isUndone(operation, down) &&
      !isPartOf(operation, up) &&
      !isUndone(operation, up, index + 1) &&
      !isUndoing(operation, up, index) &&
      !isRebuilt(operation, up, down)
    )
  })
}

/**
 * Of the indexes, or the constraints, that go with a dropped table or column, the one that isn't dropped by name though all
 * others are: left out, and not left to the table.
 */
export function unlikeOthers({up, down}: MigrationWay): readonly Operation[] {
  return (['create-index', 'add-constraint'] as const).flatMap((kind) => {
    const all = up.filter(
      (one) =>
        one.kind === kind &&
        !isOpen(one) &&
        one.statement.operations[0]?.kind !== 'create-table' &&
        takers(one, down).some((other) => /^drop-(?:table|column)$/u.test(other.kind)),
    )
    const left = all.filter(
      (one) => !takers(one, down).some((other) => /^drop-(?:index|constraint)$/u.test(other.kind)),
    )
    return left.length === 1 && all.length > 2 ? left : []
  })
}

function isAsked(operation: Operation): boolean {
  if (operation.kind === 'create-object')
    return (
      !/^(?:extension|schema|role|user|function|procedure|comment|grant)$/u.test(operation.what) &&
      !/\bOR\s+(?:REPLACE|ALTER)\b|\bIF\s+NOT\s+EXISTS\b/iu.test(operation.statement.text)
    )
  if (operation.kind === 'create-table') return !operation.temporary
  if (operation.kind === 'drop-object') return !/^(?:trigger|function|procedure|extension)$/u.test(operation.what)
  if (operation.kind === 'delete' || operation.kind === 'truncate') return true
  return isDdl(operation) && operation.kind !== 'alter-object' && operation.kind !== 'validate-constraint'
}

/** Whether an operation is about something that another one makes: without that, it is gone as well. */
function isPartOf(operation: Operation, up: readonly Operation[]): boolean {
  const table = tableOf(operation)
  if (operation.kind !== 'create-table' && table && ofTable(ofKind(up, 'create-table'), table).length > 0) return true
  if ('column' in operation && operation.kind !== 'add-column') {
    const asked = askedKeys(operation.table).map((key) => `${key} ${operation.column.key}`)
    if (sharing(up, addedKeys, asked).length > 0 && !operation.table.hole) return true
  }
  // `MODIFY COLUMN` says type, default and nullability at once.
  return operation.kind !== 'alter-type' && sharing(up, retypedAt, [placeOf(operation)]).length > 0
}

function addedKeys(one: Operation): readonly string[] {
  if (one.kind !== 'add-column' || one.table.hole) return []
  return nameKeys(one.table).map((key) => `${key} ${one.column.name.key}`)
}

function retypedAt(one: Operation): readonly string[] {
  return one.kind === 'alter-type' ? [placeOf(one)] : []
}

function placeOf({start, end}: Operation): string {
  return `${start} ${end}`
}

/** A table that is made anew under its old name, as SQLite needs it: the rollback has to make it anew, too. */
function isRebuilt(operation: Operation, up: readonly Operation[], down: readonly Operation[]): boolean {
  const table = operation.kind === 'rename-table' ? operation.to : tableOf(operation)
  if (table === undefined) return false
  const isRenewed = (operations: readonly Operation[]): boolean => {
    const renames = ofKind(operations, 'rename-table')
    return ofTable(renames, table).length > 0 || called(renames, newName, table).length > 0
  }
  return (isRenewed(up) && ofTable(down, table).length > 0) || isRenewed(down)
}
