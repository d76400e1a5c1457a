import {lastPart} from '../../sql/implicit.ts'
import {
  type Database,
  doubt,
  type ForeignKey,
  isKnown,
  isRefusal,
  isSure,
  type Key,
  keysTo,
  refusal,
  type Refusal,
  servesKey,
  type Table,
} from './catalog.ts'
import type {ReferenceElement} from './changes.ts'
import {columnEntry, constraintEntry, findTable, freeName, keyEntry, lacks} from './lookup.ts'
import {mayRefer} from './types.ts'

/** A table with another foreign key, and with the index that InnoDB makes for it where none serves. */
export function addReference(database: Database, table: Table, element: ReferenceElement): Table | Refusal {
  if (element.inline && !database.settings.mariadb) return table
  const columns = element.columns.map(({key}) => key)
  for (const at of element.columns) {
    if (table.columns.some(({name}) => name === at.key)) continue
    const refused = lacks(database, table, columnEntry(table.name, at.key), () =>
      refusal(1072, `Key column "${at.text}" doesn't exist in table`, at),
    )
    if (refused) return refused
  }
  const name = element.name?.key ?? generatedName(table)
  const key: ForeignKey = {
    name,
    columns,
    table: lastPart(element.table),
    target: element.target.map((one) => one.key),
    onDelete: element.onDelete,
    onUpdate: element.onUpdate,
  }
  const refused = refusedReference(database, table, key, element)
  if (refused) return refused
  const isServed = table.keys.some((one) => servesKey(one, columns))
  const own = element.name?.key ?? element.index?.key ?? freeName(table, columns[0] ?? '')
  const implicit: Key = {
    name: own,
    kind: 'index',
    parts: columns.map((column) => ({column, text: column})),
    implicit: true,
  }
  // In a table that isn't known as a whole another key may serve.
  if (!isServed && !isSure(database, table, keyEntry(table.name, own))) doubt(database, keyEntry(table.name, own))
  // Which of two indexes that were made for foreign keys stays hangs on the server.
  const serving = table.keys.filter((one) => servesKey(one, columns))
  if (serving.length > 0 && serving.every((one) => one.implicit && one.name !== own))
    doubt(database, keyEntry(table.name, own), ...serving.map((one) => keyEntry(table.name, one.name)))
  const keys = isServed ? table.keys : [...table.keys.filter((one) => one.name !== own), implicit]
  return {...table, keys, foreign: [...table.foreign.filter((one) => one.name !== name), key]}
}

function generatedName({name, foreign}: Table): string {
  const start = `${name}_ibfk_`
  const numbers = foreign.flatMap((key) => (key.name.startsWith(start) ? Number(key.name.slice(start.length)) : []))
  return `${start}${Math.max(0, ...numbers.filter((number) => Number.isInteger(number))) + 1}`
}

function refusedReference(
  database: Database,
  table: Table,
  key: ForeignKey,
  element: ReferenceElement,
): Refusal | undefined {
  const at = element.name ?? element.table
  const own = table.foreign.some(({name}) => name === key.name)
  if (own && isKnown(database, table, constraintEntry(table.name, key.name)))
    return refusal(1826, `Duplicate foreign key constraint name "${key.name}"`, at)
  if (own) doubt(database, constraintEntry(table.name, key.name))
  const elsewhere = database.tables.get(database.foreignNames.get(key.name) ?? '')
  if (
    elsewhere &&
    elsewhere.name !== table.name &&
    isKnown(database, elsewhere, constraintEntry(elsewhere.name, key.name))
  )
    return refusal(1826, `Duplicate foreign key constraint name "${key.name}"`, at)
  const column = table.columns.find(({name, nullable}) => key.columns.includes(name) && !nullable)
  if (column && !column.guessed && (key.onDelete === 'SET NULL' || key.onUpdate === 'SET NULL'))
    return refusal(
      1830,
      `Column "${column.name}" cannot be NOT NULL: needed in a foreign key constraint "${key.name}" SET NULL`,
      element.columns.find((one) => one.key === column.name),
    )
  if (!database.checked) {
    if (!database.tables.has(key.table)) doubt(database, constraintEntry(table.name, key.name))
    return undefined
  }
  const found = key.table === table.name ? ({kind: 'table', table} as const) : findTable(database, element.table)
  if (found.kind === 'unknown') return undefined
  if (isRefusal(found))
    return refusal(1824, `Failed to open the referenced table "${element.table.text}"`, element.table)
  return refusedTarget(database, found.table, table, key, element)
}

function refusedTarget(
  database: Database,
  parent: Table,
  child: Table,
  key: ForeignKey,
  {target, table}: ReferenceElement,
): Refusal | undefined {
  const primary = parent.keys.find(({kind}) => kind === 'primary')
  const columns = key.target.length > 0 ? key.target : (primary?.parts ?? []).map(({column}) => column)
  for (const [index, name] of columns.entries()) {
    const there = parent.columns.find((column) => column.name === name)
    const from = child.columns.find((column) => column.name === key.columns[index])
    const at = target[index] ?? table
    if (!there) {
      const refused = lacks(database, parent, columnEntry(parent.name, name), () =>
        refusal(
          3734,
          `Failed to add the foreign key constraint. Missing column "${name}" for constraint "${key.name}" in the referenced table "${parent.name}"`,
          at,
        ),
      )
      if (refused) return refused
    } else if (from && !there.guessed && !from.guessed && !mayRefer(from.type, there.type))
      return refusal(
        3780,
        `Referencing column "${from.name}" (${from.type}) and referenced column "${name}" (${there.type}) in foreign key constraint "${key.name}" are incompatible`,
        at,
      )
  }
  // A key that leads to its own columns is served by the index that is made for it.
  const isOwn = parent.name === child.name && columns.join() === key.columns.join()
  const isServed = isOwn || (columns.length > 0 && parent.keys.some((one) => servesKey(one, columns)))
  return isServed || !isSure(database, parent, keyEntry(parent.name, columns[0] ?? ''))
    ? undefined
    : refusal(
        1822,
        `Failed to add the foreign key constraint. Missing index for constraint "${key.name}" in the referenced table "${parent.name}"`,
        table,
      )
}

/** A foreign key, of the table or of another, that the loss of a key leaves without one that serves it. */
export function unserved(database: Database, table: Table, was: Table): string | undefined {
  const own = table.foreign.find(
    ({columns}) => isServedBy(was, columns) && !isServedBy(table, columns) && hasAll(table, columns),
  )
  if (own) return own.name
  return keysTo(database, table.name).find(
    ({key}) => key.target.length > 0 && isServedBy(was, key.target) && !isServedBy(table, key.target),
  )?.key.name
}

function isServedBy({keys}: Table, columns: readonly string[]): boolean {
  return keys.some((key) => servesKey(key, columns))
}

function hasAll({columns}: Table, names: readonly string[]): boolean {
  return names.every((name) => columns.some((column) => column.name === name))
}
