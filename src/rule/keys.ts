import {kept, keptIn} from '../document/remembered.ts'
import {isWithin} from '../document/places.ts'
import type {Span, SpecDocument} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {ColumnFact, ForeignKeyFact, Name, Operation} from '../sql/model.ts'
import {askedKeys, nameKeys, sharing} from '../sql/named.ts'
import {constraintsOf} from '../sql/parts.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import type {BoundDocument} from '../type/types.ts'
import {withoutBack} from './ways-back.ts'
import {sameName} from './schema.ts'

/** A foreign key of SQL, with the table that has it. */
export interface TableKey extends Span {
  readonly table: Name
  readonly key: ForeignKeyFact
  readonly operation: Operation
}

const forward = kept<readonly Operation[]>()

/** The operations that are no part of a rollback; of one document, which is bound to one type, always the same list. */
export function forwardOperations(schema: SchemaFacts, type: BoundDocument): readonly Operation[] {
  const rollback = type.withRole('rollback')
  return forward(schema, () =>
    withoutBack(schema).filter(({start}) => !rollback.some((section) => isWithin(start, section))),
  )
}

/** What the scripts of migrations in Python do on the way there. */
export function scriptOperations({models}: SchemaFacts): readonly Operation[] {
  return models.migrations.flatMap(({upgrade}) => upgrade.flatMap(({operations}) => operations))
}

const keys = kept<readonly TableKey[]>()

/** The foreign keys of CREATE TABLE and ALTER TABLE; of one list of operations always the same list. */
export function foreignKeysIn(operations: readonly Operation[]): readonly TableKey[] {
  return keys(operations, () => readKeys(operations))
}

function readKeys(operations: readonly Operation[]): readonly TableKey[] {
  return operations.flatMap((operation) => {
    const table = tableOf(operation)
    return constraintsOf(operation).flatMap((key) =>
      key.kind === 'foreign' && table ? [{start: key.start, end: key.end, table, key, operation}] : [],
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
  const begins = ({columns: have}: Pick<Beginning, 'columns'>): boolean =>
    have.length >= columns.length &&
    columns.every((column) => have.slice(0, columns.length).some((one) => sameName(one, column)))
  const [first] = columns
  const asked = askedKeys(table).flatMap((key) => (first ? `${key} ${lastPart(first)}` : key))
  return sharing(beginningsIn(operations, schema), beginningKeys, asked).some(
    (one) => sameName(one.table, table) && begins(one),
  )
}

/** `CREATE INDEX idx_a ON t (c)` within a line of prose, which tells who makes it. */
const written = /\bCREATE\s+(?:UNIQUE\s+)?INDEX\b[^;()\n]{0,160}?\bON\s+["`]?([\w$.]+)["`]?\s*\(\s*["`]?([\w$]+)/gi

/** Whether the document writes somewhere, in code or in prose, that an index of the table begins with the only column of a key. */
export function isIndexWritten(table: Name, [column, ...more]: readonly Name[], document: SpecDocument): boolean {
  const places = writtenKnown(document, () => {
    const found = document.text.matchAll(written)
    return new Set([...found].map(([, on = '', first = '']) => `${on.replace(/^.*\./u, '')} ${first}`.toLowerCase()))
  })
  return column !== undefined && more.length === 0 && places.has(`${lastPart(table)} ${lastPart(column)}`.toLowerCase())
}

const writtenKnown = kept<ReadonlySet<string>>()

interface Beginning {
  readonly table: Name
  readonly columns: readonly Name[]
}

const beginnings = keptIn<readonly Beginning[]>()

/** All indexes, and the keys that come with one. */
function beginningsIn(operations: readonly Operation[], schema: SchemaFacts): readonly Beginning[] {
  return beginnings(schema, operations, () => readBeginnings(operations, schema))
}

function readBeginnings(operations: readonly Operation[], schema: SchemaFacts): readonly Beginning[] {
  return [
    ...operations.flatMap((operation) => (operation.kind === 'create-index' ? [operation.index] : [])),
    ...schema.indexes.flatMap(({table, columns}) => (table ? [{table, columns}] : [])),
    ...schema.models.tables.flatMap((model) => model.indexes),
    ...operations.flatMap((operation) => {
      const table = tableOf(operation)
      return constraintsOf(operation).flatMap((one) =>
        table && (one.kind === 'primary' || one.kind === 'unique') ? [{table, columns: one.columns}] : [],
      )
    }),
  ]
}

function beginningKeys({table, columns}: Beginning): readonly string[] {
  const names = nameKeys(table)
  return [...names, ...names.flatMap((key) => columns.map((column) => `${key} ${lastPart(column)}`))]
}

/** The columns of keys that their table in a script lacks, all of whose columns are written out: none comes from `*shared_columns`. */
export function strayColumns(
  scripts: readonly Operation[],
  text: string,
): readonly {readonly name: Name; readonly table: {readonly name: Name; readonly columns: readonly ColumnFact[]}}[] {
  return foreignKeysIn(scripts).flatMap(({table: name, key, operation}) => {
    if (operation.kind !== 'create-table' || operation.columns.length === 0) return []
    if (/[(,]\s*\*/u.test(text.slice(operation.start, operation.end))) return []
    return key.columns.map((column) => ({name: column, table: {name, columns: operation.columns}}))
  })
}
