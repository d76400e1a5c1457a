/** Columns that a migration gives to tables, and those that it only uses. */
import {remembered} from '../document/remembered.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {columnForm} from './creations.ts'
import {ofTable} from './schema.ts'

export type IsForgotten = (table: Name, column: Name) => boolean

/** Whether no statement of the migration, which is all that makes the schema, gives a table a column. */
export function forgottenIn(forward: readonly Operation[], {models, sql}: SchemaFacts): IsForgotten {
  const isOther = models.tables.length > 0 || models.migrations.length > 0 || sql.problems.length > 0
  const isMigration = forward.some(
    ({kind}) => kind === 'create-table' || kind === 'add-column' || kind === 'alter-type',
  )
  // What writes rows has placeholders for their values.
  const isOpen = forward.some(({kind, statement}) => statement.template && !writesRows.test(kind))
  if (isOther || !isMigration || isOpen) return () => false
  const known = new Set(forward.filter((one) => isPlain.test(one.kind) || isView(one)).map(({statement}) => statement))
  const texts = new Set(forward.map(({statement}) => statement))
  const words = new Set([...texts].filter((one) => !known.has(one)).flatMap(({text}) => wordsIn(text)))
  return (table, column) =>
    !column.hole &&
    !words.has(lastPart(column).toLowerCase()) &&
    !ofTable(forward, table).some((one) => gives(one, columnForm(column)))
}

const writesRows = /^(?:insert|update|delete|select|copy)$/u

/** What is known to make no column but those that it says. */
const isPlain =
  /^(?:create-(?:table|index|enum)|add-|drop-|set-|rename-|alter-type|validate-|insert|update|delete|truncate|copy|select|begin|commit|rollback)/u

/** It shows columns that are there. */
function isView(one: Operation): boolean {
  return one.kind === 'create-object' && one.what.endsWith('view')
}

function gives(one: Operation, form: string): boolean {
  switch (one.kind) {
    case 'create-table':
      return one.columns.some(({name}) => columnForm(name) === form)
    case 'add-column':
      return columnForm(one.column.name) === form
    case 'rename-column':
      return [one.column, one.to].some((name) => columnForm(name) === form)
    case 'alter-type':
      return columnForm(one.column) === form
    default:
      return false
  }
}

/** Each word once, in lower case. */
export const wordsIn = remembered((text) => [...new Set(text.toLowerCase().match(/[\p{L}\p{N}_$]+/gu))])
