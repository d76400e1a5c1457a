import {isWithin} from '../document/places.ts'
import type {Span} from '../document/types.ts'
import type {ForeignKeyFact, IndexFact, Name, Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {operationsOf, sameName} from './schema.ts'

/** A foreign key of SQL, with the table that has it. */
export interface TableKey extends Span {
  readonly table: Name
  readonly key: ForeignKeyFact
  readonly operation: Operation
}

/** The operations that are no part of a rollback. */
export function forwardOperations(schema: SchemaFacts, type: BoundDocument): readonly Operation[] {
  const rollback = type.withRole('rollback')
  return operationsOf(schema).filter(({start}) => !rollback.some((section) => isWithin(start, section)))
}

/** What the scripts of migrations in Python do on the way there. */
export function scriptOperations({models}: SchemaFacts): readonly Operation[] {
  return models.migrations.flatMap(({upgrade}) => upgrade.flatMap(({operations}) => operations))
}

/** The foreign keys of CREATE TABLE and ALTER TABLE. */
export function foreignKeysIn(operations: readonly Operation[]): readonly TableKey[] {
  return operations.flatMap((operation) => {
    const found =
      operation.kind === 'create-table' || operation.kind === 'add-column'
        ? operation.constraints
        : operation.kind === 'add-constraint'
          ? [operation.constraint]
          : []
    return found.flatMap((key) =>
      key.kind === 'foreign' && 'table' in operation && operation.table
        ? [{start: key.start, end: key.end, table: operation.table, key, operation}]
        : [],
    )
  })
}

/** Whether an index or a key of a table begins with these columns, in whatever order. */
export function isIndexed(
  table: Name,
  columns: readonly Name[],
  operations: readonly Operation[],
  schema: SchemaFacts,
): boolean {
  const begins = (have: readonly Name[]): boolean =>
    have.length >= columns.length &&
    columns.every((column) => have.slice(0, columns.length).some((one) => sameName(one, column)))
  const indexes: readonly Pick<IndexFact, 'table' | 'columns'>[] = [
    ...operations.flatMap((operation) => (operation.kind === 'create-index' ? [operation.index] : [])),
    ...schema.indexes.flatMap((index) => (index.table ? [{table: index.table, columns: index.columns}] : [])),
    ...schema.models.tables.flatMap((model) => model.indexes),
  ]
  const keys = operations.flatMap((operation) => {
    if (operation.kind === 'create-table' || operation.kind === 'add-column')
      return operation.constraints.map((constraint) => ({table: operation.table, constraint}))
    return operation.kind === 'add-constraint' ? [{table: operation.table, constraint: operation.constraint}] : []
  })
  return (
    indexes.some((index) => sameName(index.table, table) && begins(index.columns)) ||
    keys.some(
      ({table: owner, constraint}) =>
        sameName(owner, table) &&
        (constraint.kind === 'primary' || constraint.kind === 'unique') &&
        begins(constraint.columns),
    )
  )
}
