/** Keys and unique columns that a description has and the SQL has not, or the other way round, where all others agree. */
import type {Span} from '../document/types.ts'
import type {DocumentedForeignKey, DocumentedTable} from '../sql/documented/model.ts'
import type {ColumnFact, ConstraintFact, ForeignKeyFact, Name, Operation} from '../sql/model.ts'
import {lastPart} from '../sql/implicit.ts'
import {constraintsOf} from '../sql/parts.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {columnForm, columnOf} from './creations.ts'
import {wordsIn} from './halves.ts'
import {keysBySaying} from './delete-actions.ts'
import {listedForeignKeys} from './key-targets.ts'
import {foreignKeysIn, forwardOperations, type TableKey} from './keys.ts'
import {called, entityOf, ofKind, ofTable, ownerOf, sameName} from './schema.ts'

type Kind = 'foreign' | 'unique'

export interface DescribedConstraint {
  readonly kind: Kind
  readonly table: Name
  readonly described: ColumnFact
  readonly actual: ColumnFact
  readonly isDescribed: boolean
  /** The item of a list of keys that says the most of it. */
  readonly listed?: Span | undefined
}

export function constraintsThatDiffer(schema: SchemaFacts, type: BoundDocument): readonly DescribedConstraint[] {
  const operations = forwardOperations(schema, type)
  const pairs = columnPairs(schema, operations)
  const all = (
    kind: Kind,
  ): readonly (DescribedConstraint & {readonly isMade: boolean; readonly home: DocumentedTable})[] =>
    pairs.map((pair) => ({
      ...pair,
      kind,
      isDescribed: isDescribed(kind, pair, schema),
      isMade: isMade(kind, pair, operations),
    }))
  const keysAgree = all('foreign').filter((one) => one.isDescribed && one.isMade).length > 1
  return (['foreign', 'unique'] as const).flatMap((kind) => {
    const found = all(kind)
    const both = found.filter((one) => one.isDescribed && one.isMade).length
    const [left, ...moreLeft] = found.filter((one) => one.isDescribed && !one.isMade && !isSoft(one, schema))
    const [bare, ...moreBare] = found.filter(
      (one) => !one.isDescribed && one.isMade && !isInWords(one, kind, schema) && isSingle(kind, one, operations),
    )
    // A document of tables may say it in a section of constraints.
    const saysElsewhere = kind === 'unique' && type.withRole('tables').length > 0
    // One that leaves out what it says of all others has forgotten it; several have another habit.
    return [
      ...(left && moreLeft.length === 0 && (both > 0 || hasAction(left, schema) || (kind === 'unique' && keysAgree))
        ? [{...left, listed: listedKey(left, schema)}]
        : []),
      ...(bare && !saysElsewhere && moreBare.length === 0 && both > 1 ? [bare] : []),
    ]
  })
}

interface Pair {
  readonly home: DocumentedTable
  readonly table: Name
  readonly described: ColumnFact
  readonly actual: ColumnFact
}

/** Described columns with those that the only CREATE TABLE of their table, or several alike, make. */
function columnPairs(schema: SchemaFacts, operations: readonly Operation[]): readonly Pair[] {
  const created = ofKind(operations, 'create-table').filter(
    ({temporary, table, statement, columns}) => !temporary && !table.hole && !statement.template && columns.length > 0,
  )
  const seen = new Set<string>()
  return schema.tables
    .filter(({part, source, name}) => part === 'all' && source !== 'mermaid' && !name.hole)
    .flatMap((home) => {
      const [code] = entityOf(home.name, created, madeTable)
      if (!code || seen.has(code.table.key)) return []
      const found = home.columns.flatMap((described) => {
        const actual = columnOf(described, code.columns)
        return actual ? [{home, table: code.table, described, actual}] : []
      })
      if (found.length * 2 < home.columns.length) return []
      seen.add(code.table.key)
      return found
    })
}

function madeTable({table}: {readonly table: Name}): Name {
  return table
}

function isDescribed(kind: Kind, {home, table, described}: Pair, schema: SchemaFacts): boolean {
  const isIt = (name: Name): boolean => columnForm(name) === columnForm(described.name)
  const isOne = (one: ConstraintFact): boolean =>
    one.kind === kind && one.columns.length === 1 && one.columns.some((name) => isIt(name))
  if (home.constraints.some(isOne) || (kind === 'foreign' && home.foreign.some(isIt))) return true
  if (kind === 'foreign') return called(schema.foreignKeys, ownerOf, table).some(({columns}) => columns.some(isIt))
  return called(schema.indexes, ownerOf, table).some(
    ({unique, columns}) => unique && columns.length === 1 && columns.some(isIt),
  )
}

function isMade(kind: Kind, {table, actual}: Pair, operations: readonly Operation[]): boolean {
  return ofTable(operations, table).some((one) => {
    if (one.kind === 'create-index') return kind === 'unique' && one.index.unique && has(one.index.columns, actual)
    return constraintsOf(one).some(
      (key) =>
        key.kind !== 'check' &&
        (key.kind === kind || (kind === 'unique' && key.kind === 'primary')) &&
        has(key.columns, actual),
    )
  })
}

/** By a key of the column alone, and not by the primary one. */
function isSingle(kind: Kind, {table, actual}: Pair, operations: readonly Operation[]): boolean {
  return ofTable(operations, table).some((one) =>
    constraintsOf(one).some((key) => key.kind === kind && key.columns.length === 1 && has(key.columns, actual)),
  )
}

