import {type Database, doubt, isKnown, isRefusal, isSure, keysTo, refusal, type Refusal, type Table} from './catalog.ts'
import type {Action} from './changes.ts'
import {columnEntry, constraintEntry, keyEntry, lacks} from './lookup.ts'

type Drop = Extract<Action, {readonly kind: 'drop'}>

/** Constraints before keys before columns: what needs another is gone before it. */
const order: readonly Drop['what'][] = ['foreign', 'check', 'constraint', 'primary', 'key', 'column']

export function dropAll(database: Database, table: Table, actions: readonly Action[]): Table | Refusal {
  let next = table
  const drops = actions
    .filter((action) => action.kind === 'drop')
    .toSorted((a, b) => order.indexOf(a.what) - order.indexOf(b.what))
  for (const drop of drops) {
    const done = drop.what === 'column' ? dropColumn(database, next, drop) : dropOther(database, next, drop)
    if (isRefusal(done)) return done
    next = done
  }
  return next
}

function dropOther(database: Database, table: Table, {what, name, ifExists}: Drop): Table | Refusal {
  const key = name?.key ?? 'PRIMARY'
  const isOf = (kind: Drop['what']): boolean => what === kind || what === 'constraint'
  if (isOf('foreign') && table.foreign.some((one) => one.name === key)) {
    // MariaDB keeps a foreign key that goes by this word while another comes.
    if (what === 'constraint' && database.settings.mariadb) doubt(database, constraintEntry(table.name, key))
    return {...table, foreign: table.foreign.filter((one) => one.name !== key)}
  }
  if (isOf('check') && table.checks.some((one) => one.name === key))
    return {...table, checks: table.checks.filter((one) => one.name !== key)}
  if (/^(?:key|primary|constraint)$/u.test(what) && table.keys.some((one) => one.name === key))
    return {...table, keys: table.keys.filter((one) => one.name !== key)}
  if (ifExists) return table
  // MySQL and MariaDB name a check that has no name in different ways.
  if (isOf('check') && table.checks.some((one) => one.name === '')) {
    doubt(database, `table ${table.name}`)
    return table
  }
  const entries = {
    foreign: constraintEntry(table.name, key),
    check: constraintEntry(table.name, key),
    constraint: constraintEntry(table.name, key),
    key: keyEntry(table.name, key),
    primary: keyEntry(table.name, key),
    column: '',
  }
  if (!isSure(database, table, '')) doubt(database, keyEntry(table.name, key), constraintEntry(table.name, key))
  return (
    lacks(database, table, entries[what], () =>
      refusal(1091, `Can't DROP "${name?.text ?? 'PRIMARY'}"; check that column/key exists`, name),
    ) ?? table
  )
}

function dropColumn(database: Database, table: Table, {name, ifExists}: Drop): Table | Refusal {
  const key = name?.key ?? ''
  const there = table.columns.find((column) => column.name === key)
  if (!there) {
    if (ifExists) return table
    return (
      lacks(database, table, columnEntry(table.name, key), () =>
        refusal(1091, `Can't DROP "${name?.text ?? ''}"; check that column/key exists`, name),
      ) ?? table
    )
  }
  const refused = refusedDrop(database, table, key, name)
  if (refused) return refused
  // MySQL refuses where an expression needs it, unless that is dropped as well.
  if (table.columns.some(({generated}) => ` ${generated.replaceAll(/\W+/gu, ' ')} `.includes(` ${key} `)))
    doubt(database, `table ${table.name}`)
  const checks = table.checks.filter(({columns}) => !columns.includes(key))
  for (const check of table.checks)
    if (!checks.includes(check)) doubt(database, constraintEntry(table.name, check.name || check.text))
  const cut = table.keys.filter(({parts}) => parts.length > 1 && parts.some(({column}) => column === key))
  // MariaDB keeps a unique key whole, and refuses.
  for (const one of cut)
    if (one.kind === 'unique' || one.kind === 'primary') doubt(database, keyEntry(table.name, one.name))
  const keys = table.keys
    .map((one) => ({...one, parts: one.parts.filter(({column}) => column !== key)}))
    .filter(({parts}) => parts.length > 0)
  return {...table, checks, keys, columns: table.columns.filter((column) => column !== there)}
}

function refusedDrop(database: Database, table: Table, key: string, at: Drop['name']): Refusal | undefined {
  const own = table.foreign.find(({columns}) => columns.includes(key))
  if (own) return refusal(1828, `Cannot drop column "${key}": needed in a foreign key constraint "${own.name}"`, at)
  const other = keysTo(database, table.name).find(({key: one}) => one.target.includes(key))
  if (other)
    return refusal(
      1829,
      `Cannot drop column "${key}": needed in a foreign key constraint "${other.key.name}" of table "${other.from.name}"`,
      at,
    )
  const check = table.checks.find(({columns}) => columns.length > 1 && columns.includes(key))
  if (check && isKnown(database, table, constraintEntry(table.name, check.name)))
    return refusal(
      3959,
      `Check constraint "${check.name || check.text}" uses column "${key}", hence column cannot be dropped or renamed`,
      at,
    )
  return undefined
}
