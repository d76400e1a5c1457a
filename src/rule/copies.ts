import {kept} from '../document/remembered.ts'
import {isBelow, isWithin} from '../document/places.ts'
import type {SpecDocument} from '../document/types.ts'
import type {ColumnFact, ConstraintFact, KeyFact, Name, Operation, StatementFact} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {columnForm} from './creations.ts'
import {differencesBetween} from './copy-differences.ts'
import {halvesOf} from './halves.ts'
import {forwardOperations} from './keys.ts'
import {isPresent} from './present.ts'
import {describedPrimaries, keyForm, primaryOf} from './primary-keys.ts'
import {called, entityOf, itsName, nameOf, ofKind, ownerOf, roleAt, sameName} from './schema.ts'

interface Facts {
  readonly document: SpecDocument
  readonly schema: SchemaFacts
  readonly type: BoundDocument
}

/** A column as one statement makes it; without a word of NULL it may be null. */
export interface ColumnCopy extends ColumnFact {
  readonly nullable: boolean
}

export interface CopyDifference {
  readonly table: Name
  /** The one that is more likely wrong: of which a description says otherwise, else the later. */
  readonly copy: ColumnCopy
  readonly other: ColumnCopy
  readonly difference: 'type' | 'null' | 'default' | 'expression'
}

/** A table that one of two statements gives another primary key, or none. */
export interface KeyDifference {
  readonly table: Name
  readonly other: Name
  readonly key: KeyFact | undefined
  readonly otherKey: KeyFact | undefined
}

/** A column that is described and that the migration makes, and that the same table of the schema section lacks. */
export interface ColumnLack {
  readonly table: Name
  readonly column: ColumnCopy
}

export interface TableCopy {
  readonly table: Name
  readonly columns: readonly ColumnCopy[]
  /** `undefined` for a column that is added. */
  readonly constraints: readonly ConstraintFact[] | undefined
  readonly statement: StatementFact
  /** A script in Python, whose types and defaults are those of a program. */
  readonly script: boolean
}

/** Two statements of the document that make the same columns, the schema section's and the migration's. */
export interface CopyPair {
  readonly early: TableCopy
  readonly late: TableCopy
}

interface Pairs {
  readonly pairs: readonly CopyPair[]
  /** `orders state` for columns, and `orders` for tables whose primary key is given elsewhere. */
  readonly touched: ReadonlySet<string>
}

/** Columns that two statements of the document make, in the schema section and in the migration, and not the same way. */
export function copiesThatDiffer(facts: Facts): readonly CopyDifference[] {
  const {pairs, touched} = pairsOf(facts)
  return pairs.flatMap((pair) => differencesBetween(pair, facts.schema, touched))
}

/** Tables that two statements of the document give another primary key; the later is more likely wrong. */
export function keysThatDiffer(facts: Facts): readonly KeyDifference[] {
  const {schema, type} = facts
  const {pairs, touched} = pairsOf(facts)
  return pairs.flatMap(({early, late}) => {
    if (!early.constraints || !late.constraints || touched.has(early.table.key)) return []
    const areHalves = roleOf(early, type) === 'schema' && roleOf(late, type) === 'migration'
    const [first, second] = [primaryOf(early.constraints), primaryOf(late.constraints)]
    const [a, b] = [keyForm(first?.columns), keyForm(second?.columns)]
    if (a === b || [first, second].some((key) => key?.columns.some(({hole}) => hole) === true)) return []
    // Two keys of a schema section and its migration are the matter of what holds these two together.
    if (areHalves && a !== '' && b !== '') return []
    const described = new Set(describedPrimaries(early.table, schema).map((columns) => keyForm(columns)))
    const isEarlyWrong = a === '' || (b !== '' && described.has(b) && !described.has(a))
    return [
      isEarlyWrong
        ? {table: early.table, other: late.table, key: first, otherKey: second}
        : {table: late.table, other: early.table, key: second, otherKey: first},
    ]
  })
}

/** What a table lacks of which its description and its other statement speak. */
export function columnsLeftOut(facts: Facts): readonly ColumnLack[] {
  const {schema, type} = facts
  const {pairs, touched} = pairsOf(facts)
  return pairs.flatMap(({early, late}) => {
    if (!early.constraints || !late.constraints) return []
    if (roleOf(early, type) === 'migration') return []
    const described = entityOf(early.table, schema.tables, itsName).filter(
      ({name, source}) => source !== 'mermaid' && !name.hole,
    )
    return late.columns
      .filter(
        ({name}) =>
          called(early.columns, nameOf, name).length === 0 &&
          !touched.has(`${early.table.key} ${columnForm(name)}`) &&
          described.some(({columns}) => columns.some((one) => columnForm(one.name) === columnForm(name))),
      )
      .map((column) => ({table: early.table, column}))
  })
}

