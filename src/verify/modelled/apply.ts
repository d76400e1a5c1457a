import {capital} from '../../document/words.ts'
import {lastPart} from '../../sql/implicit.ts'
import type {Name} from '../../sql/model.ts'
import {altered, mostColumns} from './alter.ts'
import {
  type Column,
  type Database,
  doubt,
  isRefusal,
  isSure,
  keysTo,
  refusal,
  type Refusal,
  setTable,
  type Table,
} from './catalog.ts'
import type {Change} from './changes.ts'
import {addElement} from './keys.ts'
import {columnEntry, findTable, isThere, lacks} from './lookup.ts'
import {withCharset} from './placed.ts'
import {dropTables, rename, renameTables} from './tables.ts'

type Of<K extends Change['kind']> = Extract<Change, {readonly kind: K}>

/** Applies what a statement does; a refusal leaves the database as it was. */
export function applyChange(database: Database, change: Change): Refusal | undefined {
  switch (change.kind) {
    case 'create-table':
      return createTable(database, change)
    case 'drop-tables':
      return dropTables(database, change)
    case 'rename-tables':
      return renameTables(database, change)
    case 'alter':
      return alterTable(database, change)
    case 'create-thing':
    case 'drop-thing':
      return changeThing(database, change)
    case 'write':
      return write(database, change)
    case 'checks':
      database.checked = change.on
      return undefined
    case 'unknown':
      doubt(database, change.table ? `table ${lastPart(change.table)}` : 'all')
      return undefined
    case 'call':
      call(database, change)
      return undefined
    case 'refused':
      return change.refusal
    default:
      return undefined
  }
}

function createTable(database: Database, change: Of<'create-table'>): Refusal | undefined {
  const {table: at, ifNotExists, replaces, temporary, elements, options, like, selects} = change
  const name = lastPart(at)
  // It hides a table of that name, and goes with the session.
  if (temporary) {
    doubt(database, `table ${name}`)
    return undefined
  }
  const there = database.tables.get(name)
  if (there && !replaces) {
    if (ifNotExists) return undefined
    if (isSure(database, there, '')) return refusal(1050, `Table "${at.text}" already exists`, at)
    doubt(database, `table ${name}`)
  } else if (ifNotExists && isThere(database, name) && database.settings.open && database.doubts.has(`table ${name}`))
    return undefined
  const made = like ? likeTable(database, name, like) : newTable(database, name, change)
  if (made === undefined) {
    doubt(database, `table ${name}`)
    return undefined
  }
  if (isRefusal(made)) return made
  let table: Table = {...made, open: selects, ...(like ? {} : {engine: options.engine ?? 'innodb'})}
  const references = elements.filter(({kind}) => kind === 'reference')
  for (const element of [...elements.filter(({kind}) => kind !== 'reference'), ...references]) {
    const next = addElement(database, table, element)
    if (isRefusal(next)) return next
    table = next
  }
  const auto = table.columns.filter((column) => column.auto)
  if (auto.length > 1 || auto.some((one) => !table.keys.some(({parts}) => parts[0]?.column === one.name)))
    return refusal(
      1075,
      'Incorrect table definition; there can be only one auto column and it must be defined as a key',
      change.columns.find(({column}) => column.auto)?.name,
    )
  if (database.settings.derived.has(name)) doubt(database, `table ${name}`)
  setTable(database, table)
  return undefined
}

