import {type Column, type Database, doubt, isKnown, keysTo, refusal, type Refusal, type Table} from './catalog.ts'
import type {Action} from './changes.ts'
import {columnEntry, constraintEntry, lacks} from './lookup.ts'
import {placed, withCharset} from './placed.ts'

/** A table after what CHANGE, MODIFY and RENAME COLUMN make of its columns. */
export function changeColumns(database: Database, table: Table, actions: readonly Action[]): Table | Refusal {
  const renamed = new Map<string, string>()
  let columns = table.columns
  for (const action of actions) {
    if (action.kind !== 'change' && action.kind !== 'rename-column') continue
    const {from} = action
    const there = table.columns.find(({name}) => name === from.key)
    const to = action.kind === 'change' ? action.to.column.name : action.to.key
    if (!there) {
      if (action.kind === 'change' && action.ifExists) continue
      // Of what one statement does twice to a column, servers make different things.
      if (actions.some((other) => other.kind === 'column' && [from.key, to].includes(other.name.key))) {
        doubt(database, `table ${table.name}`)
        continue
      }
      const refused = lacks(database, table, columnEntry(table.name, from.key), () =>
        refusal(1054, `Unknown column "${from.text}" in "${table.name}"`, from),
      )
      if (refused) return refused
      doubt(database, columnEntry(table.name, to))
    }
    if (to !== from.key) {
      if (there) renamed.set(from.key, to)
      if (database.doubts.has(columnEntry(table.name, from.key))) doubt(database, columnEntry(table.name, to))
    }
    if (!there) continue
    const next: Column =
      action.kind === 'change'
        ? {...withCharset(action.to.column, table), values: there.values, guessed: false}
        : {...there, name: to}
    columns = columns.map((column) => (column === there ? next : column))
    if (action.kind === 'change') columns = placed(columns, next, action.to.place)
  }
  const names = columns.map(({name}) => name)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice !== undefined) {
    if (
      isKnown(database, table, columnEntry(table.name, twice)) &&
      !columns.some((one) => one.name === twice && one.guessed)
    )
      return refusal(1060, `Duplicate column name "${twice}"`)
    doubt(database, `table ${table.name}`)
  }
  return renamed.size === 0 ? {...table, columns} : withNewNames(database, {...table, columns}, renamed)
}

/** Keys, foreign keys and those of other tables follow a column to its new name. */
function withNewNames(database: Database, table: Table, renamed: ReadonlyMap<string, string>): Table {
  const name = (old: string): string => renamed.get(old) ?? old
  for (const {from, key: one} of keysTo(database, table.name)) {
    if (!database.checked) doubt(database, constraintEntry(from.name, one.name))
    database.tables.set(from.name, {
      ...from,
      foreign: from.foreign.map((key) => (key.table === table.name ? {...key, target: key.target.map(name)} : key)),
    })
  }
  // What a check says of a column that has another name now isn't rewritten here.
  if (table.checks.some(({columns}) => columns.some((column) => renamed.has(column))))
    for (const check of table.checks) doubt(database, constraintEntry(table.name, check.name || check.text))
  return {
    ...table,
    keys: table.keys.map((key) => ({
      ...key,
      parts: key.parts.map(({column, text}) =>
        column === '' ? {column, text} : {column: name(column), text: `${name(column)}${text.slice(column.length)}`},
      ),
    })),
    foreign: table.foreign.map((key) => ({
      ...key,
      columns: key.columns.map(name),
      target: key.table === table.name ? key.target.map(name) : key.target,
    })),
  }
}