/** Where a statement stands: among those that say what the schema is to be, or those that make it so. */
function roleOf({statement}: TableCopy, type: BoundDocument): 'schema' | 'migration' | undefined {
  const role = roleAt(statement.start, type, ['schema', 'ddl', 'tables', 'migration'])
  return role === 'schema' || role === 'ddl' ? 'schema' : role === 'migration' ? 'migration' : undefined
}

const known = kept<Pairs>()

function pairsOf(facts: Facts): Pairs {
  return known(facts.schema, () => readPairs(facts))
}

function readPairs(facts: Facts): Pairs {
  const {schema, type} = facts
  // A rollback may be no more than a label in the section of the migration.
  const back = new Set(halvesOf(facts).down)
  const written = forwardOperations(schema, type).filter((one) => !back.has(one))
  const rollback = type.withRole('rollback')
  const scripts = schema.models.migrations
    .filter(({start}) => !rollback.some((section) => isWithin(start, section)))
    .flatMap(({upgrade}) => upgrade.flatMap(({operations}) => operations))
  const copies = [...copiesIn(written, false), ...copiesIn(scripts, true)]
    .filter(({table, statement}) => !table.hole && !statement.template && !isStage(statement))
    .toSorted((a, b) => a.statement.start - b.statement.start)
  const pairs = copies.flatMap((late) => {
    const same = called(copies, ownerOf, late.table)
    const early = same.slice(0, same.indexOf(late)).findLast((one) => isCopy(one, late))
    return early ? [{early, late}] : []
  })
  return {pairs, touched: touchedIn([...written, ...scripts])}
}

function copiesIn(operations: readonly Operation[], script: boolean): readonly TableCopy[] {
  return [
    ...ofKind(operations, 'create-table')
      .filter(({temporary}) => !temporary)
      .map(({table, columns, constraints, statement}) => ({
        table,
        statement,
        script,
        constraints,
        columns: columns.map((column) => asCopy(column, isKey(column, constraints))),
      })),
    ...ofKind(operations, 'add-column').map(({table, column, statement}) => ({
      table,
      statement,
      script,
      constraints: undefined,
      columns: [asCopy(column, false)],
    })),
  ]
}

function isKey({name}: ColumnFact, constraints: readonly ConstraintFact[]): boolean {
  return constraints.some((one) => one.kind === 'primary' && one.columns.some((column) => sameName(column, name)))
}

function asCopy(column: ColumnFact, isPrimary: boolean): ColumnCopy {
  const isIdentity = column.generated && column.expression === undefined
  return {...column, nullable: isPrimary || isIdentity ? false : (column.nullable ?? true)}
}

/** The same table in another fence: two statements of one fence come one after the other. */
function isCopy(one: TableCopy, other: TableCopy): boolean {
  if (one.statement.code === other.statement.code) return false
  // One script builds on the other.
  if (one.script && other.script) return false
  if (one.script === other.script && one.statement.dialect !== other.statement.dialect) return false
  if (!sameName(one.table, other.table)) return false
  const shared = one.columns.filter(({name}) => called(other.columns, nameOf, name).length > 0).length
  return shared > 0 && shared * 4 >= Math.max(one.columns.length, other.columns.length) * 3
}

const stage =
  /\b(?:current|existing|old|before|legacy|source|as[- ]is|previous|original|today|alternatives?|options?|rejected|rollback|phase|stage|version|v\d|examples?|down)\b/i

/** The section shows what was before, or what was not chosen, or the sentence above the fence says that it is so today. */
export function isStage({section, code}: StatementFact): boolean {
  // Each migration has a number, and all of them count: `V1 Base schema`.
  const isNumbered = isBelow(section, (title) => /\bmigrations?\b/i.test(title))
  const words = (title: string): string => (isNumbered ? title.replace(/^\W*v(?:ersion\s+)?\d[\d._]*/iu, '') : title)
  return isBelow(section, (title) => stage.test(words(title))) || isPresent(code, section)
}

function touchedIn(operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(
    operations.flatMap((one) => {
      if (one.kind === 'add-constraint' && one.constraint.kind === 'primary') return one.table.key
      if (one.kind === 'drop-constraint' && (one.what === 'primary' || one.what === 'any')) return one.table.key
      if (!('table' in one) || !one.table || !('column' in one) || !('key' in one.column)) return []
      return `${one.table.key} ${columnForm(one.column)}`
    }),
  )
}
