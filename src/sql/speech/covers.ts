/** What operations bring about that the prose of a migration, or of a rollback, doesn't speak of. */
import {sameName} from '../implicit.ts'
import type {Name, Operation} from '../model.ts'
import {tableOf, undoes} from '../undoes.ts'
import {isMeant, isNamed, kindsOf, mentionsOf} from './match.ts'
import type {SpokenName, Speech} from './model.ts'

type Operations = readonly Operation[]

interface Covering {
  /** A list that is to hold every statement, such as "Migration Contents". */
  readonly exhaustive: boolean
}

/**
 * Operations that the prose of a migration leaves out. Prose without a single one of their names isn't a list of them. Indexes
 * and constraints of a new table go with the table, unless others of their kind are named.
 */
export function unspoken(own: Operations, speech: Speech, {exhaustive}: Covering): Operations {
  const asked = own.filter((operation) => isAsked(operation, own))
  const named = asked.filter((one) => isNamed(one, speech, 'do', true))
  if (named.length === 0) return []
  const isSaid = (one: Operation): boolean => named.includes(one) || isMeant(one, speech, 'do', true)
  const families = new Set(named.map(familyOf))
  if (exhaustive || speech.formal) families.add('index')
  const isPart = (one: Operation): boolean => {
    const table = tableOf(one)
    const home = asked.find(
      (other) => other !== one && other.kind === 'create-table' && table !== undefined && sameName(other.table, table),
    )
    const isInside = home !== undefined && home.statement === one.statement
    return (home !== undefined && isSaid(home) && (isInside || !families.has(familyOf(one)))) || isPartition(one, own)
  }
  const left = asked.filter((one) => !isSaid(one) && !isPart(one))
  const code = own.filter(
    (one) =>
      one.kind === 'create-object' && /^(?:function|procedure|trigger|view)$/u.test(one.what) && !isSaidOf(one, speech),
  )
  // Who names each table, column, index and constraint would name these as well.
  return named.length > 3 && named.length === asked.length ? [...left, ...code] : left
}

function isSaidOf(operation: Operation, speech: Speech): boolean {
  return mentionsOf(operation, speech).length > 0 || isMeant(operation, speech, 'do', true)
}

function isAsked(operation: Operation, own: Operations): boolean {
  const isGone =
    own.some((other) => other !== operation && undoes(operation, other)) ||
    own.some((other) => other !== operation && undoes(other, operation) && other.start < operation.start)
  if (isGone) return false
  switch (operation.kind) {
    case 'create-table':
      return !operation.temporary
    case 'add-constraint':
      return operation.constraint.kind !== 'primary' && !operation.usingIndex
    case 'add-column':
    case 'create-index':
    case 'create-enum':
    case 'add-enum-value':
    case 'drop-table':
    case 'drop-column':
    case 'drop-index':
    case 'rename-table':
    case 'rename-column':
      return true
    case 'alter-type':
    case 'set-not-null':
    case 'drop-not-null':
      return !own.some(
        (one) =>
          (one.kind === 'create-table' && sameName(one.table, operation.table)) ||
          (one.kind === 'add-column' &&
            sameName(one.table, operation.table) &&
            sameName(one.column.name, operation.column)),
      )
    default:
      return false
  }
}

function isPartition(operation: Operation, own: Operations): boolean {
  if (operation.kind !== 'create-table' || !kindsOf(operation).includes('partition')) return false
  return own.some((one) => one !== operation && one.kind === 'create-table')
}

function familyOf(operation: Operation): string {
  if (operation.kind === 'add-constraint') return 'constraint'
  if (operation.kind === 'create-index') return 'index'
  return operation.kind
}

/**
 * Operations that a rollback in words leaves behind. A plan that drops nothing by name or by kind says how in another way.
 * What goes with a dropped table or column isn't asked for.
 */
