import type {ColumnFact} from '../model.ts'
import type {Clauses} from './clauses.ts'
import type {DocumentedTable} from './model.ts'

/** A column with what is said of it. */
export interface Said {
  readonly column: ColumnFact
  readonly clauses: Clauses
}

/** What rows or items that each describe a column make of a table. */
export function heldBy(
  read: readonly Said[],
): Pick<DocumentedTable, 'columns' | 'constraints' | 'foreign' | 'indexed'> {
  return {
    columns: read.map(({column}) => column),
    constraints: read.flatMap(({clauses}) => clauses.constraints),
    foreign: read.filter(({clauses}) => clauses.foreign).map(({column}) => column.name),
    indexed: read.filter(({clauses}) => clauses.indexed).map(({column}) => column),
  }
}
