/** By what the operations of a script are looked up when one of them may come too soon: all that can matter, and few others. */
import {lastPart} from './implicit.ts'
import type {CheckFact, Name, Operation} from './model.ts'
import {askedKeys, nameKeys} from './named.ts'
import {calledBy, calledName, leadsTo, schemaKeys, typeKeys} from './order.ts'
import {tableOf} from './undoes.ts'

/** What an operation makes, as the one that made it before, or took it away, is looked for. */
export function askedThere(later: Operation): readonly string[] {
  switch (later.kind) {
    case 'create-table':
      return words('table', askedKeys(later.table))
    case 'add-column':
      return [...words('new', askedKeys(later.table)), ...ofColumns(askedKeys(later.table), [later.column.name])]
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
      ]
    }
    case 'add-column':
      return ofColumns(nameKeys(one.table), [one.column.name])
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
    case 'create-enum':
      return [`type ${lastPart(later.name)}`]
    case 'create-object':
      return [
        `type ${lastPart(later.name)}`,
        `schema ${later.name.key}`,
        `function ${calledName(later.name)}`,
        `sequence ${calledName(later.name)}`,
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
    ...words('table', [...own, ...leadsTo(one)]),
    ...own.flatMap((key) => columnsOf(one).map((column) => `column ${key} ${column.key}`)),
    ...words('type', typeKeys(one)),
    ...words('schema', schemaKeys(one)),
    ...words('function', calledBy(one)),
    ...[...draws].map(([, name]) => `sequence ${name?.toLowerCase()}`),
  ]
}

/** The columns that have to be there for an operation. */
export function columnsOf(one: Operation): readonly Name[] {
  switch (one.kind) {
    case 'create-index':
      return one.index.columns
    case 'add-constraint':
      return one.constraint.kind === 'check' ? wordsOf(one.constraint) : one.constraint.columns
    case 'insert':
    case 'update':
      return one.columns
    case 'alter-type':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
      return [one.column]
    default:
      return []
  }
}

/** What a check may name: a function is no column of the table, and neither is a text. */
function wordsOf({text, start, end}: CheckFact): readonly Name[] {
  const bare = text.replaceAll(/'[^']*'|\b[\w.]+\s*\(/gu, ' ').toLowerCase()
  return [...new Set(bare.match(/[\p{L}_][\p{L}\p{N}_$]*/gu))].map((word) => ({
    text: word,
    key: word,
    hole: false,
    start,
    end,
  }))
}

function words(word: string, keys: readonly string[]): readonly string[] {
  return keys.map((key) => `${word} ${key}`)
}

function ofColumns(tables: readonly string[], columns: readonly Name[]): readonly string[] {
  return tables.flatMap((table) => columns.map((column) => `column ${table} ${lastPart(column)}`))
}
