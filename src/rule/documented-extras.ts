import {code} from '../document/words.ts'
import type {Span} from '../document/types.ts'
import type {DocumentedIndex, DocumentedTable} from '../sql/documented/model.ts'
import type {IndexFact, Name, Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {called, nameOf, ofKind, roleAt} from './schema.ts'

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
    .filter(({temporary, table}) => !temporary && called(documented, nameOf, table).length === 0)
    .map(({table}) => ({at: table, name: table, what: `table ${code(table.text)}`}))
  const indexes = ofKind(made, 'create-index').flatMap(({index, start, end}) =>
    index.name && isListed(index.table, type, schema) && !isSameIndex(index, schema.indexes)
      ? [{at: {start, end}, name: index.name, what: `index ${code(index.name.text)}`}]
      : [],
  )
  return [...tables, ...indexes]
}

/** A table with a list of its indexes. */
function isListed(table: Name, type: BoundDocument, {indexes}: SchemaFacts): boolean {
  return called(indexes, ownerOf, table).some(({start}) => roleAt(start, type, ['tables']) !== undefined)
}

function isSameIndex(index: IndexFact, indexes: readonly DocumentedIndex[]): boolean {
  const columns = index.columns.map(({key}) => key).join()
  return called(indexes, ownerOf, index.table).some((one) => one.columns.map(({key}) => key).join() === columns)
}

function ownerOf({table}: DocumentedIndex): Name | undefined {
  return table
}
