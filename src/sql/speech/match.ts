/** Whether prose says of an operation that it is done, or taken back. */
import {constraintName, indexName, lastPart} from '../implicit.ts'
import type {Name, Operation} from '../model.ts'
import {tableOf} from '../undoes.ts'
import type {Act, ObjectKind, SpokenName, Speech} from './model.ts'

/** What the words are read for: to do the operation, or to undo it. */
export type Direction = 'do' | 'undo'

/** The names by which prose speaks of an operation's object; the last part of each. */
export function spokenNames(operation: Operation): readonly string[] {
  const {dialect} = operation.statement
  switch (operation.kind) {
    case 'add-column':
      return [lastPart(operation.column.name)]
    case 'create-index': {
      const name = indexName(operation.index, dialect)
      return name === undefined ? [] : [name]
    }
    case 'add-constraint': {
      const name = constraintName(operation.constraint, operation.table, dialect)
      return name === undefined ? [] : [name]
    }
    case 'drop-constraint':
      return operation.name ? [lastPart(operation.name)] : []
    case 'rename-table':
    case 'rename-column':
      return [lastPart('column' in operation ? operation.column : operation.table), lastPart(operation.to)]
    case 'add-enum-value':
    case 'rename-enum-value':
      return [operation.value.text.toLowerCase(), lastPart(operation.name)]
    default: {
      const name = 'column' in operation ? operation.column : 'name' in operation ? operation.name : tableOf(operation)
      return name ? [lastPart(name)] : []
    }
  }
}

/** Names of the speech that mean the operation's object, whatever is said of them. */
export function mentionsOf(operation: Operation, {names}: Speech): readonly SpokenName[] {
  const wanted = new Set(spokenNames(operation).map((name) => name.toLowerCase()))
  const table = tableOf(operation)
  const isColumn = 'column' in operation
  return names.filter(({parts}) => {
    const own = parts.at(-1) ?? ''
    if (!wanted.has(own)) return false
    const owner = parts.at(-2)
    if (owner === undefined) return true
    if (isColumn) return !table || owner === lastPart(table).toLowerCase()
    // `orders.state` is no table `state`, but `sales.orders` may be `orders`.
    return !/^(?:create|drop|rename)-table$/u.test(operation.kind) || isSchema(owner, table)
  })
}

function isSchema(owner: string, table: Name | undefined): boolean {
  return /^(?:public|dbo|main)$/u.test(owner) || table?.key.toLowerCase().includes(`${owner}.`) === true
}

/** Whether prose says by name that it is done, or undone. */
export function isNamed(operation: Operation, speech: Speech, direction: Direction, bare = false): boolean {
  const acts = actsFor(operation, direction)
  return mentionsOf(operation, speech).some(
    ({act, place}) => !place && (acts.includes(act) || (bare && act === 'none')),
  )
}

/** Whether prose says so of its kind: "both indexes", "`a` with its constraints". */
export function isMeant(operation: Operation, {kinds}: Speech, direction: Direction, bare = false): boolean {
  const acts = actsFor(operation, direction)
  const own = kindsOf(operation)
  return kinds.some(
    ({kind, act, of}) =>
      (acts.includes(act) || (bare && act === 'none')) &&
      (kind === 'object' || own.includes(kind)) &&
      (of.length === 0 || ownersOf(operation).some((name) => of.includes(name))),
  )
}

function actsFor({kind}: Operation, direction: Direction): readonly Act[] {
  const isDrop = kind.startsWith('drop-') && kind !== 'drop-not-null' && kind !== 'drop-default'
  const isNew = /^(?:create|add)-/u.test(kind)
  if (direction === 'do')
    return isDrop
      ? ['take']
      : kind === 'add-column'
        ? ['make', 'change']
        : isNew
          ? ['make']
          : ['change', 'make', 'take']
  if (isDrop) return ['make', 'change', 'keep', 'take']
  return isNew ? ['take', 'keep'] : ['take', 'keep', 'change', 'make']
}

/** The kinds by which prose may speak of it. */
export function kindsOf(operation: Operation): readonly ObjectKind[] {
  switch (operation.kind) {
    case 'create-table':
      return /\bPARTITION\s+OF\b/i.test(operation.statement.text) ? ['table', 'partition'] : ['table']
    case 'drop-table':
    case 'rename-table':
      return ['table']
    case 'create-index':
      return operation.index.unique ? ['index', 'unique', 'constraint'] : ['index']
    case 'drop-index':
      return ['index']
    case 'add-constraint': {
      const {kind} = operation.constraint
      return kind === 'check'
        ? ['constraint', 'check']
        : ['constraint', 'key', kind, ...(kind === 'unique' ? (['index'] as const) : [])]
    }
    case 'drop-constraint':
      return ['constraint', 'key', 'foreign', 'unique', 'check', 'primary', 'index']
    case 'create-enum':
    case 'add-enum-value':
    case 'rename-enum-value':
      return ['type']
    case 'create-object':
    case 'drop-object':
    case 'alter-object':
      return objectKinds[operation.what] ?? ['object']
    default:
      return 'column' in operation ? ['column'] : []
  }
}

const objectKinds: Readonly<Record<string, readonly ObjectKind[]>> = {
  function: ['function'],
  procedure: ['function'],
  trigger: ['trigger'],
  view: ['view'],
  schema: ['schema'],
  type: ['type'],
  domain: ['type'],
}

function ownersOf(operation: Operation): readonly string[] {
  const table = tableOf(operation)
  const columns: readonly Name[] =
    operation.kind === 'create-index'
      ? operation.index.columns
      : operation.kind === 'add-constraint' && operation.constraint.kind !== 'check'
        ? operation.constraint.columns
        : []
  const partition =
    operation.kind === 'create-table'
      ? /\bPARTITION\s+OF\s+["`]?([\w.]+)/i.exec(operation.statement.text)?.[1]
      : undefined
  return [...(table ? [table] : []), ...columns]
    .map((name) => lastPart(name).toLowerCase())
    .concat(partition === undefined ? [] : [partition.replace(/^.*\./u, '').toLowerCase()])
}