function newTable(
  database: Database,
  name: string,
  {columns, options, table: at}: Of<'create-table'>,
): Table | Refusal {
  const charset = options.charset ?? ''
  const collation = options.collation ?? ''
  if (columns.length > mostColumns) return refusal(1117, 'Too many columns', at)
  const names = new Set<string>()
  const all: Column[] = []
  for (const {name: own, column} of columns) {
    if (names.has(column.name)) return refusal(1060, `Duplicate column name "${own.text}"`, own)
    const isLarge = /(?:text|blob)$|^json$/u.test(column.type)
    if (isLarge && !database.settings.mariadb && /^(?!null$)[^(\s]+$/u.test(column.value))
      return refusal(1101, `BLOB, TEXT, GEOMETRY or JSON column "${own.text}" can't have a default value`, own)
    names.add(column.name)
    all.push(withCharset(column, {charset, collation}))
  }
  return {
    name,
    columns: all,
    keys: [],
    foreign: [],
    checks: [],
    engine: 'innodb',
    charset,
    collation,
    open: false,
    rows: 'none',
  }
}

/** Columns and keys are copied, foreign keys and rows are not. */
function likeTable(database: Database, name: string, like: Name): Table | Refusal | undefined {
  const found = findTable(database, like)
  if (isRefusal(found)) return found
  if (found.kind === 'unknown' || found.table.open) return undefined
  for (const entry of database.doubts)
    if (entry.includes(` ${found.table.name}.`)) doubt(database, entry.replace(` ${found.table.name}.`, ` ${name}.`))
  const columns = found.table.columns.map((column): Column => ({...column, values: 'new'}))
  return {...found.table, name, columns, foreign: [], rows: 'none'}
}

function alterTable(database: Database, {table: at, actions, ifExists}: Of<'alter'>): Refusal | undefined {
  const found = findTable(database, at)
  if (isRefusal(found)) return ifExists ? undefined : found
  if (found.kind === 'unknown') {
    doubt(database, `table ${lastPart(at)}`)
    return undefined
  }
  const to = actions.findLast((action) => action.kind === 'rename')
  // A foreign key beside a new name may lead to the old one.
  if (to && actions.some(({kind}) => kind === 'reference')) doubt(database, 'all')
  const table = altered(database, found.table, actions)
  if (isRefusal(table)) return table
  setTable(database, table)
  return to?.kind === 'rename' ? rename(database, table, to.to) : undefined
}

const refusals: Readonly<Record<string, readonly [there: number, missing: number]>> = {
  view: [1050, 1051],
  trigger: [1359, 1360],
  procedure: [1304, 1305],
  function: [1304, 1305],
  event: [1537, 1539],
}

function changeThing(database: Database, change: Of<'create-thing' | 'drop-thing'>): Refusal | undefined {
  const {what, name, table, definition, lenient, kind} = change
  const key = `${what} ${lastPart(name)}`
  const isKnown = database.things.has(key)
  const isOpen = database.doubts.has('all') || database.doubts.has(key) || database.settings.open
  const [there = 0, missing = 0] = refusals[what] ?? []
  if (kind === 'drop-thing') {
    if (!isKnown && !lenient && !isOpen) return refusal(missing, `${capital(what)} "${name.text}" doesn't exist`, name)
    if (!isKnown && isOpen) doubt(database, key)
    database.things.delete(key)
    return undefined
  }
  if (isKnown && !lenient) {
    if (!isOpen || !database.doubts.has(key))
      return refusal(there, `${capital(what)} "${name.text}" already exists`, name)
  }
  if (table) {
    const found = findTable(database, table)
    if (isRefusal(found)) return found
  }
  if (lenient && isOpen && !isKnown) doubt(database, key)
  database.things.set(key, {kind: what, name: lastPart(name), table: table ? lastPart(table) : '', definition})
  return undefined
}

/** What a procedure does isn't followed. One whose body is there does it to tables that it names, and to those that it is given. */
function call(database: Database, {name, strings}: Of<'call'>): void {
  const body = database.things.get(`procedure ${lastPart(name)}`)?.definition
  const words = new Set(body?.match(/[\p{L}_][\p{L}\p{N}_$]*/gu))
  const isOpen = body === undefined || words.has('cursor')
  doubt(database, ...(isOpen ? ['all'] : [...words, ...strings].map((one) => `table ${one}`)))
}

function write(database: Database, {verb, table: at, columns, whole}: Of<'write'>): Refusal | undefined {
  if (at.key === '') {
    for (const table of database.tables.values()) database.tables.set(table.name, {...table, rows: 'unknown'})
    return undefined
  }
  const found = findTable(database, at)
  if (isRefusal(found)) return found
  if (found.kind === 'unknown') return undefined
  const {table} = found
  for (const column of columns) {
    if (column.key.includes('.') || table.columns.some(({name}) => name === column.key)) continue
    const refused = lacks(database, table, columnEntry(table.name, column.key), () =>
      refusal(1054, `Unknown column "${column.text}" in "field list"`, column),
    )
    if (refused) return refused
  }
  const child = verb === 'truncate' && database.checked ? keysTo(database, table.name)[0] : undefined
  if (child)
    return refusal(1701, `Cannot truncate a table referenced in a foreign key constraint ("${child.key.name}")`, at)
  const set = new Set(columns.map(({key}) => lastPart({...at, key})))
  database.tables.set(table.name, {
    ...table,
    rows: verb === 'update' ? table.rows : whole ? 'none' : 'unknown',
    columns:
      verb === 'update'
        ? table.columns.map((column) => (set.has(column.name) ? {...column, values: 'unknown'} : column))
        : table.columns,
  })
  return undefined
}
