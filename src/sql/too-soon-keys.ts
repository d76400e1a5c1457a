/** By what the operations of a script are looked up when one of them may come too soon: all that can matter, and few others. */
import {lastPart} from './implicit.ts'
import type {ConstraintFact, Name, Operation} from './model.ts'
import {askedKeys, nameKeys} from './named.ts'
import {columnsNeeded, tablesRead} from './needed.ts'
import {calledBy, calledName} from './calls.ts'
import {extensionsUsed} from './extensions.ts'
import {leadsTo, schemaKeys, typeKeys} from './order.ts'
import {constraintsOf} from './parts.ts'
import {tableOf} from './undoes.ts'

/** What an operation makes, as the one that made it before, or took it away, is looked for. */
export function askedThere(later: Operation): readonly string[] {
  switch (later.kind) {
    case 'create-table':
      return words('table', askedKeys(later.table))
    case 'add-column':
      return [...words('new', askedKeys(later.table)), ...ofColumns(askedKeys(later.table), [later.column.name])]
    case 'rename-column':
      return [...words('new', askedKeys(later.table)), ...ofColumns(askedKeys(later.table), [later.to])]
    case 'add-constraint':
    case 'create-index': {
      const table = tableOf(later)
      return table ? ['unmade', ...words('unmade', askedKeys(table)), ...keysMade(later, askedKeys(table))] : []
    }
    case 'create-enum':
    case 'create-object':
      return words('object', askedKeys(later.name))
    default:
      return []
  }
}

/** What was there before, as an operation drops it or gives it another name. */
export function thereKeys(one: Operation): readonly string[] {
  switch (one.kind) {
    case 'drop-table':
      return words('table', nameKeys(one.table))
    case 'rename-table':
      return [...words('table', [...nameKeys(one.table), ...nameKeys(one.to)]), ...words('new', nameKeys(one.to))]
    case 'drop-column':
      return ofColumns(nameKeys(one.table), [one.column])
    case 'rename-column':
      return ofColumns(nameKeys(one.table), [one.column, one.to])
    case 'drop-constraint':
      return words('unmade', nameKeys(one.table))
    case 'drop-index':
      return one.table ? words('unmade', nameKeys(one.table)) : ['unmade']
    case 'drop-object':
    case 'alter-object':
      return words('object', nameKeys(one.name))
    default:
      return []
  }
}

/** What an operation makes. */
export function madeKeys(one: Operation): readonly string[] {
  switch (one.kind) {
    case 'create-table': {
      const table = nameKeys(one.table)
      return [
        ...words('table', table),
        ...ofColumns(
          table,
          one.columns.map(({name}) => name),
        ),
        ...keysMade(one, table),
      ]
    }
    case 'add-column':
      return [...ofColumns(nameKeys(one.table), [one.column.name]), ...keysMade(one, nameKeys(one.table))]
    case 'rename-column':
      return ofColumns(nameKeys(one.table), [one.to])
    case 'add-constraint':
      return keysMade(one, nameKeys(one.table))
    case 'create-index':
      return keysMade(one, nameKeys(one.index.table))
    case 'create-enum':
    case 'create-object':
      return words('object', nameKeys(one.name))
    default:
      return []
  }
}

/** What is made, as those that need it are looked for. */
export function askedOf(later: Operation): readonly string[] {
  switch (later.kind) {
    case 'create-table':
      return words('table', askedKeys(later.table))
    case 'add-column':
      return askedKeys(later.table).map((key) => `column ${key} ${later.column.name.key}`)
    case 'rename-column':
      return askedKeys(later.table).map((key) => `column ${key} ${later.to.key}`)
    case 'add-constraint':
      return keysMade(later, askedKeys(later.table))
    case 'create-index':
      return keysMade(later, askedKeys(later.index.table))
    case 'create-enum':
      return [`type ${lastPart(later.name).toLowerCase()}`]
    case 'create-object':
      return [
        `type ${lastPart(later.name).toLowerCase()}`,
        `schema ${later.name.key}`,
        `function ${calledName(later.name)}`,
        `sequence ${calledName(later.name)}`,
        `extension ${later.name.key}`,
      ]
    default:
      return []
  }
}

/** What an operation needs. */
export function neededKeys(one: Operation): readonly string[] {
  const table = tableOf(one)
  const own = table ? nameKeys(table) : []
  const draws = one.statement.text.matchAll(/\bnextval\s*\(\s*'(?:\w+\.)?(\w*)'/gi)
  return [
    ...words('table', [...own, ...leadsTo(one), ...tablesRead(one).flatMap(nameKeys)]),
    ...words('extension', extensionsUsed(one.statement.text)),
    ...own.flatMap((key) => columnsNeeded(one).map((column) => `column ${key} ${column.key}`)),
    ...(one.kind === 'validate-constraint' ? own.map((key) => `constraint ${key} ${lastPart(one.name)}`) : []),
    ...constraintsOf(one).flatMap((key) =>
      key.kind === 'foreign' && key.target.length > 0
        ? nameKeys(key.table).map((other) => `unique ${other} ${together(key.target)}`)
        : [],
    ),
    ...words('type', typeKeys(one)),
    ...words('schema', schemaKeys(one)),
    ...words('function', calledBy(one)),
    ...[...draws].map(([, name]) => `sequence ${name?.toLowerCase()}`),
  ]
}

/** A constraint by its name, and what it makes unique. */
function keysMade(one: Operation, tables: readonly string[]): readonly string[] {
  const unique =
    one.kind === 'create-index'
      ? one.index.unique
        ? [one.index.columns]
        : []
      : constraintsOf(one).flatMap((key) => (key.kind === 'unique' || key.kind === 'primary' ? [key.columns] : []))
  const names = constraintsOf(one).flatMap(({name}: ConstraintFact) => (name ? [lastPart(name)] : []))
  return tables.flatMap((table) => [
    ...names.map((name) => `constraint ${table} ${name}`),
    ...unique.map((columns) => `unique ${table} ${together(columns)}`),
  ])
}

/** Columns as a key has them, in whatever order. */
export function together(columns: readonly Name[]): string {
  return columns
    .map((column) => lastPart(column))
    .toSorted()
    .join(' ')
}

function words(word: string, keys: readonly string[]): readonly string[] {
  return keys.map((key) => `${word} ${key}`)
}

function ofColumns(tables: readonly string[], columns: readonly Name[]): readonly string[] {
  return tables.flatMap((table) => columns.map((column) => `column ${table} ${lastPart(column)}`))
}
