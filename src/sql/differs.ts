import {distance} from 'fastest-levenshtein'
import type {Span} from '../document/types.ts'
import {boundsIn, sameBound} from './bounds.ts'
import {lastPart, sameName} from './implicit.ts'
import type {ConstraintFact, ForeignKeyFact, IndexFact, Name, Operation, OperationOf} from './model.ts'
import {sameType} from './documented/types.ts'
import {askedKeys, named as withName, nameKeys, ofKind, onTable, sharing} from './named.ts'
import {checkForm, constraintKind, constraintsOf} from './parts.ts'
import {sameConstraint} from './same-object.ts'
import {tableOf} from './undoes.ts'

/** An index, a constraint or a type that two lists of operations make in two ways. */
export interface Difference extends Span {
  /** In words: "index `idx_a`", "foreign key `fk_a`". */
  readonly what: string
  /** What the first list says of it, and what the other one: "is on `a, b`". */
  readonly here: string
  readonly there: string
  /** The other place. */
  readonly other: Span
}

type Operations = readonly Operation[]
type Words = readonly [here: string, there: string]

/**
 * What both lists make and define otherwise: the columns of an index, its predicate, its name, what a key does on delete, the
 * text of a check. Columns are compared elsewhere, and so are values of a check and the table that a key leads to.
 */
export function differing(own: Operations, others: Operations): readonly Difference[] {
  const dropped = [own, others].flatMap((all) => [...ofKind(all, 'drop-index'), ...ofKind(all, 'drop-constraint')])
  const isChanged = (name: Name): boolean => withName(dropped, droppedName, name).length > 0
  return own.flatMap((one): readonly Difference[] => {
    if (one.statement.template) return []
    if (one.kind === 'create-index')
      return one.index.name && isChanged(one.index.name) ? [] : indexDifference(one, others)
    if (one.kind === 'alter-type') return typeDifference(one, own, others)
    return constraintsOf(one).flatMap((constraint) =>
      constraint.name && isChanged(constraint.name) ? [] : constraintDifference(one, constraint, others),
    )
  })
}

function droppedName({name}: OperationOf<'drop-index' | 'drop-constraint'>): Name | undefined {
  return name
}

function tableKeys(one: Operation): readonly string[] {
  const table = tableOf(one)
  return table ? nameKeys(table) : []
}

type TypeChange = OperationOf<'alter-type'>

/** The type that a column has in the end; on the way there it may have others. */
function typeDifference(one: TypeChange, own: Operations, others: Operations): readonly Difference[] {
  const lastIn = (all: Operations): TypeChange | undefined =>
    onTable(ofKind(all, 'alter-type'), one.table).findLast(({column}) => sameName(column, one.column))
  const other = lastIn(others)
  if (!other?.type || !one.type || other.statement.template || lastIn(own) !== one || sameType(one.type, other.type))
    return []
  const words: Words = [`is \`${one.type.text}\``, `\`${other.type.text}\``]
  return [difference(one.type, other.type, `the type of \`${one.table.text}.${one.column.text}\``, words)]
}

function indexDifference(one: OperationOf<'create-index'>, others: Operations): readonly Difference[] {
  const {index} = one
  const {name} = index
  if (!name || name.hole) return []
  const peers = sharing(others, tableKeys, askedKeys(index.table)).filter(
    (other): other is OperationOf<'create-index'> =>
      other.kind === 'create-index' && !other.statement.template && sameName(other.index.table, index.table),
  )
  const same = peers.filter((other) => other.index.name && sameName(other.index.name, name))
  const found = same[0] ?? renamed(one, peers)
  const words = found && indexWords(one, found)
  // Made in two ways there as well, one after the other.
  if (!words || !found || same.some((other) => !indexWords(one, other))) return []
  return [difference(one, found, `index \`${name.text}\``, words)]
}

