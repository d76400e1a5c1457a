/** Whether operations bring about a certain object, in whichever form. */
import {indexName, lastPart, sameName} from './implicit.ts'
import type {ConstraintFact, IndexFact, Name, Operation} from './model.ts'
import {tableOf} from './undoes.ts'

type Operations = readonly Operation[]

/** The constraints that an operation brings. */
export function constraintsOf(operation: Operation): readonly ConstraintFact[] {
  if (operation.kind === 'add-constraint') return [operation.constraint]
  return operation.kind === 'create-table' || operation.kind === 'add-column' ? operation.constraints : []
}

export function hasConstraint(others: Operations, table: Name, constraint: ConstraintFact): boolean {
  return others.some((one) => {
    const own = tableOf(one)
    if (!own || !sameName(own, table)) return false
    if (one.kind === 'create-index' && constraint.kind === 'unique')
      return one.index.unique && sameColumns(one.index.columns, constraint.columns)
    return constraintsOf(one).some((other) => sameConstraint(other, constraint))
  })
}

export function sameConstraint(a: ConstraintFact, b: ConstraintFact): boolean {
  if (a.kind !== b.kind) return false
  if (a.name && b.name && sameName(a.name, b.name)) return true
  if (a.kind === 'check' || b.kind === 'check') {
    const form = (one: ConstraintFact): string =>
      one.kind === 'check' ? one.text.toLowerCase().replaceAll(/[\s"'`()]/gu, '') : ''
    return !a.name || !b.name || form(a) === form(b)
  }
  if (a.kind === 'primary') return true
  if (a.kind === 'foreign' && b.kind === 'foreign' && !sameName(a.table, b.table)) return false
  return sameColumns(a.columns, b.columns)
}

function sameColumns(a: readonly Name[], b: readonly Name[]): boolean {
  return a.length === b.length && a.every(({key}) => b.some((one) => one.key === key))
}

export function hasColumn(others: Operations, table: Name, column: Name): boolean {
  return others.some((one) => {
    const own = tableOf(one)
    if (!own || !sameName(own, table)) return false
    if (one.kind === 'create-table') return one.columns.some(({name}) => sameName(name, column))
    if (one.kind === 'rename-column') return sameName(one.to, column)
    return one.kind === 'add-column' && sameName(one.column.name, column)
  })
}

export function hasIndex(others: Operations, index: IndexFact): boolean {
  return others.some((one) => {
    if (one.kind !== 'create-index')
      return index.unique && constraintsOf(one).some((constraint) => isUniqueOn(constraint, one, index))
    if (!sameName(one.index.table, index.table)) return false
    const [a, b] = [indexName(one.index, one.statement.dialect), indexName(index, one.statement.dialect)]
    return (a !== undefined && a === b) || sameColumns(one.index.columns, index.columns)
  })
}

function isUniqueOn(constraint: ConstraintFact, operation: Operation, index: IndexFact): boolean {
  const table = tableOf(operation)
  return (
    constraint.kind === 'unique' &&
    table !== undefined &&
    sameName(table, index.table) &&
    (sameColumns(constraint.columns, index.columns) ||
      (constraint.name !== undefined && index.name !== undefined && sameName(constraint.name, index.name)))
  )
}

export function isOfType(operation: Operation, name: Name): boolean {
  const isType =
    operation.kind === 'create-enum' ||
    operation.kind === 'add-enum-value' ||
    operation.kind === 'rename-enum-value' ||
    ((operation.kind === 'create-object' || operation.kind === 'alter-object') && operation.what === 'type')
  return isType && lastPart(operation.name) === lastPart(name)
}

export function hasValue(operation: Operation, value: string): boolean {
  if (operation.kind === 'create-enum') return operation.values.some(({text}) => text === value)
  return operation.kind !== 'add-enum-value' || operation.value.text === value
}

export function isPython({statement}: Operation): boolean {
  return statement.code.language?.startsWith('py') === true
}

export function isDropOf(operation: Operation, table: Name): boolean {
  return operation.kind === 'drop-table' && sameName(operation.table, table)
}

/** It makes or changes a table. */
export function hasTable(operation: Operation, table: Name): boolean {
  const own = tableOf(operation)
  const isData = /^(?:insert|update|delete|truncate|copy|select)$/u.test(operation.kind)
  return !isData && own !== undefined && sameName(own, table)
}

/** The names of columns, indexes and constraints that an operation makes. */
export function makesNames(operation: Operation): readonly Name[] {
  const keys = constraintsOf(operation).flatMap(({name}) => (name ? [name] : []))
  switch (operation.kind) {
    case 'create-table':
      return [...operation.columns.map(({name}) => name), ...keys]
    case 'add-column':
      return [operation.column.name, ...keys]
    case 'create-index':
      return operation.index.name ? [operation.index.name] : []
    case 'rename-column':
      return [operation.to]
    default:
      return keys
  }
}
