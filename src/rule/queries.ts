import {expression} from '../document/expressions.ts'
import {kept} from '../document/remembered.ts'
import type {SpecDocument, Span, Text} from '../document/types.ts'
import type {ColumnFact, ConstraintFact, Name, Operation, StatementFact} from '../sql/model.ts'
import type {IndexShape, QueryFact} from '../sql/queries/model.ts'
import {readQueries} from '../sql/queries/read.ts'
import type {KnownColumns} from '../sql/queries/scope.ts'
import {foreignShape, keyShape, listedShape, shapeOf} from '../sql/queries/shapes.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {commentsIn} from './comments.ts'
import {forwardOperations} from './keys.ts'
import {called, nameOf, ofKind, ofTable, operationsOf, ownerOf, roleAt} from './schema.ts'

/** A query that the document shows as one of its patterns, with the comments above it. */
export interface QueryPattern extends QueryFact {
  readonly comments: readonly Text[]
}

const cache = kept<readonly QueryPattern[]>()
const roles = ['queries', 'migration', 'rollback', 'schema']
const labelled = /^(?:expected (?:frequency|rows)|frequency|query(?: name)?)\s*[:=]/i
/** A query shown as what not to write, or as the past. */
const counter =
  /\b(?:bad|avoid|wrong|slow|before|anti-?pattern|don'?t|do not|never|instead of|old|legacy|inefficient|not recommended)\b|❌|✗|🚫/iu

/** The queries of the sections for queries, and those elsewhere whose comment or EXPLAIN shows them as such. */
export function queryPatterns(
  document: SpecDocument,
  schema: SchemaFacts,
  type: BoundDocument,
): readonly QueryPattern[] {
  return cache(type, () => patternsIn(document, schema, type))
}

/** The same, and queries in other sections whose heading speaks of queries. */
export function shownQueries(
  document: SpecDocument,
  schema: SchemaFacts,
  type: BoundDocument,
): readonly QueryPattern[] {
  return patternsIn(document, schema, type, true)
}

function patternsIn(
  document: SpecDocument,
  schema: SchemaFacts,
  type: BoundDocument,
  all = false,
): readonly QueryPattern[] {
  const known = knownColumns(schema, type)
  return schema.sql.statements.flatMap((statement, index, statements) => {
    if (!statement.operations.some(({kind}) => /^(?:select|update|delete)$/u.test(kind))) return []
    const comments = commentsAbove(statement, statements[index - 1], document)
    const role = roleAt(statement.start, type, roles)
    const isPattern =
      role === 'queries' ||
      (role === undefined &&
        ((all && isAmongQueries(statement)) ||
          /^EXPLAIN\b/i.test(statement.text) ||
          comments.some(({text}) => labelled.test(text))))
    if (!isPattern || isCounterExample(statement, comments, document)) return []
    return readQueries(statement, known).map((query) => ({...query, comments}))
  })
}

function isAmongQueries({section}: StatementFact): boolean {
  return /\b(?:quer(?:y|ies)|access patterns?)\b/i.test(section.heading?.title.text ?? '')
}

function commentsAbove(
  {code, start, end}: StatementFact,
  before: StatementFact | undefined,
  {source, text}: SpecDocument,
): readonly Text[] {
  const from = before?.code === code ? source.lineSpan(source.lineOf(before.end)).end : code.content.start
  return [...commentsIn(text, from, start), ...commentsIn(text, start, source.lineSpan(source.lineOf(end)).end)]
}

function isCounterExample({code, section}: StatementFact, comments: readonly Text[], {text}: SpecDocument): boolean {
  const above = text.slice(Math.max(0, code.start - 200), code.start).trimEnd()
  const line = above.slice(above.lastIndexOf('\n') + 1)
  return [line, section.heading?.title.text ?? '', ...comments.map((one) => one.text)].some((one) => counter.test(one))
}

/** The columns of tables as the document gives them; of existing tables, it gives only what it adds. */
function knownColumns(schema: SchemaFacts, type: BoundDocument): KnownColumns {
  const operations = forwardOperations(schema, type)
  const columns = new Map<string, Set<string>>()
  const add = (table: Name, all: readonly ColumnFact[]): void => {
    const key = lastOf(table.key)
    columns.set(key, new Set([...(columns.get(key) ?? []), ...all.map(({name}) => name.key)]))
  }
  for (const {table, columns: all} of ofKind(operations, 'create-table')) add(table, all)
  for (const {table, column} of ofKind(operations, 'add-column'))
    if (columns.has(lastOf(table.key))) add(table, [column])
  for (const table of schema.tables) if (table.part === 'all') add(table.name, table.columns)
  return (path) => columns.get(path.at(-1) ?? '')
}

function lastOf(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1)
}

const shapes = kept<readonly IndexShape[]>()

/** All indexes that the document speaks of, and the keys that come with one. Those of a rollback don't count. */
export function indexShapes(schema: SchemaFacts, type: BoundDocument): readonly IndexShape[] {
  return shapes(type, () => shapesIn(schema, type))
}

