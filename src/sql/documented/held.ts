import type {Clauses} from './clauses.ts'
import type {DocumentedTable} from './model.ts'

/** What rows or items that each describe a column make of a table. */
export function heldBy(
  read: readonly {readonly column: DocumentedTable['columns'][number]; readonly clauses: Clauses}[],
): Pick<DocumentedTable, 'columns' | 'constraints' | 'foreign' | 'indexed'> {
  return {
    columns: read.map(({column}) => column),
    constraints: read.flatMap(({clauses}) => clauses.constraints),
    foreign: read.filter(({clauses}) => clauses.foreign).map(({column}) => column.name),
    indexed: read.filter(({clauses}) => clauses.indexed).map(({column}) => column),
  }
}
