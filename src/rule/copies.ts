import type {Section} from '../document/types.ts'
import type {ColumnFact, Name, Operation, StatementFact} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {columnForm, defaultsAgree, isNoDefault} from './creations.ts'
import {forwardOperations} from './keys.ts'
import {called, nameOf, ofKind, sameName} from './schema.ts'
import {sameSqlType} from './written-types.ts'

/** A column as one statement makes it; without a word of NULL it may be null. */
export interface ColumnCopy extends ColumnFact {
  readonly nullable: boolean
}

export interface CopyDifference {
  readonly table: Name
  /** The one that is more likely wrong: of which a description says otherwise, else the later. */
  readonly copy: ColumnCopy
  readonly other: ColumnCopy
  readonly difference: 'type' | 'null' | 'default'
}

interface TableCopy {
  readonly table: Name
  readonly columns: readonly ColumnCopy[]
  readonly statement: StatementFact
}

/** Columns that two statements of the document make, in the schema section and in the migration, and not the same way. */
export function copiesThatDiffer(schema: SchemaFacts, type: BoundDocument): readonly CopyDifference[] {
  const operations = forwardOperations(schema, type)
  const copies = [
    ...ofKind(operations, 'create-table')
      .filter(({temporary}) => !temporary)
      .map(({table, columns, constraints, statement}) => ({
        table,
        statement,
        columns: columns.map((column) => asCopy(column, isKey(column, constraints))),
      })),
    ...ofKind(operations, 'add-column').map(({table, column, statement}) => ({
      table,
      statement,
      columns: [asCopy(column, false)],
    })),
  ].filter(({table, statement}) => !table.hole && !statement.template && !isStage(statement.section))
  const touched = touchedIn(operations)
  return copies.flatMap((late) => {
    const same = called(copies, tableIn, late.table)
    const early = same.slice(0, same.indexOf(late)).findLast((one) => isCopy(one, late))
    return early ? differencesBetween(early, late, schema, touched) : []
  })
}

function tableIn({table}: TableCopy): Name {
  return table
}

function isKey({name}: ColumnFact, constraints: readonly {kind: string; columns?: readonly Name[]}[]): boolean {
  return constraints.some(({kind, columns}) => kind === 'primary' && (columns ?? []).some((one) => sameName(one, name)))
}

function asCopy(column: ColumnFact, isPrimary: boolean): ColumnCopy {
  return {...column, nullable: isPrimary || column.generated ? false : (column.nullable ?? true)}
}

/** The same table in another fence: two statements of one fence come one after the other. */
function isCopy(one: TableCopy, other: TableCopy): boolean {
  if (one.statement.code === other.statement.code || one.statement.dialect !== other.statement.dialect) return false
  const shared = one.columns.filter(({name}) => called(other.columns, nameOf, name).length > 0).length
  return shared > 0 && shared * 4 >= Math.max(one.columns.length, other.columns.length) * 3
}

/** The section shows what was before, or what was not chosen. */
export function isStage(section: Section): boolean {
  for (let one: Section | undefined = section; one?.heading; one = one.parent)
    if (
      /\b(?:current|existing|old|before|legacy|source|as[- ]is|previous|original|today|alternatives?|options?|rejected|rollback|phase|stage|version|v\d|examples?|down)\b/iu.test(
        one.heading.title.text,
      ) &&
      one.depth > 1
    )
      return true
  return false
}

function touchedIn(operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(
    operations.flatMap((one) => {
      if (!('table' in one) || !one.table || !('column' in one) || !('key' in one.column)) return []
      return `${one.table.key} ${columnForm(one.column)}`
    }),
  )
}

function differencesBetween(
  early: TableCopy,
  late: TableCopy,
  schema: SchemaFacts,
  touched: ReadonlySet<string>,
): readonly CopyDifference[] {
  const described = called(schema.tables, nameOf, early.table).filter(({source}) => source !== 'mermaid')
  const found = early.columns.flatMap((a) => {
    const [b] = called(late.columns, nameOf, a.name)
    if (!b || touched.has(`${early.table.key} ${columnForm(a.name)}`)) return []
    const difference = differenceOf(a, b)
    if (difference === undefined) return []
    const description = described
      .flatMap(({columns}) => columns)
      .find(({name}) => columnForm(name) === columnForm(a.name))
    const isLateRight = description !== undefined && differenceOf(description, b, true) === undefined
    const isEarlyRight = description !== undefined && differenceOf(description, a, true) === undefined
    const [copy, other] = isLateRight && !isEarlyRight ? [a, b] : [b, a]
    return [{table: early.table, copy, other, difference}]
  })
  // Where much differs, the one is a stage on the way to the other.
  return found.length <= 1 || found.length * 4 <= early.columns.length ? found : []
}

/** What two columns differ in; `silent`: the first is a description, and says nothing by what it lacks. */
function differenceOf(a: ColumnFact, b: ColumnFact, silent = false): CopyDifference['difference'] | undefined {
  if (a.type && b.type && !sameSqlType(a.type, b.type)) return 'type'
  if (a.nullable !== b.nullable && !(silent && a.nullable === undefined)) return 'null'
  const [one, two] = [a.default?.text, b.default?.text].map((text) =>
    text === undefined || isNoDefault(text) ? undefined : text,
  )
  if (one === undefined && silent) return undefined
  if (one === undefined || two === undefined) return one === two ? undefined : 'default'
  return defaultsAgree(one, two) ? undefined : 'default'
}
