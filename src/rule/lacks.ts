import type {Name, Operation} from '../sql/model.ts'
import {called, itself, newName, ofKind, ofTable} from './schema.ts'
import {tableOf} from '../sql/undoes.ts'
import {operationWords} from '../sql/operation-words.ts'
import {capital, code} from '../document/words.ts'

/** What belongs to a table that is missing itself isn't missed as well; a column is missed once. */
export function withoutParts<T extends {readonly operation: Operation; readonly what: string}>(
  lacks: readonly T[],
): readonly T[] {
  // A column of a new table comes with the table's operation.
  const tables = lacks.flatMap(({operation, what}) =>
    operation.kind === 'create-table' && what.startsWith('table') ? [operation.table] : [],
  )
  const firsts = new Map(
    lacks
      .map(({operation}, index) => [operation, index] as const)
      .toReversed()
      .flatMap(([one, index]) => ('column' in one ? [[one.statement, index] as const] : [])),
  )
  return lacks.filter(({operation}, index) => {
    const table = operation.kind === 'create-table' ? undefined : tableOf(operation)
    const isPart = table !== undefined && called(tables, itself, table).length > 0
    const isSecond =
      'column' in operation && operation.kind !== 'add-column' && (firsts.get(operation.statement) ?? index) < index
    return !isPart && !isSecond
  })
}

/** Operations make the table, or give it its name. */
export function isMade(name: Name, operations: readonly Operation[]): boolean {
  return (
    ofTable(ofKind(operations, 'create-table'), name).length > 0 ||
    called(ofKind(operations, 'rename-table'), newName, name).length > 0
  )
}

/** What an operation does, at the beginning of a sentence. */
export function userWords(operation: Operation): string {
  const table = tableOf(operation)
  if (/^(?:insert|update|delete|truncate|copy)$/u.test(operation.kind) && table)
    return `The ${operation.kind} of rows of ${code(table.text)}`
  return capital(operationWords(operation))
}
