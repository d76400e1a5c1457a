import {code} from '../document/words.ts'
import type {Span} from '../document/types.ts'
import type {DocumentedIndex, DocumentedTable} from '../sql/documented/model.ts'
import type {IndexFact, Name, Operation, StatementFact} from '../sql/model.ts'
import {isPythonFence} from '../sql/dialect.ts'
import {sameType} from '../sql/documented/types.ts'
import {operationWords} from '../sql/operation-words.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {called, nameOf, ofKind, ownerOf, roleAt, sameName} from './schema.ts'

interface DocumentedExtra {
  /** Where the migration makes it. */
  readonly at: Span
  readonly name: Name
  /** In words: "index `idx_a`". */
  readonly what: string
}

/** Tables and indexes that operations make, and that the description of tables doesn't have. */
export function documentedExtras(
  made: readonly Operation[],
  documented: readonly DocumentedTable[],
  type: BoundDocument,
  schema: SchemaFacts,
): readonly DocumentedExtra[] {
  const tables = ofKind(made, 'create-table')
    .filter(
      ({temporary, table, statement}) =>
        !temporary &&
        !isPartition(statement) &&
        !isExample(statement, made) &&
        called(documented, nameOf, table).length === 0,
    )
    .map(({table}) => ({at: table, name: table, what: `table ${code(table.text)}`}))
  const indexes = ofKind(made, 'create-index').flatMap(({index, start, end}) =>
    index.name && isListed(index.table, type, schema) && sameIndexes(index, schema.indexes).length === 0
      ? [{at: {start, end}, name: index.name, what: `index ${code(index.name.text)}`}]
      : [],
  )
  return [...tables, ...indexes]
}

/** A script that is called an example, beside SQL that makes the tables. */
function isExample({code: fence, section}: StatementFact, made: readonly Operation[]): boolean {
  return (
    isPythonFence(fence) &&
    /\bexample\b/i.test(section.heading?.title.text ?? '') &&
    made.some((one) => one.kind === 'create-table' && !isPythonFence(one.statement.code))
  )
}

/** A part of a table that is described as a whole. */
function isPartition({text}: StatementFact): boolean {
  return /\bPARTITION\s+OF\b/i.test(text)
}

/** Columns that the description still has and the migration drops, and those to which it gives another type in the end. */
export function documentedPast(
  made: readonly Operation[],
  documented: readonly DocumentedTable[],
): readonly DocumentedExtra[] {
  return made.flatMap((one, index): readonly DocumentedExtra[] => {
    if (one.kind !== 'drop-column' && one.kind !== 'alter-type') return []
    const {table, column} = one
    const columns = documented
      .filter(({name, part}) => part === 'all' && sameName(name, table))
      .flatMap((each) => each.columns)
    const described = columns.find(({name}) => sameName(name, column))
    const isLast = !made.slice(index + 1).some((later) => isSameColumn(later, table, column))
    if (!described || !isLast) return []
    const isGone = one.kind === 'drop-column'
    const isOther = one.kind === 'alter-type' && one.type && described.type && !sameType(described.type, one.type)
    return isGone || isOther ? [{at: one, name: column, what: operationWords(one)}] : []
  })
}

function isSameColumn(one: Operation, table: Name, column: Name): boolean {
  if (one.kind === 'add-column') return sameName(one.table, table) && sameName(one.column.name, column)
  if (one.kind === 'rename-column') return sameName(one.table, table) && sameName(one.to, column)
  return (
    (one.kind === 'alter-type' || one.kind === 'drop-column') &&
    sameName(one.table, table) &&
    sameName(one.column, column)
  )
}

/** A table with a list of its indexes. */
function isListed(table: Name, type: BoundDocument, {indexes}: SchemaFacts): boolean {
  return called(indexes, ownerOf, table).some(({start}) => roleAt(start, type, ['tables']) !== undefined)
}

/** Those of the same columns. */
function sameIndexes(index: IndexFact, indexes: readonly DocumentedIndex[]): readonly DocumentedIndex[] {
  const columns = index.columns.map(({key}) => key).join()
  return called(indexes, ownerOf, index.table).filter((one) => one.columns.map(({key}) => key).join() === columns)
}

/** An index of which the description says, with its column or in a line without its name, that there is one. */
export function isSaidIndexed(one: Operation, {tables, indexes}: SchemaFacts): boolean {
  if (one.kind !== 'create-index') return false
  const [first] = one.index.columns
  const isOfColumn = called(tables, nameOf, one.index.table).some(({indexed}) =>
    indexed.some(({name}) => first !== undefined && sameName(name, first)),
  )
  return isOfColumn || sameIndexes(one.index, indexes).some(({name}) => name === undefined)
}

/** An enum whose values are said of a column that has it for its type: whatever it is called, it is spoken of. */
export function isSaidByColumn(one: Operation, made: readonly Operation[], {enums}: SchemaFacts): boolean {
  if (one.kind !== 'create-enum') return false
  const said = enums.filter(({source}) => source === 'column')
  const columns = [
    ...ofKind(made, 'create-table').flatMap((table) => table.columns),
    ...ofKind(made, 'add-column').map(({column}) => column),
  ]
  const own = columns.filter(({type}) => type && lastOf(type.text) === lastOf(one.name.text))
  return own.some(({name}) => called(said, nameOf, name).length > 0)
}

function lastOf(text: string): string {
  return text.replaceAll(/["`]/gu, '').replace(/^.*\./u, '').trim().toLowerCase()
}
