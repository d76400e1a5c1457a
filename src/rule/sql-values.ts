/** The values that columns and types have by SQL: in types, checks and inline enums. */
import type {SpecDocument} from '../document/types.ts'
import {enumAdditions} from '../sql/documented/enum-additions.ts'
import {isPythonFence} from '../sql/dialect.ts'
import type {ColumnFact, ConstraintFact, Name, Operation, OperationOf} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {isStage} from './copies.ts'
import type {ValueList} from './enums.ts'
import {isThere} from './present.ts'
import {called, itsName, nameOf, ofKind, ofTable, sameName} from './schema.ts'

export function valuesInSql(given: readonly Operation[]): readonly ValueList[] {
  // A script is called an example, and is the migration.
  const operations = given
    .filter((one) => isPythonFence(one.statement.code) || !isStage(one.statement))
    .flatMap((one) => withoutReplaced(one, given))
  const changed = new Set(ofKind(operations, 'rename-enum-value').map(({name}) => name.key))
  const added = ofKind(operations, 'add-enum-value')
  const types = ofKind(operations, 'create-enum')
    .filter((one) => !one.name.hole && !changed.has(one.name.key) && !isSucceeded(one, operations))
    .map(({name, values, start, end}): ValueList => {
      const later = called(added, nameOf, name)
        .filter((one) => one.name.key === name.key)
        .map(({value}) => value)
      const all = [...values, ...later]
      return {
        start,
        end,
        name,
        column: undefined,
        values: all,
        what: `CREATE TYPE ${name.text}`,
        from: 'type',
        constraint: undefined,
      }
    })
  const columns = [
    ...ofKind(operations, 'create-table').flatMap(({table, columns: all, constraints}) => [
      ...all.flatMap((column) => inline(table, column)),
      ...constraints.flatMap((one) => checked(table, one)),
    ]),
    ...ofKind(operations, 'add-column').flatMap(({table, column, constraints}) => [
      ...inline(table, column),
      ...constraints.flatMap((one) => checked(table, one)),
    ]),
    ...ofKind(operations, 'add-constraint').flatMap(({table, constraint}) => checked(table, constraint)),
  ]
  const last = retyped(operations)
  // What a column has before it gets more values, or fewer, is another list.
  const isWidened = (one: ValueList): boolean =>
    last.some((later) => later.start > one.start && isOfOne(one, later) && (isPart(one, later) || isPart(later, one)))
  return [...types, ...domains(operations), ...columns.filter((one) => !isWidened(one)), ...last]
}

/** The type gets another name, and a new one takes its place. */
function isSucceeded({name, start}: OperationOf<'create-enum'>, operations: readonly Operation[]): boolean {
  return ofKind(operations, 'alter-object').some(
    (one) =>
      one.what === 'type' &&
      one.start > start &&
      sameName(one.name, name) &&
      /\bRENAME\s+TO\b/i.test(one.statement.text) &&
      called(ofKind(operations, 'create-enum'), itsName, name).some((other) => other.start > one.start),
  )
}

/** The values that columns of `MODIFY COLUMN a ENUM('b', 'c')` have in the end. */
function retyped(operations: readonly Operation[]): readonly ValueList[] {
  const all = ofKind(operations, 'alter-type').flatMap(({table, column, type}) => listOf(table, column, type))
  return all.filter((one, index) => !all.slice(index + 1).some((later) => isOfOne(one, later)))
}

function isOfOne({column: a}: ValueList, {column: b}: ValueList): boolean {
  return a !== undefined && b !== undefined && sameName(a.table, b.table) && sameName(a.name, b.name)
}

/** All values of one are values of the other, which has more. */
function isPart({values: a}: ValueList, {values: b}: ValueList): boolean {
  return a.length < b.length && a.every(({text}) => b.some((one) => one.text === text))
}

/** What a column or an enum has today, and what the way back gives it again. */
export function formerValues(
  schema: SchemaFacts,
  document: SpecDocument,
  forward: readonly Operation[],
): readonly (readonly ValueList[])[] {
  const inForward = new Set(forward.map(({statement}) => statement))
  const today = schema.sql.statements.filter(isThere)
  const before = today
    .flatMap(({operations}) => ofKind(operations, 'create-table'))
    .flatMap(({table, columns}) => columns.flatMap((column) => inline(table, column)))
  const undoing = schema.sql.statements.filter((one) => !inForward.has(one)).flatMap(({operations}) => operations)
  const back = retyped(undoing)
  return [
    ...before.flatMap((one) => back.filter((other) => isOfOne(one, other)).map((other) => [one, other])),
    ...rebuilt(document, undoing),
  ]
}

