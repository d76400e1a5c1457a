/** Columns of which sentences of the schema say something else than the code that makes them. */
import type {Span, SpecDocument} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {ColumnFact, Name, Operation} from '../sql/model.ts'
import {named} from '../sql/named.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {typesAgree} from './types-agree.ts'
import {type ColumnFault, none} from './column-fault.ts'
import {isNamedLike, type Saying, sayingsOf} from './column-sayings.ts'
import {defaultsAgree, isDefault, isNoDefault} from './creations.ts'
import {forwardOperations} from './keys.ts'
import {isThere} from './present.ts'
import {related} from './related-place.ts'
import {called, itself, ofKind, ofTable, roleAt} from './schema.ts'

interface Made {
  readonly table: Name
  readonly column: ColumnFact
  readonly code: 'CREATE TABLE' | 'ALTER TABLE'
  /** Of the primary key: it is never null. */
  readonly isKey: boolean
}

interface Facts {
  readonly document: SpecDocument
  readonly schema: SchemaFacts
  readonly type: BoundDocument
}

const homes = ['schema', 'ddl', 'tables', 'relationships']
const others = ['migration', 'rollback', 'queries']

/** Whether a place is among the words on the schema; a type without sections for it has them anywhere. */
export function isOfSchema(offset: number, type: BoundDocument): boolean {
  const role = roleAt(offset, type, [...homes, ...others])
  return role === undefined ? homes.every((one) => type.withRole(one).length === 0) : homes.includes(role)
}

export function sayingFaults({document, schema, type}: Facts): readonly ColumnFault[] {
  const operations = forwardOperations(schema, type)
  const made = madeColumns(operations)
  if (made.length === 0) return []
  const read = [...schema.tables, ...schema.additions]
  const isRead = ({start}: Span): boolean =>
    read.some(({columns}) => columns.some((one) => one.start <= start && start < one.end))
  return sayingsOf(document).flatMap((saying): readonly ColumnFault[] => {
    if (!isOfSchema(saying.at.start, type)) return []
    const [first, ...more] = meantBy(saying, made)
    if (!first || more.length > 0 || isRead(saying.at)) return []
    const isTouched = (kinds: readonly Operation['kind'][]): boolean =>
      ofTable(operations, first.table).some(
        (one) =>
          kinds.includes(one.kind) && 'column' in one && 'key' in one.column && one.column.key === saying.column.key,
      )
    const fault = faultOf(saying, first, isTouched)
    return fault ? [fault] : []
  })
}

/** The columns that a saying may be about: those of the table that it names, else all of that name. */
function meantBy({column, tables}: Saying, made: readonly Made[]): readonly Made[] {
  const all = named(made, columnName, column)
  const last = tables.findLast((table) => made.some((one) => isNamedLike(table, one.table)))
  return last ? all.filter(({table}) => isNamedLike(last, table)) : all
}

function faultOf(
  {column, type, nullable, default: value, isFirm, at}: Saying,
  {column: actual, code, isKey}: Made,
  isTouched: (kinds: readonly Operation['kind'][]) => boolean,
): ColumnFault | undefined {
  const words = {...none, column: column.text, code}
  if (type && actual.type && !isTouched(['alter-type']) && !typesAgree(type, actual.type))
    return {
      message: 'type',
      at: type,
      words: {...words, described: type.text, actual: actual.type.text},
      more: related(actual.type, code),
    }
  const isNull = actual.nullable !== false && !isKey
  // What is empty may be an empty text.
  const isText = nullable === true && actual.default !== undefined
  if (nullable !== undefined && nullable !== isNull && !isText && !isTouched(['set-not-null', 'drop-not-null'])) {
    const described = nullable ? 'is described as one that may be null' : 'is described as NOT NULL'
    const there = nullable ? 'is NOT NULL' : 'may be null'
    return {message: 'nullable', at, words: {...words, described, actual: there}, more: related(actual, code)}
  }
  if (!value || isNoDefault(value.text) || isTouched(['set-default', 'drop-default'])) return undefined
  const described = value.text.replaceAll('`', '').trim()
  if (!actual.default) {
    // What a new one "starts as" may be set by the program.
    const isLost = isFirm && isDefault(value.text) && !actual.generated
    return isLost
      ? {message: 'noDefault', at: value, words: {...words, described}, more: related(actual, code)}
      : undefined
  }
  if (defaultsAgree(value.text, actual.default.text)) return undefined
  return {
    message: 'default',
    at: value,
    words: {...words, described, actual: actual.default.text},
    more: related(actual.default, code),
  }
}

/** The columns that the SQL makes, of tables and behind them. */
function madeColumns(operations: readonly Operation[]): readonly Made[] {
  const created = ofKind(operations, 'create-table').flatMap(({table, columns, constraints, statement}) =>
    statement.template || table.hole || isThere(statement)
      ? []
      : columns.map((column): Made => {
          const keys = constraints.flatMap((one) => (one.kind === 'primary' ? one.columns : []))
          return {table, column, code: 'CREATE TABLE', isKey: called(keys, itself, column.name).length > 0}
        }),
  )
  const added = ofKind(operations, 'add-column').flatMap(({table, column, statement}): readonly Made[] =>
    statement.template || table.hole ? [] : [{table, column, code: 'ALTER TABLE', isKey: false}],
  )
  // A column that is made twice is compared elsewhere.
  const seen = new Set<string>()
  return [...created, ...added].filter(({table, column}) => {
    const path = `${lastPart(table).toLowerCase()}.${column.name.key}`
    return seen.size < seen.add(path).size
  })
}

function columnName({column}: Made): Name {
  return column.name
}
