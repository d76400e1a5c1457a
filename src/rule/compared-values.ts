/** Texts that statements give to a column or compare it with. */
import type {SpecDocument, Text} from '../document/types.ts'
import type {Name, Operation, StatementFact} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {isBack} from './back.ts'
import {roleAt} from './schema.ts'

export interface ComparedValue {
  readonly table: Name
  /** In lower case. */
  readonly column: string
  /** With its quotes. */
  readonly value: Text
  readonly isSet: boolean
}

/**
 * `SET state = 'sent'` wherever it stands but in the way back, and `WHERE state = 'sent'` in queries: a migration may still look
 * for the values of before. Only of statements about one table, so that it is clear whose column it is.
 */
export function comparedValues(
  schema: SchemaFacts,
  document: SpecDocument,
  type: BoundDocument,
): readonly ComparedValue[] {
  return schema.sql.statements.flatMap((statement) => {
    const [operation, ...more] = statement.operations
    if (!operation || more.length > 0 || statement.template) return []
    const table = onlyTable(operation)
    if (!table) return []
    const role = roleAt(statement.start, type, ['schema', 'ddl', 'tables', 'migration', 'rollback', 'queries'])
    if (role === 'rollback' || isBack(statement, document)) return []
    const isQuery = role === 'queries' || operation.kind === 'select'
    if (!isQuery && operation.kind !== 'update') return []
    return valuesIn(statement, document).flatMap(({isSet, ...one}) =>
      isSet === (operation.kind === 'update') || isQuery ? [{...one, table, isSet}] : [],
    )
  })
}

/** The table of a statement without joins and subqueries. */
function onlyTable(operation: Operation): Name | undefined {
  const {text} = operation.statement
  if (/\bJOIN\b|\bUNION\b|\bWITH\b|\(\s*SELECT\b/i.test(text)) return undefined
  if (operation.kind === 'select') return operation.tables.length === 1 ? operation.tables[0] : undefined
  if (operation.kind === 'update') return /\bFROM\b/i.test(text) ? undefined : operation.table
  return operation.kind === 'delete' ? operation.table : undefined
}

const compared =
  /(?<![\w'"\])>.-])(?:["`]?[A-Za-z_]\w{0,62}["`]?\.)?["`]?([A-Za-z_]\w{0,62})["`]?\s{0,20}(?:(?:=|<>|!=)\s{0,20}('[^']{0,100}')|(?:NOT\s{1,9})?IN\s{0,9}\(((?:\s{0,20}'[^']{0,100}'\s{0,9},?){1,100})\))/gi

function valuesIn(
  {start, end}: StatementFact,
  {text}: SpecDocument,
): readonly Pick<ComparedValue, 'column' | 'value' | 'isSet'>[] {
  const written = text.slice(start, end)
  const where = written.search(/\bWHERE\b/i)
  const set = written.search(/\bSET\b/i)
  return [...written.matchAll(compared)].flatMap((match) => {
    const [whole, column = '', single, several] = match
    const isSet = set >= 0 && match.index > set && (where < 0 || match.index < where)
    const list = single ?? several ?? ''
    const from = start + match.index + whole.lastIndexOf(list)
    return [...list.matchAll(/'[^']*'/gu)].map(({0: one, index}) => ({
      column: column.toLowerCase(),
      value: {start: from + index, end: from + index + one.length, text: one},
      isSet,
    }))
  })
}
