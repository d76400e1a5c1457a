/** The keys, checks and indexes of tables, by what they are compared by; see `same-object.ts`. */
import {dialects} from './dialect.ts'
import {indexName, lastPart} from './implicit.ts'
import type {ConstraintFact, IndexFact, Name, Operation} from './model.ts'
import {askedKeys, findSharing, nameKeys} from './named.ts'
import {tableOf} from './undoes.ts'

type Operations = readonly Operation[]

/** The constraints that an operation brings. */
export function constraintsOf(operation: Operation): readonly ConstraintFact[] {
  if (operation.kind === 'add-constraint') return [operation.constraint]
  return operation.kind === 'create-table' || operation.kind === 'add-column' ? operation.constraints : []
}

/** The indexes and constraints that an operation makes, but for those of a single column that is added. */
export function partsOf(operation: Operation): readonly (IndexFact | ConstraintFact)[] {
  if (operation.kind === 'create-index') return [operation.index]
  return operation.kind === 'add-column' ? [] : constraintsOf(operation)
}

/** What a constraint is, in words. */
export function constraintKind({kind, exclusion}: ConstraintKind): string {
  const words = {foreign: 'foreign key', unique: 'unique constraint', check: 'check', primary: 'primary key'}
  return exclusion ? 'exclusion constraint' : words[kind]
}

type ConstraintKind = Pick<ConstraintFact, 'kind'> & {readonly exclusion?: true}

/** A check as it is compared: without quotes, parentheses and white space. */
export function checkForm(constraint: ConstraintFact): string {
  return constraint.kind === 'check' ? constraint.text.toLowerCase().replaceAll(/[\s"'`()]/gu, '') : ''
}

type Test = (operation: Operation) => boolean

/** Whether one of those that may bring a constraint of a table, whatever form it has, passes a test. */
export function someConstraint(others: Operations, table: Name, constraint: ConstraintFact, test: Test): boolean {
  return somePart(others, table, askedConstraint(constraint), test)
}

/** Whether one of those that may bring an index, or a key in its place, passes a test. */
export function someIndex(others: Operations, index: IndexFact, test: Test): boolean {
  const names = dialects.flatMap((dialect) => indexName(index, dialect) ?? [])
  const own = index.name ? [lastPart(index.name)] : []
  const parts = [...[...names, ...own].map((name) => `name ${name}`), ...askedColumns(index.columns)]
  return somePart(others, index.table, parts, test)
}

function somePart(others: Operations, table: Name, parts: readonly string[], test: Test): boolean {
  const asked = askedKeys(table).flatMap((key) => parts.map((part) => `${key} ${part}`))
  return findSharing(others, partKeys, asked, test) !== undefined
}

function partKeys(one: Operation): readonly string[] {
  const table = tableOf(one)
  if (!table) return []
  const parts = one.kind === 'create-index' ? keptIndex(one) : constraintsOf(one).flatMap(keptConstraint)
  return nameKeys(table).flatMap((key) => parts.map((part) => `${key} ${part}`))
}

function keptIndex({index, statement}: Extract<Operation, {readonly kind: 'create-index'}>): readonly string[] {
  return [`name ${indexName(index, statement.dialect)}`, ...keptColumns(index.columns)]
}

function keptConstraint(constraint: ConstraintFact): readonly string[] {
  const name = constraint.name ? [`name ${lastPart(constraint.name)}`] : []
  if (constraint.kind === 'primary') return [...name, 'primary']
  if (constraint.kind !== 'check') return [...name, ...keptColumns(constraint.columns)]
  return [...name, constraint.name ? `check ${checkForm(constraint)}` : 'check', 'any check']
}

function askedConstraint(constraint: ConstraintFact): readonly string[] {
  const name = constraint.name ? [`name ${lastPart(constraint.name)}`] : []
  if (constraint.kind === 'primary') return [...name, 'primary']
  if (constraint.kind !== 'check') return [...name, ...askedColumns(constraint.columns)]
  return constraint.name ? [...name, 'check', `check ${checkForm(constraint)}`] : ['any check']
}

function keptColumns(columns: readonly Name[]): readonly string[] {
  return [`columns ${together(columns)}`, ...columns.map(({key}) => `column ${key}`)]
}

/** One column twice, as two expressions are, is compared column by column. */
function askedColumns(columns: readonly Name[]): readonly string[] {
  const [first] = columns
  const isPlain = new Set(columns.map(({key}) => key)).size === columns.length
  return isPlain || first === undefined ? [`columns ${together(columns)}`] : [`column ${first.key}`]
}

function together(columns: readonly Name[]): string {
  return columns
    .map(({key}) => key)
    .toSorted()
    .join(', ')
}
