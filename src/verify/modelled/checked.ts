import {type Database, isSure, keysTo, refusal, type Refusal, type Table} from './catalog.ts'
import type {Action} from './changes.ts'
import {unserved} from './references.ts'
import {mayRefer} from './types.ts'

/** What has to hold of the whole table afterwards. */
export function checkedAs(database: Database, table: Table, was: Table, actions: readonly Action[]): Table | Refusal {
  const at = actions.flatMap((action) => (action.kind === 'drop' ? (action.name ?? []) : []))[0]
  if (isSure(database, table, '')) {
    const auto = table.columns.filter((column) => column.auto)
    const isKeyed = auto.every(({name}) => table.keys.some(({parts}) => parts[0]?.column === name))
    if (auto.length > 1 || !isKeyed) {
      const named = actions.find((action) => action.kind === 'column' && action.column.auto)
      return refusal(
        1075,
        'Incorrect table definition; there can be only one auto column and it must be defined as a key',
        named?.kind === 'column' ? named.name : at,
      )
    }
    if (table.columns.length === 0)
      return refusal(1090, "You can't delete all columns with ALTER TABLE; use DROP TABLE instead", at)
    const foreign = unserved(database, table, was)
    const dropped = was.keys.find(({name}) => !table.keys.some((key) => key.name === name))
    if (foreign !== undefined && dropped)
      return refusal(1553, `Cannot drop index "${dropped.name}": needed in a foreign key constraint`, at)
  }
  return refusedType(database, table, was, actions) ?? table
}

/** A column that a foreign key goes from or leads to keeps its type. */
function refusedType(database: Database, table: Table, was: Table, actions: readonly Action[]): Refusal | undefined {
  if (!database.checked) return undefined
  for (const action of actions) {
    if (action.kind !== 'change') continue
    const old = was.columns.find(({name}) => name === action.from.key)
    if (!old || old.guessed || mayRefer(old.type, action.to.column.type)) continue
    const own = table.foreign.find((key) => key.columns.includes(action.to.column.name))
    if (own)
      return refusal(
        1832,
        `Cannot change column "${action.from.text}": used in a foreign key constraint "${own.name}"`,
        action.from,
      )
    const other = keysTo(database, table.name).find(({key}) => key.target.includes(action.to.column.name))
    if (other)
      return refusal(
        1833,
        `Cannot change column "${action.from.text}": used in a foreign key constraint "${other.key.name}" of table "${other.from.name}"`,
        action.from,
      )
  }
  return undefined
}
