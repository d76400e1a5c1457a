/** Texts that statements give to a column or compare it with. */
import {isBelow} from '../document/places.ts'
import type {SpecDocument, Text} from '../document/types.ts'
import {comparedTexts, givenBy, relationsOf, selectedIn} from '../sql/compared.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation, StatementFact} from '../sql/model.ts'
import {sharing} from '../sql/named.ts'
import {calledBy, calledName} from '../sql/calls.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import type {BoundDocument} from '../type/types.ts'
import {backStatements} from './ways-back.ts'
import {isStage} from './copies.ts'
import {forwardOperations} from './keys.ts'
import {ofKind, roleAt} from './schema.ts'

export interface ComparedValue {
  /** The tables that the column may be of, as keys in lower case. */
  readonly tables: readonly string[]
  /** In lower case. */
  readonly column: string
  /** With its quotes. */
  readonly value: Text
  readonly isSet: boolean
  /** A migration looks for it: it may be a value of before. */
  readonly isBefore: boolean
}

/**
 * Texts wherever they stand but in the way back: in conditions of queries, views, checks, indexes and triggers, behind `SET`, in
 * the items of `INSERT … SELECT`, in the branches of `CASE`.
 */
export function comparedValues(
  schema: SchemaFacts,
  document: SpecDocument,
  type: BoundDocument,
): readonly ComparedValue[] {
  const triggers = ofKind(forwardOperations(schema, type), 'create-object').filter(({what}) => what === 'trigger')
  return schema.sql.statements.flatMap((statement) => {
    const role = roleAt(statement.start, type, ['schema', 'ddl', 'tables', 'migration', 'rollback', 'queries'])
    if (statement.template || role === 'rollback' || backStatements(schema).has(statement) || isStage(statement))
      return []
    if (!/'/u.test(statement.text)) return []
    const [operation] = statement.operations
    if (!operation) return []
    const isQuery =
      role === 'queries' || operation.kind === 'select' || isBelow(statement.section, (title) => queries.test(title))
    const isRows = /^(?:insert|update|delete|copy|truncate)$/u.test(operation.kind)
    return valuesOf(statement, operation, document, triggers).map((one) => ({
      ...one,
      isBefore: isRows && !isQuery && !one.isSet,
    }))
  })
}

const queries = /\bquer(?:y|ies)\b/i

type Found = Omit<ComparedValue, 'isBefore'>

function valuesOf(
  statement: StatementFact,
  operation: Operation,
  {text}: SpecDocument,
  triggers: readonly Operation[],
): readonly Found[] {
  const written = text.slice(statement.start, statement.end)
  const moved = ({start, end, text: value}: Text): Text => ({
    start: statement.start + start,
    end: statement.start + end,
    text: value,
  })
  const relations = relationsOf(written)
  const own = ownTables(operation, triggers)
  const all = [...new Set([...(relations?.values() ?? []), ...own])]
  const isCode = operation.kind === 'create-object' && /^(?:function|procedure|trigger)$/u.test(operation.what)
  const compared = comparedTexts(written).flatMap(({qualifier, column, value, isSet}): readonly Found[] => {
    const table = tableBy(qualifier)
    // A variable may have the name of a column.
    const tables = table === undefined ? (qualifier === undefined && !isCode && relations ? all : []) : table
    return tables.length === 0 ? [] : [{tables, column, value: moved(value), isSet}]
  })
  const isBody = isCode || (operation.kind === 'other' && /^\s*DO\b/i.test(written))
  return [...compared, ...inserted(operation, written, moved), ...(isBody ? insertedInBody(written, moved) : [])]

  function tableBy(qualifier: string | undefined): readonly string[] | undefined {
    if (qualifier === undefined) return undefined
    if (/^(?:new|old)$/u.test(qualifier)) return own
    if (qualifier === 'excluded')
      return operation.kind === 'insert' && operation.table ? [operation.table.key.toLowerCase()] : []
    const found = relations?.get(qualifier) ?? own.find((key) => key.replace(/^.*\./u, '') === qualifier)
    return found === undefined ? [] : [found]
  }
}

/** The table of an ALTER TABLE, an index, a trigger; those whose triggers call a function. */
function ownTables(operation: Operation, triggers: readonly Operation[]): readonly string[] {
  if (operation.kind === 'create-object' && operation.what === 'function') {
    const name: Name = operation.name
    const callers = sharing(triggers, calledBy, [calledName(name)])
    return [...new Set(callers.flatMap((one) => tableOf(one)?.key.toLowerCase() ?? []))]
  }
  const table = tableOf(operation)
  return table ? [table.key.toLowerCase()] : []
}

const insertSelect = /\bINSERT\s+INTO\s+([\w."`]{1,130})(?:\s+AS\s+\w{1,63})?\s*\(([^()]{1,2000})\)\s*(?=SELECT\b)/gi

/** The same in a block or a body, whose statements are not read apart. */
function insertedInBody(written: string, moved: (one: Text) => Text): readonly Found[] {
  return [...written.matchAll(insertSelect)].flatMap((match) => {
    const [head, table = '', list = ''] = match
    const from = match.index + head.length
    const end = written.slice(from, from + 5000).indexOf(';')
    const items = selectedIn(written.slice(from, from + (end < 0 ? 5000 : end)))
    const columns = list.split(',').map((one) => one.replaceAll(/["`\s]/gu, '').toLowerCase())
    if (items.length !== columns.length) return []
    return columns.flatMap((column, index) => {
      const item = items[index]
      return (item ? givenBy(item) : []).map((value) => ({
        tables: [table.replaceAll(/["`]/gu, '').toLowerCase()],
        column,
        value: moved({...value, start: value.start + from, end: value.end + from}),
        isSet: true,
      }))
    })
  })
}

/** The texts of `INSERT INTO t (a, b) SELECT x, 'new'`. */
function inserted(operation: Operation, written: string, moved: (one: Text) => Text): readonly Found[] {
  if (operation.kind !== 'insert' || operation.rows.length > 0 || !operation.table) return []
  const {table, columns} = operation
  const items = selectedIn(written)
  if (items.length !== columns.length) return []
  return columns.flatMap((column, index) => {
    const item = items[index]
    return item
      ? givenBy(item).map((value) => ({
          tables: [table.key.toLowerCase()],
          column: lastPart(column).toLowerCase(),
          value: moved(value),
          isSet: true,
        }))
      : []
  })
}