/** The only index of the same columns, if both have names. */
function renamed(
  one: OperationOf<'create-index'>,
  peers: readonly OperationOf<'create-index'>[],
): OperationOf<'create-index'> | undefined {
  const alike = peers.filter((other) => other.index.name && formOf(other) === formOf(one))
  return alike.length === 1 ? alike[0] : undefined
}

function indexWords(a: OperationOf<'create-index'>, b: OperationOf<'create-index'>): Words | undefined {
  const [here, there] = [columnsOf(a.index), columnsOf(b.index)]
  if (here.toLowerCase() !== there.toLowerCase()) return [`is on \`${here}\``, `on \`${there}\``]
  if (a.index.unique !== b.index.unique) {
    const words = (unique: boolean): string => (unique ? 'unique' : 'not unique')
    return [`is ${words(a.index.unique)}`, words(b.index.unique)]
  }
  const [whereHere, whereThere] = [predicateOf(a), predicateOf(b)]
  if (whereHere !== undefined && whereThere !== undefined && plain(whereHere) !== plain(whereThere))
    return [`covers ${rowsOf(whereHere)}`, rowsOf(whereThere)]
  const [nameHere, nameThere] = [a.index.name, b.index.name]
  return nameHere && nameThere && !sameName(nameHere, nameThere)
    ? [`has this name`, `the name \`${nameThere.text}\``]
    : undefined
}

