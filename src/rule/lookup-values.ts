/** The values that a column may have because its key leads to a table whose rows the document writes. */
import type {Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {ValueList} from './enums.ts'
import {primaryOf, rowKeys, valuesOf} from './row-order.ts'
import {ofKind, ofTable} from './schema.ts'

/** Of tables that the migration makes: others may have more rows, and so may those that a query fills. */
export function lookupValues(schema: SchemaFacts, operations: readonly Operation[]): readonly ValueList[] {
  const inserts = ofKind(operations, 'insert')
  const made = ofKind(operations, 'create-table')
  if (inserts.length === 0 || made.length === 0) return []
  return rowKeys(schema, operations).flatMap(({table, key}): readonly ValueList[] => {
    const [name, ...more] = key.columns
    const [lookup] = ofTable(made, key.table)
    const target = key.target[0] ?? primaryOf(key.table, operations)
    if (!name || more.length > 0 || !lookup || !target || table.hole) return []
    const own = inserts.filter((one) => one.table && ofTable([lookup], one.table).length > 0)
    const values = valuesOf(own, key.table, target).map(({value}) => ({...value, text: value.text.slice(1, -1)}))
    const isWhole = own.every(({rows}) => rows.length > 0) && values.length === own.flatMap(({rows}) => rows).length
    const isFilled = ofKind(operations, 'copy').some((one) => one.table && ofTable([lookup], one.table).length > 0)
    if (!isWhole || isFilled || !own.every(({statement}) => !statement.template)) return []
    if (!valuesOf(own, key.table, target).every(({value}) => value.text.startsWith("'"))) return []
    const {start, end} = lookup
    const what = `the rows of ${lookup.table.text}`
    return [{start, end, name: undefined, column: {table, name}, values, what, from: 'check', constraint: undefined}]
  })
}
