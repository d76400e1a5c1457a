/** Which of many operations take back one of them: as `undoes` tells it, asked only of those that share a name. */
import {constraintName, indexName, lastPart} from './implicit.ts'
import type {ConstraintFact, Name, Operation} from './model.ts'
import {askedKeys, findSharing, nameKeys, sharing} from './named.ts'
import {ownNames, tableOf, undoes} from './undoes.ts'

type Operations = readonly Operation[]

/** Those of a list that take an operation back, of those from one place on to another. */
export function takers(operation: Operation, all: Operations, from = 0, before = all.length): Operations {
  return sharing(all, keptTakes, takenBy(operation, askedKeys), from, before).filter((one) => undoes(operation, one))
}

/** Whether one of a list takes it back, of those from one place on to another. */
export function isUndone(operation: Operation, all: Operations, from = 0, before = all.length): boolean {
  const test = (one: Operation): boolean => undoes(operation, one)
  return findSharing(all, keptTakes, takenBy(operation, askedKeys), test, from, before) !== undefined
}

/** Whether one of a list takes it back by itself: a table goes with all that it has, whoever made that. */
export function isUndoneItself(operation: Operation, all: Operations): boolean {
  const test = (one: Operation): boolean =>
    undoes(operation, one) && (one.kind !== 'drop-table' || operation.kind === 'create-table')
  return findSharing(all, keptTakes, takenBy(operation, askedKeys), test, 0, all.length) !== undefined
}

/** Those of a list that an operation takes back. */
export function undoneBy(operation: Operation, all: Operations): Operations {
  return sharing(all, keptTaken, takes(operation, askedKeys)).filter((one) => undoes(one, operation))
}

/** Whether an operation takes back one of a list, of those before a place. */
export function isUndoing(operation: Operation, all: Operations, before = all.length): boolean {
  const test = (one: Operation): boolean => undoes(one, operation)
  return findSharing(all, keptTaken, takes(operation, askedKeys), test, 0, before) !== undefined
}

/** Names as they are kept, or as they are looked for. */
type Keys = (name: Name) => readonly string[]

function keptTaken(operation: Operation): readonly string[] {
  return takenBy(operation, nameKeys)
}

function keptTakes(operation: Operation): readonly string[] {
  return takes(operation, nameKeys)
}

/** What an operation goes with: the table, the column, its name. An operation that takes it back takes one of them. */
function takenBy(operation: Operation, keys: Keys): readonly string[] {
  const table = tableOf(operation)
  const own = table ? words('table', keys(table)) : []
  switch (operation.kind) {
    case 'create-index':
      return [
        ...own,
        ...byName(operation),
        `object ${lastPart(operation.index.table)}`,
        ...columns(operation.index.table, operation.index.columns, keys),
        ...named(operation.index.table, wordsOf(operation), keys),
        ...inSchema(operation),
      ]
    case 'add-constraint':
      return [
        ...own,
        ...byName(operation),
        ...columns(operation.table, columnsOf(operation.constraint), keys),
        ...named(operation.table, wordsOf(operation), keys),
        ...(operation.constraint.kind === 'check' ? words('check', keys(operation.table)) : []),
      ]
    case 'rename-table':
      return [...own, ...words('table', keys(operation.to)), ...words('from', keys(operation.table))]
    case 'rename-column':
      return [...own, ...columns(operation.table, [operation.column], keys)]
    case 'insert':
    case 'copy':
      return table ? [...own, ...words('rows out', keys(table))] : []
    case 'delete':
    case 'truncate':
      return table ? words('rows in', keys(table)) : []
    case 'update':
      return table ? words('rows', keys(table)) : []
    default:
      return [
        ...own,
        ...ofColumn(operation, keys),
        ...byName(operation),
        ...virtual(operation, keys),
        ...inSchema(operation),
      ]
  }
}

/** A virtual table of SQLite is dropped as a table. */
function virtual(operation: Operation, keys: Keys): readonly string[] {
  return operation.kind === 'create-object' ? words('table', keys(operation.name)) : []
}

/** What an operation takes away, or brings back. */
function takes(operation: Operation, keys: Keys): readonly string[] {
  const table = tableOf(operation)
  switch (operation.kind) {
    case 'drop-table':
    case 'create-table':
      return words('table', keys(operation.table))
    case 'rename-table':
      return words('from', keys(operation.to))
    case 'rename-column':
      return columns(operation.table, [operation.to], keys)
    case 'insert':
    case 'copy':
      return table ? words('rows in', keys(table)) : []
    case 'delete':
    case 'truncate':
      return table ? words('rows out', keys(table)) : []
    case 'update':
      return table ? words('rows', keys(table)) : []
    case 'drop-constraint':
      return [...byName(operation), ...words('check', keys(operation.table))]
    default:
      return [...ofColumn(operation, keys), ...byName(operation), ...inSchema(operation)]
  }
}

/** The words of a check, of an index of expressions and of a partial one, which may be columns. */
function wordsOf(operation: Operation): readonly string[] {
  const text =
    operation.kind === 'add-constraint' && operation.constraint.kind === 'check'
      ? operation.constraint.text
      : operation.kind === 'create-index' &&
          (operation.index.partial || operation.index.columns.some(({key}) => key === ''))
        ? operation.statement.text
        : ''
  return [...new Set(text.toLowerCase().split(/[^\p{L}\p{N}_$]+/u))]
}

function named(table: Name, all: readonly string[], keys: Keys): readonly string[] {
  return all.flatMap((word) => words(`column ${word} of`, keys(table)))
}

function words(word: string, keys: readonly string[]): readonly string[] {
  return keys.map((key) => `${word} ${key}`)
}

function ofColumn(operation: Operation, keys: Keys): readonly string[] {
  if (!('column' in operation)) return []
  const column = operation.kind === 'add-column' ? operation.column.name : operation.column
  return columns(operation.table, [column], keys)
}

function columns(table: Name, names: readonly Name[], keys: Keys): readonly string[] {
  return names.flatMap((name) => words(`column ${lastPart(name)} of`, keys(table)))
}

function columnsOf(constraint: ConstraintFact): readonly Name[] {
  if (constraint.kind !== 'check') return constraint.columns
  return constraint.allowed ? [constraint.allowed.column] : []
}

function byName(operation: Operation): readonly string[] {
  const {dialect} = operation.statement
  switch (operation.kind) {
    case 'create-index':
      return [`name ${indexName(operation.index, dialect)}`]
    case 'add-constraint': {
      const {constraint, table} = operation
      const name = `name ${constraintName(constraint, table, dialect)}`
      return constraint.kind === 'primary' ? [name, `primary ${lastPart(table)}`] : [name]
    }
    case 'drop-constraint': {
      const name = operation.name ? [`name ${lastPart(operation.name)}`] : []
      return operation.what === 'primary' ? [...name, `primary ${lastPart(operation.table)}`] : name
    }
    case 'drop-index':
      return [`name ${lastPart(operation.name)}`]
    case 'create-enum':
    case 'add-enum-value':
    case 'rename-enum-value':
    case 'create-object':
    case 'drop-object':
      return [`object ${lastPart(operation.name)}`]
    default:
      return []
  }
}

/** A schema takes with it what is created in it. */
function inSchema(operation: Operation): readonly string[] {
  if (operation.kind === 'drop-object') return operation.what === 'schema' ? [`schema ${operation.name.key}`] : []
  if (!operation.kind.startsWith('create')) return []
  return ownNames(operation).flatMap(({key}) =>
    [...key.matchAll(/\./gu)].map(({index}) => `schema ${key.slice(0, index)}`),
  )
}
