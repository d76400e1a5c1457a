import type {SchemaFacts} from '../../rule/types.ts'
import {lastPart} from '../../sql/implicit.ts'
import type {ForeignKeyFact, Name, Operation, OperationOf, StatementFact} from '../../sql/model.ts'
import {constraintsOf} from '../../sql/parts.ts'
import {tableOf} from '../../sql/undoes.ts'
import {isSlip, typeFor} from '../course/stubs.ts'
import type {Executable, Stub, StubColumn} from '../model.ts'
import {quoted} from '../quoted.ts'
import {columnSql, quotedName, typeSql} from './render.ts'
import {restoring} from './restored.ts'

interface Scripts {
  readonly forward: readonly StatementFact[]
  readonly down: readonly StatementFact[]
}

export interface Derived {
  /** Statements of the rollback that make again what the migration drops: it was there before. */
  readonly statements: readonly string[]
  readonly stubs: readonly Stub[]
}

/** The state before a migration, from what the document itself tells of the tables that it changes and doesn't make. */
export function derivedBefore(schema: SchemaFacts, {forward, down}: Scripts, dialect: Executable): Derived {
  const up = forward.flatMap(({operations}) => operations)
  const back = down.flatMap(({operations}) => operations)
  const tables = new Map<string, {readonly name: Name; readonly columns: Map<string, StubColumn>}>()
  const made = new Set<string>()
  const all = up.flatMap((one) => (one.kind === 'create-table' ? lastPart(one.table) : []))
  const stub = (name: Name | undefined): Columns | undefined => {
    // A table that the document makes later, or a slip of one that it makes, is not there before.
    if (!name || name.hole || made.has(lastPart(name)) || all.includes(lastPart(name)) || isSlip(lastPart(name), all))
      return undefined
    const known = tables.get(lastPart(name)) ?? {name, columns: new Map<string, StubColumn>()}
    tables.set(lastPart(name), known)
    return known.columns
  }
  const restored = restoring(up, back)
  const again = new Set(
    restored.flatMap(({operations}) =>
      operations.flatMap((one) => (one.kind === 'create-table' ? lastPart(one.table) : [])),
    ),
  )
  const added = new Set<string>()
  for (const operation of up) {
    const table = tableOf(operation)
    if (operation.kind === 'create-table') made.add(lastPart(operation.table))
    if (operation.kind === 'create-object') made.add(lastPart(operation.name))
    if (operation.kind === 'rename-table' && !made.has(lastPart(operation.table)))
      renamed(operation, up, tables, dialect)
    if (
      table &&
      operation.kind !== 'create-table' &&
      !(operation.kind === 'create-object' && operation.what === 'view')
    ) {
      const columns = stub(table)
      if (operation.kind === 'add-column') added.add(`${lastPart(table)}.${operation.column.name.key}`)
      if (operation.kind === 'rename-column') added.add(`${lastPart(table)}.${operation.to.key}`)
      for (const {name, type, guessed} of columnsOf(operation, table, back, dialect))
        if (columns && !columns.has(name) && !added.has(`${lastPart(table)}.${name}`))
          columns.set(name, {name, type, rest: '', guessed})
    }
    if (operation.kind === 'rename-table') made.add(lastPart(operation.to))
    for (const key of constraintsOf(operation)) if (key.kind === 'foreign') needKeys(stub(key.table), key, up, dialect)
  }
  describe(schema, tables, dialect, added)
  const stubs = [...tables.values()]
    .filter(({name}) => !again.has(lastPart(name)))
    .map(({name, columns}) => ({
      table: quotedName(name),
      columns: keyed([...columns.values()], dialect, added.has(`${lastPart(name)}.id`)),
    }))
  return {statements: [...schemasOf(up), ...enumsOf(schema, up), ...restored.map(({text}) => text)], stubs}
}

type Columns = Map<string, StubColumn>

/** A table that gives its name to one that is made in its place was there, and most likely with the columns of that. */
function renamed(
  {table}: OperationOf<'rename-table'>,
  up: readonly Operation[],
  tables: Map<string, {readonly name: Name; readonly columns: Columns}>,
  dialect: Executable,
): void {
  const next = up.find((one) => one.kind === 'create-table' && lastPart(one.table) === lastPart(table))
  if (next?.kind !== 'create-table' || tables.has(lastPart(table))) return
  const columns = next.columns.filter(({name}) => !name.hole)
  tables.set(lastPart(table), {
    name: table,
    columns: new Map(
      columns.map((column) => [
        column.name.key,
        {name: column.name.key, type: columnSql(column, dialect), rest: '', guessed: true},
      ]),
    ),
  })
}

/** The columns that a foreign key leads to, of the types of its own. */
function needKeys(
  target: Columns | undefined,
  {columns, target: names}: ForeignKeyFact,
  up: readonly Operation[],
  dialect: Executable,
): void {
  const own = columns.map((column) => typeIn(up, column, dialect))
  for (const [index, name] of (names.length > 0 ? names.map((one) => one.key) : ['id']).entries())
    target?.set(name, {
      name,
      type: own[index] ?? 'bigint',
      rest: names.length < 2 ? (name === 'id' ? 'PRIMARY KEY' : 'UNIQUE') : '',
      guessed: own[index] === undefined,
    })
}