/** An expression may be of any column. */
function has(columns: readonly Name[], column: ColumnFact): boolean {
  return columns.some((name) => name.key === '' || columnForm(name) === columnForm(column.name))
}

function listedKey({kind, table, described}: DescribedConstraint, schema: SchemaFacts): Span | undefined {
  if (kind !== 'foreign') return undefined
  return called(schema.foreignKeys, ownerOf, table).find(
    ({columns}) => columns.length === 1 && columns.some((name) => columnForm(name) === columnForm(described.name)),
  )
}

/** What happens on deletion is said of a key in the database. */
function hasAction({kind, table, described}: DescribedConstraint, schema: SchemaFacts): boolean {
  return (
    kind === 'foreign' &&
    called(schema.foreignKeys, ownerOf, table).some(
      ({columns, onDelete}) => onDelete && columns.some((name) => columnForm(name) === columnForm(described.name)),
    )
  )
}

/** A key of a list that the SQL has for the same column, to another column or with another action. */
export interface DescribedKeyTarget {
  readonly key: DocumentedForeignKey
  readonly actual: ForeignKeyFact
  readonly column: Name
  readonly what: 'target' | 'action'
  /** The document has the described target elsewhere too: what is wrong is the SQL. */
  readonly isConfirmed: boolean
}

export function targetsThatDiffer(schema: SchemaFacts, type: BoundDocument): readonly DescribedKeyTarget[] {
  const made = foreignKeysIn(forwardOperations(schema, type))
  const inTables = schema.tables
    .filter(({source, name}) => (source === 'columnTable' || source === 'attributeList') && !name.hole)
    .flatMap(({name, section, constraints}) =>
      constraints.flatMap((one): readonly DocumentedForeignKey[] =>
        one.kind === 'foreign' && (one.onDelete || one.target.length === 1)
          ? [{...one, kind: 'documentedForeignKey', table: name, to: one.table, section}]
          : [],
      ),
    )
  const all = [...listedForeignKeys(schema), ...inTables, ...keysBySaying(schema, made)]
  return all.flatMap((key): readonly DescribedKeyTarget[] => {
    const {table, columns, to, target, onDelete} = key
    const [column] = columns
    if (!table || !column || columns.length > 1 || to.hole) return []
    const same = called(made, ownerOf, table).filter(
      (one) =>
        one.key.columns.length === 1 &&
        one.key.columns.some((name) => sameName(name, column)) &&
        sameName(one.key.table, to),
    )
    const [first] = same
    if (!first) return []
    const isOtherTarget = same.every(
      ({key: {target: other}}) => other.length === 1 && target.length === 1 && keyOf(other) !== keyOf(target),
    )
    const isOtherAction = same.every(
      ({key: {onDelete: other}}) => onDelete && other && actionOf(other.text) !== actionOf(onDelete.text),
    )
    const what = isOtherTarget ? 'target' : isOtherAction ? 'action' : undefined
    const isTwice = all.some(
      (other) =>
        other.to.start !== to.start &&
        other.table &&
        sameName(other.table, table) &&
        other.columns.some((name) => sameName(name, column)) &&
        sameName(other.to, to) &&
        keyOf(other.target) === keyOf(target),
    )
    const isConfirmed = what === 'target' && (isTwice || isKeyOf(to, target[0], schema.document.text, made))
    return what ? [{key, actual: first.key, column, what, isConfirmed}] : []
  })
}

/** Other keys lead to the column, or words give it to the table: "`users` (id bigint PK)". */
function isKeyOf(table: Name, column: Name | undefined, text: string, made: readonly TableKey[]): boolean {
  if (!column) return false
  const leads = made.some(({key}) => sameName(key.table, table) && keyOf(key.target) === keyOf([column]))
  const [owner, own] = [table, column].map((one) => lastPart(one).replaceAll(/\W/gu, ''))
  return leads || new RegExp(String.raw`\b${owner}\x60?\s?\([^()\n]{0,80}?\b${own}\b(?:\x60|\s\w)`, 'iu').test(text)
}

function keyOf([name]: readonly Name[]): string {
  return name?.key.toLowerCase() ?? ''
}

function actionOf(text: string): string {
  return text
    .replaceAll(/[\s`]+/gu, ' ')
    .trim()
    .toUpperCase()
}

/** It says that the database doesn't hold it, or that it holds for several columns together. */
function isSoft(
  {described, kind}: {readonly described: ColumnFact; readonly kind: Kind},
  schema: SchemaFacts,
): boolean {
  const words = schema.document.text.slice(described.start, described.end)
  return kind === 'unique'
    ? /\bunique\b\W{0,4}(?:per|within|with|for|in|together|among|across|by|if|when|while|where)\b|\bcomposite\b|\bpart of\b/i.test(
        words,
      )
    : /\b(?:logical|soft|loose|virtual|not enforced|no constraint|unenforced|application|service|external|polymorphic)\b/i.test(
        words,
      )
}

/** A sentence around the table says it all the same. */
function isInWords({home, described}: Pair, kind: Kind, schema: SchemaFacts): boolean {
  const text = wordsIn(schema.document, home.section)
  const word = kind === 'unique' ? /\bunique/i : /\bforeign|\brefer|→|->|\bFK\b|\bbelongs\b/i
  const line = schema.document.text.slice(described.start, described.end)
  return (
    word.test(line) ||
    text
      .split('\n')
      .some((one) => word.test(one) && one.includes(described.name.text) && !line.includes(one) && !/^\s*\|/u.test(one))
  )
}