function columnsOf({columns}: IndexFact): string {
  return columns.map(({key, text}) => (key === '' ? text.replaceAll(/[\s"`]+/gu, '') : key)).join(', ')
}

/** The predicate of an index in a statement of its own: empty for all rows. */
function predicateOf({statement: {text}}: OperationOf<'create-index'>): string | undefined {
  if (!/^\s*CREATE\b(?:\s+UNIQUE)?\s+INDEX\b/i.test(text)) return undefined
  return (/\bWHERE\b(.*)$/is.exec(text)?.[1] ?? '').replaceAll(/\s+/gu, ' ').trim()
}

function rowsOf(predicate: string): string {
  return predicate === '' ? 'all rows' : `the rows \`${predicate}\``
}

function formOf({index}: OperationOf<'create-index'>): string {
  return `${index.unique} ${columnsOf(index)}`
}

function constraintDifference(one: Operation, constraint: ConstraintFact, others: Operations): readonly Difference[] {
  const table = tableOf(one)
  if (!table || constraint.name?.hole) return []
  const peers = sharing(others, tableKeys, askedKeys(table)).flatMap((other) => {
    const own = tableOf(other)
    return !other.statement.template && own && sameName(own, table) ? constraintsOf(other) : []
  })
  const same = peers.filter((other) => sameConstraint(constraint, other))
  const {name: own} = constraint
  const found = same.find(({name}) => own && name && sameName(own, name)) ?? (same.length === 1 ? same[0] : undefined)
  if (!found && constraint.kind === 'foreign') return targetDifference(constraint, table, peers)
  const words = found && (constraintWords(constraint, found) ?? columnWords(constraint, found, table, [one, ...others]))
  if (!words || !found) return []
  const name = constraint.name
    ? `\`${constraint.name.text}\``
    : `of \`${table.text}\`${constraint.kind === 'check' || constraint.kind === 'primary' ? '' : ` (${columnNames(constraint.columns)})`}`
  return [difference(constraint, found, `${constraintKind(constraint)} ${name}`, words)]
}

/** The only key of the same columns leads to another table. */
function targetDifference(
  constraint: ForeignKeyFact,
  table: Name,
  peers: readonly ConstraintFact[],
): readonly Difference[] {
  const own = columnNames(constraint.columns)
  const alike = peers.flatMap((one) =>
    one.kind === 'foreign' && columnNames(one.columns).toLowerCase() === own.toLowerCase() ? [one] : [],
  )
  const [other] = alike
  const words = other && alike.length === 1 ? constraintWords(constraint, other) : undefined
  return other && words ? [difference(constraint, other, `foreign key of \`${table.text}\` (${own})`, words)] : []
}

function constraintWords(a: ConstraintFact, b: ConstraintFact): Words | undefined {
  if (a.kind === 'check' || b.kind === 'check') {
    if (a.kind !== 'check' || b.kind !== 'check') return undefined
    if (a.allowed && b.allowed) return checkForm(a) === checkForm(b) ? named(a, b) : undefined
    return plain(a.text) === plain(b.text) || haveSameBounds(a.text, b.text)
      ? named(a, b)
      : [`says \`${shown(a.text)}\``, `\`${shown(b.text)}\``]
  }
  const [here, there] = [columnNames(a.columns), columnNames(b.columns)]
  const isSame =
    a.columns.length === b.columns.length && a.columns.every(({key}) => b.columns.some((one) => one.key === key))
  // A column or a table that isn't there is told elsewhere, and so is a key that says nothing of deletions.
  if (a.kind === 'foreign' && b.kind === 'foreign') {
    if (!isSame) return undefined
    // One of two names that are nearly the same is wrong by itself.
    if (!sameName(a.table, b.table) && distance(lastPart(a.table), lastPart(b.table)) > 2)
      return [`leads to \`${a.table.text}\``, `to \`${b.table.text}\``]
    if (
      a.target.length > 0 &&
      b.target.length > 0 &&
      columnNames(a.target).toLowerCase() !== columnNames(b.target).toLowerCase()
    )
      return [`leads to \`${pathOf(a)}\``, `to \`${pathOf(b)}\``]
    if (!a.onDelete || !b.onDelete) return named(a, b)
    const [actHere, actThere] = [actionOf(a.onDelete.text), actionOf(b.onDelete.text)]
    return actHere === actThere ? named(a, b) : [`has ${actHere}`, actThere]
  }
  if (!isSame) return [`is of \`${here}\``, `of \`${there}\``]
  return a.kind === 'primary' ? undefined : named(a, b)
}

/** `x BETWEEN 0 AND 5` and `x >= 0 AND x <= 5` */
function haveSameBounds(one: string, other: string): boolean {
  const [a, b] = [boundsIn(one), boundsIn(other)]
  if (!a || !b || a.column !== b.column) return false
  return (['low', 'high'] as const).every((side) => {
    const [here, there] = [a[side], b[side]]
    return here && there ? sameBound(here, there, side, true) : here === there
  })
}

/** A key that begins at other columns, of a table whose columns the document doesn't have: nothing else tells of these. */
function columnWords(a: ConstraintFact, b: ConstraintFact, table: Name, all: Operations): Words | undefined {
  if (a.kind !== 'foreign' || b.kind !== 'foreign' || !a.name || !b.name || a.columns.length !== b.columns.length)
    return undefined
  const isMade = all.some((one) => one.kind === 'create-table' && sameName(one.table, table))
  const [here, there] = [columnNames(a.columns), columnNames(b.columns)]
  return isMade || here.toLowerCase() === there.toLowerCase() ? undefined : [`is of \`${here}\``, `of \`${there}\``]
}

/** Under two names, both of them given. */
function named(a: ConstraintFact, b: ConstraintFact): Words | undefined {
  return a.name && b.name && lastPart(a.name) !== lastPart(b.name)
    ? ['has this name', `the name \`${b.name.text}\``]
    : undefined
}

function actionOf(text: string): string {
  const action = text.replaceAll(/\s+/gu, ' ').trim().toUpperCase()
  return `\`ON DELETE ${action}\``
}

function pathOf({table, target}: ForeignKeyFact): string {
  return `${table.text}(${columnNames(target)})`
}

function columnNames(columns: readonly Name[]): string {
  return columns.map(({text}) => text).join(', ')
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s"`()]/gu, '')
}

function shown(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

function difference({start, end}: Span, other: Span, what: string, [here, there]: Words): Difference {
  return {start, end, what, here, there, other: {start: other.start, end: other.end}}
}
