import type {SpecDocument, Text} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {ColumnFact, Name, Operation} from '../sql/model.ts'
import {askedKeys, nameKeys, sharing} from '../sql/named.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {comparedValues} from './compared-values.ts'
import {enumGroups, enumLists, type ValueList} from './enums.ts'
import {forwardOperations} from './keys.ts'
import {lookupValues} from './lookup-values.ts'
import {isSlip} from '../type/nearest.ts'
import {ofKind, sameName} from './schema.ts'

/** A default or a value of a row to insert that no list of its column has. */
export interface OutsideValue {
  readonly value: Text
  /** `the default of`, `a value for`, `a value that is asked of`. */
  readonly what: string
  /** `orders.status` */
  readonly column: string
  readonly allowed: readonly string[]
}

/** The value, or a member of one of a `SET` of MySQL: they are a list, which may be empty. */
function strangeIn(value: Text, {type}: Pick<ColumnFact, 'type'>, allowed: readonly string[]): Text | undefined {
  if (type?.base !== 'set') return allowed.includes(value.text) ? undefined : value
  const text = value.text.split(',').find((one) => one !== '' && !allowed.includes(one))
  if (text === undefined) return undefined
  // Behind the quotation mark.
  const start = value.start + 1 + value.text.indexOf(text)
  return {start, end: start + text.length, text}
}

export function valuesOutside(
  schema: SchemaFacts,
  document: SpecDocument,
  type: BoundDocument,
): readonly OutsideValue[] {
  const operations = forwardOperations(schema, type)
  const lists = enumLists(schema, document, type)
  const groups = enumGroups(schema, document, type)
  const columns = [
    ...ofKind(operations, 'create-table').flatMap(({table, columns: all}) => all.map((column) => ({table, column}))),
    ...ofKind(operations, 'add-column').map(({table, column}) => ({table, column})),
    ...schema.tables.flatMap(({name: table, columns: all}) => all.map((column) => ({table, column}))),
  ]
  const allowedFor = allowance([...lists, ...lookupValues(schema, operations)], groups, operations)
  const seen = new Set<number>()
  const outside = (
    value: Text,
    what: string,
    table: Name,
    column: Pick<ColumnFact, 'name' | 'type'>,
  ): readonly OutsideValue[] => {
    const text = literal(value.text)
    const allowed = text === undefined ? [] : allowedFor(table, column)
    if (text === undefined || allowed.length < 2 || seen.has(value.start)) return []
    const strange = strangeIn({...value, text}, column, allowed)
    if (!strange) return []
    seen.add(value.start)
    return [{value: strange, what, column: `${table.text}.${column.name.text}`, allowed}]
  }
  const defaults = columns.flatMap(({table, column}) =>
    column.default ? outside(column.default, 'the default of', table, column) : [],
  )
  const set = ofKind(operations, 'set-default').flatMap(({table, column: name, value}) => {
    const column = columnIn(columns, table, name)?.column
    return value ? outside(value, 'the default of', table, column ?? {name, type: undefined}) : []
  })
  const rows = ofKind(operations, 'insert').flatMap(({table, columns: names, rows: all}) =>
    all.flatMap((row) =>
      names.flatMap((name, index) => {
        const value = row[index]
        const column = table && columnIn(columns, table, name)
        return table && value && row.length === names.length
          ? outside(value, 'a value for', table, column?.column ?? {name, type: undefined})
          : []
      }),
    ),
  )
  // Bodies are read without a word of which names are quoted.
  const low = columns.map(({table, column}) => ({table: small(table), column: {...column, name: small(column.name)}}))
  const inStatements = comparedValues(schema, document, type).flatMap(
    ({tables, column: name, value, isSet, isBefore}) => {
      const found = tables.flatMap((key) => {
        const table: Name = {text: key, key, hole: false, start: value.start, end: value.end}
        const one = columnIn(low, table, {...table, text: name, key: name})
        const [own] = one ? columns.slice(low.indexOf(one)) : []
        return own ? [own] : isKnownTable(low, table) ? [] : [undefined]
      })
      const [column, ...more] = found
      // A table whose columns aren't known may have one of that name, too.
      if (!column || more.length > 0) return []
      const result = outside(value, isSet ? 'a value for' : 'a value that is asked of', column.table, column.column)
      return isBefore ? result.filter(({value: {text}, allowed}) => allowed.some((one) => isSlip(one, text))) : result
    },
  )
  return [...defaults, ...set, ...rows, ...inStatements]
}