/** "`Title` (so far `NONE`, `FM`): add `WIM`", and the `CREATE TYPE "Title"` of the way back. */
function rebuilt(document: SpecDocument, undoing: readonly Operation[]): readonly (readonly ValueList[])[] {
  const types = ofKind(undoing, 'create-enum')
  if (types.length === 0) return []
  const said = new Map(enumAdditions(document).map(({name, former}) => [name.start, {name, former}]))
  return [...said.values()].flatMap(({name, former: values}) => {
    const [first, last] = [values[0], values.at(-1)]
    const made = types.filter((one) => one.name.key.toLowerCase() === name.key.toLowerCase())
    if (!first || !last || made.length !== 1) return []
    const list = {name, column: undefined, constraint: undefined}
    const before: ValueList = {...list, start: first.start, end: last.end, values, what: name.text, from: 'document'}
    return made.map((one): readonly ValueList[] => [
      before,
      {...list, start: one.start, end: one.end, values: one.values, what: `CREATE TYPE ${one.name.text}`, from: 'type'},
    ])
  })
}

/** Without the checks that a later statement drops. */
function withoutReplaced(one: Operation, all: readonly Operation[]): readonly Operation[] {
  if (one.kind !== 'add-constraint' && one.kind !== 'create-table') return [one]
  // What a table is created with is dropped later, wherever that stands.
  const drops = ofTable(ofKind(all, 'drop-constraint'), one.table).filter(
    ({what, start}) => (start > one.start || one.kind === 'create-table') && (what === 'check' || what === 'any'),
  )
  const isReplaced = (check: ConstraintFact): boolean =>
    check.kind === 'check' && drops.some(({name}) => !name || !check.name || sameName(check.name, name))
  if (one.kind === 'add-constraint') return isReplaced(one.constraint) ? [] : [one]
  return [{...one, constraints: one.constraints.filter((check) => !isReplaced(check))}]
}

/** `CREATE DOMAIN state AS TEXT CHECK (VALUE IN ('a', 'b'))` */
function domains(operations: readonly Operation[]): readonly ValueList[] {
  return ofKind(operations, 'create-object').flatMap(({what, name, statement}) => {
    const list = what === 'domain' ? /\bVALUE\s+IN\s*\(([^()]*)\)/i.exec(statement.text) : null
    if (!list || name.hole || statement.template) return []
    const from = statement.start + list.index + list[0].length - 1 - (list[1] ?? '').length
    const values = [...(list[1] ?? '').matchAll(/'([^']*)'/gu)].map((match) => ({
      start: from + match.index,
      end: from + match.index + match[0].length,
      text: match[1] ?? '',
    }))
    return [
      {
        start: statement.start,
        end: statement.end,
        name,
        column: undefined,
        values,
        what: `CREATE DOMAIN ${name.text}`,
        from: 'type',
        constraint: undefined,
      },
    ]
  })
}

function inline(table: Name, {name, type}: ColumnFact): readonly ValueList[] {
  return listOf(table, name, type)
}

function listOf(table: Name, name: Name, type: ColumnFact['type']): readonly ValueList[] {
  if (!type || type.values.length === 0) return []
  const {start, end, values} = type
  return [
    {
      start,
      end,
      name: undefined,
      column: {table, name},
      values,
      what: `ENUM (${name.text})`,
      from: 'check',
      constraint: undefined,
    },
  ]
}

function checked(table: Name, constraint: ConstraintFact): readonly ValueList[] {
  if (constraint.kind !== 'check' || !constraint.allowed) return []
  const {start, end, name: own, allowed} = constraint
  const column = {table, name: allowed.column}
  return [
    {
      start,
      end,
      name: undefined,
      column,
      values: allowed.values,
      what: `CHECK (${column.name.text})`,
      from: 'check',
      constraint: own,
    },
  ]
}
