/** The values that a column may have because its key leads to a table whose rows the document writes. */
import type {SpecDocument} from '../document/types.ts'
import {lookupLists} from '../sql/documented/lookup-lists.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation, OperationOf} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {ValueList} from './enums.ts'
import {primaryOf, rowKeys, valuesOf} from './row-order.ts'
import {ofKind, ofTable} from './schema.ts'

/** Of tables that the migration makes: others may have more rows, and so may those that a query fills. */
export function lookupValues(schema: SchemaFacts, operations: readonly Operation[]): readonly ValueList[] {
  const inserts = ofKind(operations, 'insert')
  const made = ofKind(operations, 'create-table')
  if (inserts.length === 0 || made.length === 0) return []
  const filled = new Map<string, OperationOf<'insert'>[]>()
  for (const one of inserts) {
    const form = one.table ? formOf(one.table) : ''
    const beside = filled.get(form)
    if (beside) beside.push(one)
    else filled.set(form, [one])
  }
  const copied = new Set(ofKind(operations, 'copy').flatMap(({table}) => (table ? [formOf(table)] : [])))
  const known = new Map<string, ValueList['values'] | undefined>()
  const valuesAt = (table: Name, column: Name): ValueList['values'] | undefined => {
    const place = `${formOf(table)} ${lastPart(column)}`
    if (!known.has(place)) known.set(place, textsOf(filled.get(formOf(table)) ?? [], table, column))
    return known.get(place)
  }
  return rowKeys(schema, operations).flatMap(({table, key}): readonly ValueList[] => {
    const [name, ...more] = key.columns
    const form = formOf(key.table)
    if (!name || more.length > 0 || table.hole || !filled.has(form) || copied.has(form)) return []
    const [lookup] = ofTable(made, key.table)
    const target = key.target[0] ?? primaryOf(key.table, operations)
    const values = lookup && target ? valuesAt(key.table, target) : undefined
    if (!lookup || !values) return []
    const {start, end} = lookup
    const what = `the rows of ${lookup.table.text}`
    return [{start, end, name: undefined, column: {table, name}, values, what, from: 'check', constraint: undefined}]
  })
}

/** What words say to be the rows of a lookup table, each with the rows that it gets. */
export function saidLookups(
  document: SpecDocument,
  operations: readonly Operation[],
): readonly (readonly ValueList[])[] {
  const inserts = ofKind(operations, 'insert')
  return inserts.length === 0
    ? []
    : lookupLists(document).flatMap(({table, values}) => {
        const own = inserts.filter((one) => one.table && formOf(one.table) === formOf(table))
        const column = own.length > 0 ? primaryOf(table, operations) : undefined
        const rows = column ? textsOf(own, table, column) : undefined
        const [first, last] = [values[0], values.at(-1)]
        if (!column || !rows || !first || !last || rows.length < 2) return []
        const list = {name: undefined, column: {table, name: column}, constraint: undefined}
        const said: ValueList = {
          ...list,
          start: first.start,
          end: last.end,
          values,
          what: table.text,
          from: 'document',
        }
        const [start, end] = [rows[0]?.start ?? 0, rows.at(-1)?.end ?? 0]
        return [[said, {...list, start, end, values: rows, what: `the rows of ${table.text}`, from: 'check' as const}]]
      })
}

/** The texts that all rows have in a column; `undefined` where some have another thing, or come from a query. */
function textsOf(
  inserts: readonly OperationOf<'insert'>[],
  table: Name,
  column: Name,
): ValueList['values'] | undefined {
  const values = valuesOf(inserts, table, column).map(({value}) => value)
  const isWhole =
    inserts.every(({rows, statement}) => rows.length > 0 && !statement.template) &&
    values.length === inserts.reduce((sum, {rows}) => sum + rows.length, 0)
  return isWhole && values.every(({text}) => text.startsWith("'"))
    ? values.map((value) => ({...value, text: value.text.slice(1, -1)}))
    : undefined
}

function formOf(table: Name): string {
  return lastPart(table).toLowerCase()
}
