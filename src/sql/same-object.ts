/** Whether operations bring about a certain object, in whichever form. */
import {isPythonFence} from './dialect.ts'
import {indexName, lastPart, sameName} from './implicit.ts'
import type {ColumnFact, ConstraintFact, IndexFact, Name, Operation} from './model.ts'
import {askedKeys, named, nameKeys, ofKind, onTable, sharing} from './named.ts'
import {checkForm, constraintsOf, someConstraint, someIndex} from './parts.ts'
import {tableOf} from './undoes.ts'

type Operations = readonly Operation[]

export function hasConstraint(others: Operations, table: Name, constraint: ConstraintFact): boolean {
  return someConstraint(others, table, constraint, (one) => {
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
    // Without names what they speak of tells which is which.
    return checkForm(a) === checkForm(b) || ((!a.name || !b.name) && subjectOf(a) === subjectOf(b))
  }
  if (a.kind === 'primary') return true
  if (a.kind === 'foreign' && b.kind === 'foreign' && !sameName(a.table, b.table)) return false
  return sameColumns(a.columns, b.columns)
}

const keywords =
  /^(?:and|or|not|null|is|in|between|i?like|similar|to|true|false|case|when|then|else|end|any|all|array|check|cast|as|distinct|from|escape|regexp|exists|interval|date|text|numeric|integer|int|varchar)$/u

/** The names in a check, each once. */
function subjectOf(constraint: ConstraintFact): string {
  if (constraint.kind !== 'check') return ''
  const words =
    constraint.text
      .replaceAll(/'[^']*'/gu, ' ')
      .toLowerCase()
      .match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []
  return [...new Set(words)]
    .filter((word) => !keywords.test(word))
    .toSorted()
    .join(' ')
}

function sameColumns(a: readonly Name[], b: readonly Name[]): boolean {
  return a.length === b.length && a.every(({key}) => b.some((one) => one.key === key))
}

export function hasColumn(others: Operations, table: Name, column: Name): boolean {
  const last = lastPart(column)
  return sharing(
    others,
    columnKeys,
    askedKeys(table).map((key) => `${key} ${last}`),
  ).some((one) => {
    const own = tableOf(one)
    if (!own || !sameName(own, table)) return false
    if (one.kind === 'create-table') return named(one.columns, columnName, column).length > 0
    if (one.kind === 'rename-column') return sameName(one.to, column)
    return one.kind === 'add-column' && sameName(one.column.name, column)
  })
}

function columnName({name}: ColumnFact): Name {
  return name
}

/** The columns that an operation brings, by their tables. */
function columnKeys(one: Operation): readonly string[] {
  if (one.kind !== 'create-table' && one.kind !== 'rename-column' && one.kind !== 'add-column') return []
  const names =
    one.kind === 'create-table'
      ? one.columns.map(({name}) => name)
      : [one.kind === 'rename-column' ? one.to : one.column.name]
  return nameKeys(one.table).flatMap((key) => names.map((name) => `${key} ${lastPart(name)}`))
}

export function hasIndex(others: Operations, index: IndexFact): boolean {
  return someIndex(others, index, (one) => {
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

/** The operations that make a type, or change it. */
export function ofType(others: Operations, name: Name): Operations {
  return sharing(others, typeKeys, [lastPart(name)])
}

function typeKeys(operation: Operation): readonly string[] {
  const isType =
    operation.kind === 'create-enum' ||
    operation.kind === 'add-enum-value' ||
    operation.kind === 'rename-enum-value' ||
    ((operation.kind === 'create-object' || operation.kind === 'alter-object') && operation.what === 'type')
  return isType ? [lastPart(operation.name)] : []
}

export function hasValue(operation: Operation, value: string): boolean {
  if (operation.kind === 'create-enum') return operation.values.some(({text}) => text === value)
  return operation.kind !== 'add-enum-value' || operation.value.text === value
}

/** A Python script among them makes the types of its columns itself. */
export function hasPython(others: Operations): boolean {
  return sharing(others, pythonKey, ['python']).length > 0
}

function pythonKey({statement}: Operation): readonly string[] {
  return isPythonFence(statement.code) ? ['python'] : []
}

export function hasDrop(others: Operations, table: Name): boolean {
  return onTable(ofKind(others, 'drop-table'), table).length > 0
}

/** One of them makes or changes a table. */
export function hasTable(others: Operations, table: Name): boolean {
  return onTable(others, table).some(isOfSchema)
}

/** Not of the rows of a table. */
function isOfSchema({kind}: Operation): boolean {
  return !/^(?:insert|update|delete|truncate|copy|select)$/u.test(kind)
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
