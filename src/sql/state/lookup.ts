import {lastPart} from '../implicit.ts'
import type {ColumnFact, Name} from '../model.ts'
import type {SchemaState, TableState} from './model.ts'

/** A name as states compare it: case never tells two objects apart. */
export function stateKey({key}: Pick<Name, 'key'>): string {
  return key.toLowerCase()
}

/** The key under which a map has a name: a schema counts only where both give one. */
export function keyIn(map: ReadonlyMap<string, unknown> | ReadonlySet<string>, name: Name): string | undefined {
  const key = stateKey(name)
  if (map.has(key)) return key
  const last = lastPart(name).toLowerCase()
  if (key !== last) return map.has(last) ? last : undefined
  const ending = `.${last}`
  for (const one of map.keys()) if (one.endsWith(ending)) return one
  return undefined
}

export function tableIn({tables}: Pick<SchemaState, 'tables'>, name: Name): TableState | undefined {
  const key = keyIn(tables, name)
  return key === undefined ? undefined : tables.get(key)
}

export function columnIn({columns}: Pick<TableState, 'columns'>, name: Name): ColumnFact | undefined {
  const last = lastPart(name).toLowerCase()
  return columns.find((one) => lastPart(one.name).toLowerCase() === last)
}

/** Schemas and tables that every server has. */
const servers = /^(?:information_schema|pg_\w+|mysql|performance_schema|sys|sqlite_\w+|inserted|deleted)$/u

/** Whether a table of this name may be there all the same: what could not be read names it, or it is of another schema. */
export function mayBeThere(state: SchemaState, name: Name): boolean {
  const key = stateKey(name)
  const parts = key.split('.')
  const last = parts.at(-1) ?? key
  if (name.hole || last === '' || keyIn(state.others, name) !== undefined) return true
  if (parts.some((part) => servers.test(part)) || /^[#@]/u.test(last) || state.unread.has(last)) return true
  if (parts.length < 2) return false
  // A schema of which the files say nothing.
  const prefix = `${parts.slice(0, -1).join('.')}.`
  return ![...state.tables.keys()].some((one) => one.startsWith(prefix))
}
