import {lastPart} from '../../sql/implicit.ts'
import type {Name} from '../../sql/model.ts'
import {
  type Database,
  doubt,
  isKnown,
  isRefusal,
  keysTo,
  refusal,
  type Refusal,
  removeTable,
  setTable,
  type Table,
} from './catalog.ts'
import type {Change} from './changes.ts'
import {constraintEntry, findTable} from './lookup.ts'

type Of<K extends Change['kind']> = Extract<Change, {readonly kind: K}>

export function dropTables(database: Database, {tables, ifExists}: Of<'drop-tables'>): Refusal | undefined {
  const names = tables.map(lastPart)
  for (const at of tables) {
    const found = findTable(database, at, 1051)
    if (isRefusal(found) && !ifExists) return found
    if (found.kind === 'unknown') doubt(database, `table ${lastPart(at)}`)
    if (found.kind !== 'table' || !database.checked) continue
    const child = keysTo(database, found.table.name).find(({from}) => !names.includes(from.name))
    if (child && isKnown(database, child.from, constraintEntry(child.from.name, child.key.name)))
      return refusal(
        3730,
        `Cannot drop table "${at.text}" referenced by a foreign key constraint "${child.key.name}" on table "${child.from.name}"`,
        at,
      )
  }
  for (const name of names) {
    removeTable(database, name)
    for (const [key, {table}] of database.things) if (table === name) database.things.delete(key)
  }
  return undefined
}

export function renameTables(database: Database, {pairs}: Of<'rename-tables'>): Refusal | undefined {
  for (const {from, to} of pairs) {
    if (
      lastPart(from) === lastPart(to) &&
      pairs.length === 1 &&
      from.text === to.text &&
      database.tables.has(lastPart(from))
    )
      return refusal(1050, `Table "${to.text}" already exists`, to)
    const found = findTable(database, from)
    if (isRefusal(found)) return found
    if (found.kind === 'unknown') doubt(database, `table ${lastPart(from)}`, `table ${lastPart(to)}`)
    else {
      const refused = rename(database, found.table, to)
      if (refused) return refused
    }
  }
  return undefined
}

/** Foreign keys, triggers and names that MySQL made follow a table to its new name. */
export function rename(database: Database, table: Table, to: Name): Refusal | undefined {
  const [old, name] = [table.name, lastPart(to)]
  if (old === name) return undefined
  const there = database.tables.get(name)
  if (there && isKnown(database, there, '')) return refusal(1050, `Table "${to.text}" already exists`, to)
  for (const entry of database.doubts)
    if (entry === `table ${old}` || entry.includes(` ${old}.`)) doubt(database, `table ${name}`)
  if (!table.open && database.settings.derived.has(name)) doubt(database, `table ${name}`)
  const start = `${old}_ibfk_`
  const children = keysTo(database, old).map(({from}) => from)
  removeTable(database, old)
  setTable(database, {
    ...table,
    name,
    foreign: table.foreign.map((key) => ({
      ...key,
      table: key.table === old ? name : key.table,
      name: key.name.startsWith(start) ? `${name}_ibfk_${key.name.slice(start.length)}` : key.name,
    })),
  })
  for (const child of new Set(children))
    setTable(database, {
      ...child,
      foreign: child.foreign.map((key) => (key.table === old ? {...key, table: name} : key)),
    })
  for (const [key, thing] of database.things) if (thing.table === old) database.things.set(key, {...thing, table: name})
  return undefined
}