export function leftInWords(up: Operations, speech: Speech): Operations {
  const asked = up.filter((one) => isAsked(one, up) || isTypeOrSchema(one))
  const isSaid = (one: Operation): boolean => isNamed(one, speech, 'undo', true) || isMeant(one, speech, 'undo', true)
  const said = asked.filter(isSaid)
  const isPlan = said.some(
    (one) =>
      mentionsOf(one, speech).some(({act}) => act === 'take' || (act === 'make' && one.kind.startsWith('drop-'))) ||
      speech.kinds.some(({act, kind}) => act === 'take' && kindsOf(one).includes(kind)),
  )
  if (!isPlan) return []
  const left = asked.filter((one) => !isSaid(one) && !goesWith(one, asked))
  const functions = up.filter(
    (one) => one.kind === 'create-object' && one.what === 'function' && mentionsOf(one, speech).length === 0,
  )
  const isTriggerNamed = up.some(
    (one) => one.kind === 'create-object' && one.what === 'trigger' && isNamed(one, speech, 'undo'),
  )
  return isTriggerNamed && !functions.some((one) => isMeant(one, speech, 'undo')) ? [...left, ...functions] : left
}

function isTypeOrSchema(operation: Operation): boolean {
  return operation.kind === 'create-object' && operation.what === 'type'
}

/** It is of a table or a column that is new as well, and gone with it. */
function goesWith(operation: Operation, others: Operations): boolean {
  return others.some((other) => {
    if (other === operation) return false
    if (other.kind === 'create-table')
      return (
        isPartition(operation, others) || (operation.kind !== 'create-table' && isOf(tableOf(operation), other.table))
      )
    if (other.kind !== 'add-column' || !isOf(tableOf(operation), other.table)) return false
    const columns: readonly Name[] =
      operation.kind === 'create-index'
        ? operation.index.columns
        : operation.kind === 'add-constraint' && operation.constraint.kind !== 'check'
          ? operation.constraint.columns
          : 'column' in operation && operation.kind !== 'add-column'
            ? [operation.column]
            : []
    return columns.some(({key}) => key === other.column.name.key)
  })
}

function isOf(a: Name | undefined, b: Name): boolean {
  return a !== undefined && sameName(a, b)
}

/** The drops that prose names, as operations in its order; those of one step are one statement, since they have no order. */
export function spokenDrops(up: Operations, {names}: Speech): Operations {
  const drops = names
    .filter(({act, place}) => act === 'take' && !place)
    .flatMap((name) => up.flatMap((one) => dropOf(one, name)))
  const first = new Map<number, Operation['statement']>()
  return drops.map(({operation, step}) => {
    const statement = first.get(step) ?? operation.statement
    first.set(step, statement)
    return {...operation, statement}
  })
}

function dropOf(one: Operation, name: SpokenName): readonly {readonly operation: Operation; readonly step: number}[] {
  const {start, end, text, step} = name
  const isMentioned = mentionsOf(one, {names: [name], kinds: [], formal: false, unordered: false}).length > 0
  const base = {start, end, statement: {...one.statement, start, end, text}}
  if (!isMentioned) return []
  if (one.kind === 'create-table')
    return [{operation: {...base, kind: 'drop-table', table: one.table, cascade: false}, step}]
  if (one.kind === 'create-enum')
    return [{operation: {...base, kind: 'drop-object', what: 'type', name: one.name, table: undefined}, step}]
  if (one.kind === 'add-column')
    return [{operation: {...base, kind: 'drop-column', table: one.table, column: one.column.name}, step}]
  if (one.kind === 'create-index' && one.index.name)
    return [
      {
        operation: {...base, kind: 'drop-index', name: one.index.name, table: one.index.table, concurrently: false},
        step,
      },
    ]
  if (one.kind === 'add-constraint' && one.constraint.name)
    return [
      {operation: {...base, kind: 'drop-constraint', table: one.table, name: one.constraint.name, what: 'any'}, step},
    ]
  return []
}