/** The type of a column as the migration gives it. */
function typeIn(operations: readonly Operation[], {key}: Name, dialect: Executable): string | undefined {
  for (const one of operations) {
    const columns = one.kind === 'create-table' ? one.columns : one.kind === 'add-column' ? [one.column] : []
    const found = columns.find(({name, type}) => name.key === key && type !== undefined)
    if (found?.type) return typeSql(found.type, dialect)
  }
  return undefined
}

/** Rows are told apart by a key. */
function keyed(columns: readonly StubColumn[], dialect: Executable, isAdded: boolean): readonly StubColumn[] {
  if (isAdded || columns.some(({rest}) => rest.includes('PRIMARY KEY'))) return columns
  const id = columns.find(({name}) => name === 'id')
  const type = dialect === 'sqlite' ? 'INTEGER' : 'bigint'
  const key: StubColumn = id ? {...id, rest: 'PRIMARY KEY'} : {name: 'id', type, rest: 'PRIMARY KEY', guessed: true}
  return [key, ...columns.filter(({name}) => name !== 'id')]
}

/** Columns that an operation needs; the rollback may tell their types. */
function columnsOf(
  operation: Operation,
  table: Name,
  back: readonly Operation[],
  dialect: Executable,
): readonly Omit<StubColumn, 'rest'>[] {
  const told = ({key}: Name): Omit<StubColumn, 'rest'> => {
    for (const one of back) {
      if (!tableOf(one) || lastPart(tableOf(one) ?? table) !== lastPart(table)) continue
      if (one.kind === 'add-column' && one.column.name.key === key && one.column.type)
        return {name: key, type: columnSql(one.column, dialect), guessed: false}
      if (one.kind === 'alter-type' && one.column.key === key && one.type)
        return {name: key, type: typeSql(one.type, dialect), guessed: false}
    }
    return {name: key, type: typeFor(key), guessed: true}
  }
  switch (operation.kind) {
    case 'drop-column':
    case 'rename-column':
    case 'alter-type':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
      return [told(operation.column)]
    case 'create-index':
      return operation.index.columns.filter(({key, hole}) => key !== '' && !hole).map(told)
    case 'add-constraint':
      return operation.constraint.kind === 'check' ? [] : operation.constraint.columns.map(told)
    default:
      return []
  }
}

/** Columns that the document describes of tables that are there. */
function describe(
  schema: SchemaFacts,
  tables: ReadonlyMap<string, {readonly name: Name; readonly columns: Map<string, StubColumn>}>,
  dialect: Executable,
  added: ReadonlySet<string>,
): void {
  const described = [
    ...schema.tables.filter(({part, state}) => part === 'all' && state !== 'new'),
    ...schema.models.tables.map(({name, table, columns}) => ({name: table ?? name, columns})),
  ]
  for (const {name, columns} of described) {
    const into = tables.get(lastPart(name))?.columns
    for (const column of into ? columns : []) {
      const {key, hole} = column.name
      if (hole || key === '' || added.has(`${lastPart(name)}.${key}`)) continue
      const known = into?.get(key)
      if (known === undefined || (known.guessed && column.type))
        into?.set(key, {name: key, type: columnSql(column, dialect), rest: known?.rest ?? '', guessed: !column.type})
    }
  }
}

/** Schemas that names stand in and that nobody makes. */
function schemasOf(up: readonly Operation[]): readonly string[] {
  const made = new Set(up.flatMap((one) => (one.kind === 'create-object' && one.what === 'schema' ? one.name.key : [])))
  const named = up.flatMap((one) => {
    const key = tableOf(one)?.key ?? ''
    return key.includes('.') ? key.slice(0, key.indexOf('.')) : []
  })
  return [...new Set(named)]
    .filter((name) => !made.has(name) && name !== 'public')
    .map((name) => `CREATE SCHEMA IF NOT EXISTS ${quoted(name)}`)
}

/** Enums that get a value and that nobody makes. */
function enumsOf({enums}: SchemaFacts, up: readonly Operation[]): readonly string[] {
  const made = new Set(up.flatMap((one) => (one.kind === 'create-enum' ? lastPart(one.name) : [])))
  const wanted = new Map(
    up.flatMap((one) =>
      (one.kind === 'add-enum-value' || one.kind === 'rename-enum-value') && !made.has(lastPart(one.name))
        ? [[lastPart(one.name), one] as const]
        : [],
    ),
  )
  return [...wanted.values()].map(({name, kind, value}) => {
    const added = new Set(
      up.flatMap((one) =>
        one.kind === 'add-enum-value' && lastPart(one.name) === lastPart(name) ? one.value.text : [],
      ),
    )
    const described = enums.find((one) => lastPart(one.name) === lastPart(name))
    const values = (described?.values ?? []).map(({text}) => text).filter((text) => !added.has(text))
    const all = kind === 'rename-enum-value' ? [value.text, ...values] : values
    const labels = (all.length > 0 ? all : ['sample']).map((text) => `'${text.replaceAll("'", "''")}'`)
    return `CREATE TYPE ${quotedName(name)} AS ENUM (${[...new Set(labels)].join(', ')})`
  })
}
