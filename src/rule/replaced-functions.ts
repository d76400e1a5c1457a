import type {Name, Operation, OperationOf} from '../sql/model.ts'
import {lastPart} from '../sql/implicit.ts'
import {isUndone} from '../sql/takers.ts'
import {tableOf} from '../sql/undoes.ts'
import {hasName, isDdl, isOpen, type MigrationWay} from './halves.ts'
import {isBelow} from '../document/places.ts'
import {called, itself, ofKind} from './schema.ts'

/**
 * Whether `CREATE OR REPLACE FUNCTION` makes a function that can't have been there before: it is of the first migration, or the
 * rollback drops the others that are made so, or it bears the name of a table of the migration; and only triggers on its tables run it.
 */
export function isFirstMade(operation: Operation, {up, down}: Pick<MigrationWay, 'up' | 'down'>): boolean {
  if (!isReplaced(operation) || isOpen(operation)) return false
  const others = up.filter((one): one is OperationOf<'create-object'> => one !== operation && isReplaced(one))
  const isOdd = others.length > 0 && others.every((one) => isUndone(one, down))
  return isUsedByOwn(operation, up) && (isOdd || isFirst(operation, up, down) || isNamedAfterTable(operation, up))
}

/** `touch_visit` where the migration makes the table `visits`; a short name may be within any word. */
function isNamedAfterTable({name}: OperationOf<'create-object'>, up: readonly Operation[]): boolean {
  const letters = (one: Name): string =>
    lastPart(one)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, '')
  const own = letters(name)
  return ofKind(up, 'create-table').some(({table}) => {
    const word = letters(table).replace(/s$/u, '')
    return !table.hole && word.length > 3 && own.includes(word)
  })
}

/** A function that other statements replace is often a shared one. */
function isReplaced(operation: Operation): operation is OperationOf<'create-object'> {
  return (
    operation.kind === 'create-object' &&
    operation.what === 'function' &&
    /^\s*CREATE\s+OR\s+REPLACE\b/i.test(operation.statement.text)
  )
}

/** Some trigger that the migration makes runs it, and each that does is on one of its tables. */
function isUsedByOwn({name, statement}: OperationOf<'create-object'>, up: readonly Operation[]): boolean {
  const made = ofKind(up, 'create-table').map(({table}) => table)
  const users = up.filter((one) => isDdl(one) && one.statement !== statement && hasName(one.statement.text, name))
  return (
    users.length > 0 &&
    users.every(
      (one) =>
        one.kind === 'create-object' &&
        one.what === 'trigger' &&
        one.table !== undefined &&
        called(made, itself, one.table).length > 0,
    )
  )
}

const first = /\b(?:initial|first|baseline|bootstrap)\b/i

/** The migration that is called the first one changes nothing but its own tables, and its rollback drops all of them. */
function isFirst({statement}: Operation, up: readonly Operation[], down: readonly Operation[]): boolean {
  const tables = ofKind(up, 'create-table')
  const made = tables.map(({table}) => table)
  return (
    isBelow(statement.section, (title) => first.test(title)) &&
    tables.every((one) => isUndone(one, down)) &&
    up.every((one) => {
      const table = isDdl(one) ? tableOf(one) : undefined
      return table === undefined || called(made, itself, table).length > 0
    })
  )
}
