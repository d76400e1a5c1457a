/** Whether a document says "required" of what is NOT NULL. */
import type {Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {columnForm, columnOf} from './creations.ts'
import {ofKind, ofTable} from './schema.ts'

/** At least this many columns of new tables say of NULL what the SQL says, and none says otherwise. */
const fewestAlike = 6

export function isRequiredNotNull({tables}: SchemaFacts, forward: readonly Operation[]): boolean {
  const made = ofKind(forward, 'create-table')
  const pairs = tables
    .filter(({part, source}) => part === 'all' && source === 'attributeList')
    .flatMap(({name, columns}) => {
      const [table] = ofTable(made, name)
      const keys = table?.constraints.flatMap((one) => (one.kind === 'primary' ? one.columns : [])) ?? []
      return columns.flatMap((column) => {
        const actual = table && columnOf(column, table.columns)
        const isKey = keys.some((key) => columnForm(key) === columnForm(column.name))
        return actual && column.nullable !== undefined && !isKey && !actual.generated
          ? [column.nullable === (actual.nullable !== false)]
          : []
      })
    })
  return pairs.length >= fewestAlike && pairs.every(Boolean)
}
