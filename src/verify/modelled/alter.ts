import {
  type Column,
  type Database,
  doubt,
  isRefusal,
  isKnown,
  isSure,
  refusal,
  type Refusal,
  type Table,
} from './catalog.ts'
import type {Action, TableOptions} from './changes.ts'
import {isText} from './columns.ts'
import {dropAll} from './drops.ts'
import {changeColumns} from './changed.ts'
import {checkedAs} from './checked.ts'
import {addElement} from './keys.ts'
import {placed, withCharset} from './placed.ts'
import {columnEntry, keyEntry, lacks} from './lookup.ts'

type Of<K extends Action['kind']> = Extract<Action, {readonly kind: K}>

/** InnoDB has no more. */
export const mostColumns = 1017

/** No column of a primary key is ever NULL. */
function withFilledKey(table: Table): Table {
  const parts = table.keys.find(({kind}) => kind === 'primary')?.parts ?? []
  const isIn = ({name, nullable}: Column): boolean => nullable && parts.some(({column}) => column === name)
  return table.columns.some(isIn)
    ? {...table, columns: table.columns.map((column) => (isIn(column) ? {...column, nullable: false} : column))}
    : table
}

/** A table after the actions of one ALTER TABLE, all or none of them; MySQL drops first, changes columns, then adds. */
export function altered(database: Database, was: Table, actions: readonly Action[]): Table | Refusal {
  const steps = [setOptions, dropAll, changeColumns, addColumns, addElements, finish]
  // Keys stay with a column that is dropped and added under its name at once.
  const added = new Set(actions.flatMap((action) => (action.kind === 'column' ? action.name.key : [])))
  if (actions.some((action) => action.kind === 'drop' && action.what === 'column' && added.has(action.name?.key ?? '')))
    doubt(database, `table ${was.name}`)
  let table = was
  for (const step of steps) {
    const next = step(database, table, actions)
    if (isRefusal(next)) return next
    table = next
  }
  return checkedAs(database, withFilledKey(table), was, actions)
}

function addColumns(database: Database, table: Table, actions: readonly Action[]): Table | Refusal {
  let columns = table.columns
  for (const action of actions) {
    if (action.kind !== 'column') continue
    const {name, place, ifNotExists} = action
    const entry = columnEntry(table.name, name.key)
    const there = columns.find((column) => column.name === name.key)
    if (there) {
      if (ifNotExists) continue
      if (isKnown(database, table, entry) && !there.guessed)
        return refusal(1060, `Duplicate column name "${name.text}"`, name)
      doubt(database, entry)
      columns = columns.filter((column) => column.name !== name.key)
    } else if (ifNotExists && !isSure(database, table, entry)) doubt(database, entry)
    if (columns.length >= mostColumns) return refusal(1117, 'Too many columns', name)
    if (place !== undefined && place !== 'first' && !columns.some((column) => column.name === place.key)) {
      const refused = lacks(database, table, columnEntry(table.name, place.key), () =>
        refusal(1054, `Unknown column "${place.text}" in "${table.name}"`, place),
      )
      if (refused) return refused
    }
    const column = withCharset(action.column, table)
    columns = placed([...columns, column], column, place)
  }
  return {...table, columns}
}

function addElements(database: Database, table: Table, actions: readonly Action[]): Table | Refusal {
  let next = table
  // Keys first: a foreign key takes one of them before it makes its own.
  const ranks = {key: 0, check: 1, reference: 2}
  const elements = actions
    .flatMap((action) =>
      action.kind === 'key' || action.kind === 'check' || action.kind === 'reference' ? action : [],
    )
    .toSorted((a, b) => ranks[a.kind] - ranks[b.kind])
  for (const element of elements) {
    const added = addElement(database, next, element)
    if (isRefusal(added)) return added
    next = added
  }
  return next
}

function setOptions(database: Database, table: Table, actions: readonly Action[]): Table {
  return actions.reduce(
    (next, action) => (action.kind === 'options' ? withOptions(database, next, action.options) : next),
    table,
  )
}

/** Defaults and names of keys. */
function finish(database: Database, table: Table, actions: readonly Action[]): Table | Refusal {
  let next = table
  for (const action of actions) {
    const done =
      action.kind === 'default'
        ? withDefault(database, next, action)
        : action.kind === 'rename-key'
          ? withKeyName(database, next, action)
          : next
    if (isRefusal(done)) return done
    next = done
  }
  return next
}

function withDefault(database: Database, table: Table, {column, value}: Of<'default'>): Table | Refusal {
  const entry = columnEntry(table.name, column.key)
  const there = table.columns.find(({name}) => name === column.key)
  if (!there)
    return (
      lacks(database, table, entry, () =>
        refusal(1054, `Unknown column "${column.text}" in "${table.name}"`, column),
      ) ?? table
    )
  if (there.auto) doubt(database, entry)
  const said = value?.(there.type) ?? ''
  const next = {...there, value: said === 'null' ? '' : said}
  return {...table, columns: table.columns.map((one) => (one === there ? next : one))}
}

function withKeyName(database: Database, table: Table, {from, to}: Of<'rename-key'>): Table | Refusal {
  const there = table.keys.find(({name}) => name === from.key)
  if (!there) {
    doubt(database, ...(table.open ? [keyEntry(table.name, to.key)] : []))
    return (
      lacks(database, table, keyEntry(table.name, from.key), () =>
        refusal(1176, `Key "${from.text}" doesn't exist in table "${table.name}"`, from),
      ) ?? table
    )
  }
  if (from.key !== to.key && table.keys.some(({name}) => name === to.key)) {
    if (isKnown(database, table, keyEntry(table.name, to.key)))
      return refusal(1061, `Duplicate key name "${to.text}"`, to)
    doubt(database, keyEntry(table.name, to.key))
  }
  return {...table, keys: table.keys.map((key) => (key === there ? {...key, name: to.key, implicit: false} : key))}
}

function withOptions(database: Database, table: Table, options: TableOptions): Table {
  const {engine = table.engine, convert} = options
  const charset = options.charset ?? table.charset
  // A character set without a collation brings its own, which the versions of MySQL see differently.
  const collation = options.collation ?? (options.charset === undefined ? table.collation : '')
  if (table.open && (options.charset !== undefined || options.collation !== undefined || options.engine !== undefined))
    doubt(database, `table ${table.name}`)
  const columns = convert
    ? table.columns.map((column) => (isText(column.type) ? {...column, charset, collation} : column))
    : table.columns
  return {...table, engine, charset, collation, columns}
}