function shapesIn(schema: SchemaFacts, type: BoundDocument): readonly IndexShape[] {
  const operations = forwardOperations(schema, type)
  const ofModels = schema.models.tables.flatMap((model) => [
    ...model.indexes.flatMap((index) => listedShape(index) ?? []),
    ...constraintShapes(model.table ?? model.name, model.constraints, undefined),
  ])
  return [
    ...ofKind(operations, 'create-index').map(shapeOf),
    ...operations.flatMap(keysOf),
    ...schema.indexes.flatMap((index) => listedShape(index) ?? []),
    ...schema.tables.flatMap(({name, constraints}) => constraintShapes(name, together(constraints), undefined)),
    ...ofModels,
  ]
}

/** Columns that are each described as primary key are the key together. */
function together(constraints: readonly ConstraintFact[]): readonly ConstraintFact[] {
  const primary = constraints.flatMap((one) => (one.kind === 'primary' ? [one] : []))
  const [first] = primary
  if (first === undefined || primary.length === 1) return constraints
  const columns = primary.flatMap((one) => one.columns)
  return [{...first, columns}, ...constraints.filter(({kind}) => kind !== 'primary')]
}

function keysOf(operation: Operation): readonly IndexShape[] {
  const {statement} = operation
  if (operation.kind === 'create-table' || operation.kind === 'add-column')
    return constraintShapes(operation.table, operation.constraints, statement)
  return operation.kind === 'add-constraint' ? constraintShapes(operation.table, [operation.constraint], statement) : []
}

function constraintShapes(
  table: Name,
  constraints: readonly ConstraintFact[],
  statement: StatementFact | undefined,
): readonly IndexShape[] {
  return constraints.flatMap((one): readonly IndexShape[] => {
    if (one.kind === 'primary' || one.kind === 'unique') return [keyShape(one, table, statement)]
    // Only MySQL makes an index for a foreign key.
    return one.kind === 'foreign' && statement?.dialect === 'mysql' ? [foreignShape(table, one.columns, table)] : []
  })
}

/** The indexes of one table. */
export function indexesOf(table: Name, all: readonly IndexShape[]): readonly IndexShape[] {
  return called(all, ownerOf, table)
}

/**
 * Whether the document gives all indexes that a table has for some columns: it makes the table, describes it in full, or
 * adds the columns.
 */
export function knowsIndexes(
  table: Name,
  columns: readonly string[],
  schema: SchemaFacts,
  type: BoundDocument,
): boolean {
  if (table.hole) return false
  const operations = forwardOperations(schema, type)
  const added = ofTable(ofKind(operations, 'add-column'), table)
  return (
    ofTable(ofKind(operations, 'create-table'), table).length > 0 ||
    (called(schema.indexes, ownerOf, table).length > 0 &&
      called(schema.tables, nameOf, table).some(({part}) => part === 'all')) ||
    columns.every((column) => added.some((one) => one.column.name.key === column))
  )
}

const amount = expression(
  'giu',
)`(?<![\p{L}\d.,])(\d{1,3}(?:[ ,.'\u00A0\u202F]\d{3})+|\d+(?:\.\d+)?)\s*(k|thousand|m|million|bn|billion)?\s+(?:[\p{L}_\x60]+\s+){0,2}?(?:rows?|records?|entries|tuples)\b`
const factors: Readonly<Record<string, number>> = {k: 1e3, t: 1e3, m: 1e6, b: 1e9}

/** Rows that a table has, as a line of prose with its name says, or one for the document's only table. */
export function rowsOf(table: Name, document: SpecDocument, schema: SchemaFacts): number | undefined {
  const tables = new Set(ofKind(operationsOf(schema), 'create-table').map((one) => one.table.key))
  const name = lastOf(table.key)
  const known = [...tables].map(lastOf)
  const counts = document.text.split(/\r\n|\n|\r/u).flatMap((line) => {
    if (
      line.length > 2000 ||
      !/\d/u.test(line) ||
      /expected rows|limit|per |\/\s*(?:day|hour|sec|min|month|week)/i.test(line)
    )
      return []
    const words = new Set(line.toLowerCase().split(/[^\p{L}\p{N}_]+/u))
    const isNamed = words.has(name) || (tables.size === 1 && known[0] === name && /row count|table size/i.test(line))
    return isNamed ? Array.from(line.matchAll(amount), countOf) : []
  })
  return counts.length > 0 ? Math.max(...counts) : undefined
}

function countOf([, digits = '', unit = '']: RegExpMatchArray): number {
  const isGrouped = /^\d{1,3}(?:[ ,.'\u00A0\u202F]\d{3})+$/u.test(digits)
  const value = Number(isGrouped ? digits.replaceAll(/\D/gu, '') : digits)
  return value * (factors[unit[0]?.toLowerCase() ?? ''] ?? 1)
}

/** A statement's place without the lines of its later clauses: what a finding on the whole query points at. */
export function headOf({start}: Span, {source}: SpecDocument): Span {
  const line = source.lineSpan(source.lineOf(start))
  return {start, end: Math.max(start + 1, line.end)}
}