function small(name: Name): Name {
  return {...name, key: name.key.toLowerCase()}
}

type OfColumn = Pick<ColumnFact, 'name' | 'type'>

/** The values that the lists of a column allow, each column looked up once. */
function allowance(
  lists: readonly ValueList[],
  groups: readonly (readonly ValueList[])[],
  operations: readonly Operation[],
): (table: Name, column: OfColumn) => readonly string[] {
  const groupOf = new Map(groups.flatMap((group) => group.map((list) => [list, group] as const)))
  const changed = new Set(ofKind(operations, 'rename-enum-value').map(({name}) => name.key))
  const valuesOf = new Map(groups.map((group) => [group, textsOf(group)] as const))
  const known = new Map<string, readonly string[]>()
  const allowedOf = (table: Name, column: OfColumn): readonly string[] => {
    const own = listsOf(lists, table, column)
    if (own.some(({name}) => name && changed.has(name.key))) return []
    const shared = new Set(own.flatMap((list) => [groupOf.get(list) ?? []]))
    return [...new Set([...textsOf(own), ...[...shared].flatMap((group) => valuesOf.get(group) ?? [])])]
  }
  return (table, column) => {
    const key = JSON.stringify([table.key, table.hole, column.name.key, column.name.hole, column.type?.text])
    const made = known.get(key) ?? allowedOf(table, column)
    known.set(key, made)
    return made
  }
}

/** The values of lists, each once. */
function textsOf(lists: readonly ValueList[]): readonly string[] {
  return [...new Set(lists.flatMap(({values}) => values.map(({text}) => text)))]
}

/** The text of `'draft'` and `'draft'::order_status`. */
function literal(text: string): string | undefined {
  return /^[`\s]*'([^']*)'(?:::[\w."]+)?[`\s]*$/u.exec(text)?.[1]
}

interface OfTable {
  readonly table: Name
  readonly column: ColumnFact
}

function columnIn(columns: readonly OfTable[], table: Name, name: Name): OfTable | undefined {
  const asked = askedKeys(table).map((key) => `${key} ${lastPart(name)}`)
  return sharing(columns, columnKeys, asked).find(
    (one) => sameName(one.table, table) && sameName(one.column.name, name),
  )
}

function isKnownTable(columns: readonly OfTable[], table: Name): boolean {
  return sharing(columns, tableKeys, askedKeys(table)).some((one) => sameName(one.table, table))
}

function tableKeys({table}: OfTable): readonly string[] {
  return nameKeys(table)
}

function columnKeys({table, column}: OfTable): readonly string[] {
  return nameKeys(table).map((key) => `${key} ${lastPart(column.name)}`)
}

function listsOf(
  lists: readonly ValueList[],
  table: Name,
  column: Pick<ColumnFact, 'name' | 'type'>,
): readonly ValueList[] {
  const written = column.type?.text.replaceAll(/["`]/gu, '').toLowerCase()
  const asked = [
    ...askedKeys(table).map((key) => `column ${key} ${lastPart(column.name)}`),
    ...(written === undefined ? [] : [`type ${written}`]),
  ]
  return sharing(lists, listKeys, asked).filter((list) => isOf(list, table, column))
}

function listKeys({column, name}: ValueList): readonly string[] {
  return [
    ...(column ? nameKeys(column.table).map((key) => `column ${key} ${lastPart(column.name)}`) : []),
    ...(name ? [`type ${name.key.toLowerCase()}`, `type ${name.text.toLowerCase()}`] : []),
  ]
}

/** The list is the column's own, or that of its type. */
function isOf({column: own, name, from}: ValueList, table: Name, column: Pick<ColumnFact, 'name' | 'type'>): boolean {
  if (from === 'prose') return false
  if (own) return sameName(own.table, table) && sameName(own.name, column.name)
  const written = column.type?.text.replaceAll(/["`]/gu, '').toLowerCase()
  return (
    from === 'type' && name !== undefined && (written === name.key.toLowerCase() || written === name.text.toLowerCase())
  )
}
