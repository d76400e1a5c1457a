import {constraintName, indexName, lastPart, sameName} from '../implicit.ts'
import type {ColumnFact, Name, Operation, OperationOf} from '../model.ts'
import {keyIn, stateKey} from './lookup.ts'
import type {EnumState, SchemaState, TableState} from './model.ts'

interface Draft {
  readonly tables: Map<string, TableState>
  readonly enums: Map<string, EnumState>
  readonly others: Set<string>
  readonly gone: Map<string, string>
  readonly file: string
}

/** The state after some operations, in order. What they change and the state lacks is left alone. */
export function applyOperations(state: SchemaState, operations: readonly Operation[], file: string): SchemaState {
  const draft: Draft = {
    tables: new Map(state.tables),
    enums: new Map(state.enums),
    others: new Set(state.others),
    gone: new Map(state.gone),
    file,
  }
  for (const operation of operations) apply(operation, draft)
  return {...state, ...draft}
}

function apply(operation: Operation, draft: Draft): void {
  switch (operation.kind) {
    case 'create-table':
      createTable(operation, draft)
      return
    case 'drop-table':
      remove(operation.table, draft)
      return
    case 'rename-table':
      renameTable(operation, draft)
      return
    case 'create-enum':
      draft.enums.set(stateKey(operation.name), {
        name: operation.name,
        values: operation.values.map(({text}) => text),
        file: draft.file,
      })
      return
    case 'add-enum-value':
      changeEnum(operation, draft)
      return
    case 'create-index':
      change(operation.index.table, draft, (table) => ({indexes: [...table.indexes, operation.index]}))
      return
    case 'drop-index':
      dropIndex(operation, draft)
      return
    case 'create-object':
    case 'drop-object':
    case 'alter-object':
      changeObject(operation, draft)
      return
    default:
      changeTable(operation, draft)
  }
}

/** Columns may be missing from the list: `AS SELECT`, `LIKE`, `INHERITS`, `PARTITION OF`. */
const partial = /\b(?:LIKE|INHERITS|PARTITION\s+OF|CLONE)\b/i

function createTable(operation: OperationOf<'create-table'>, draft: Draft): void {
  const {table, columns, constraints, ifNotExists, temporary, statement} = operation
  if (temporary || table.hole || (ifNotExists && keyIn(draft.tables, table) !== undefined)) return
  draft.gone.delete(stateKey(table))
  draft.tables.set(keyIn(draft.tables, table) ?? stateKey(table), {
    name: table,
    columns,
    complete:
      columns.length > 0 &&
      !statement.template &&
      !columns.some(({name}) => name.hole) &&
      !partial.test(statement.text),
    constraints,
    indexes: [],
    file: draft.file,
  })
}

function remove(table: Name, {tables, gone, file}: Draft): void {
  const key = keyIn(tables, table)
  gone.set(key ?? stateKey(table), file)
  if (key !== undefined) tables.delete(key)
}

function renameTable({table, to}: OperationOf<'rename-table'>, draft: Draft): void {
  const key = keyIn(draft.tables, table)
  const known = key === undefined ? undefined : draft.tables.get(key)
  remove(table, draft)
  draft.gone.delete(stateKey(to))
  const schema = known?.name.key.includes('.') === true ? known.name.key.replace(/[^.]*$/u, '') : ''
  const name = to.key.includes('.') ? to : {...to, key: `${schema}${to.key}`}
  draft.tables.set(stateKey(name), {
    columns: [],
    complete: false,
    constraints: [],
    file: draft.file,
    ...known,
    name,
    indexes: (known?.indexes ?? []).map((index) => ({...index, table: name})),
  })
}

function change(table: Name, {tables}: Draft, changed: (table: TableState) => Partial<TableState>): void {
  const key = keyIn(tables, table)
  const known = key === undefined ? undefined : tables.get(key)
  if (key !== undefined && known) tables.set(key, {...known, ...changed(known)})
}

function changeTable(operation: Operation, draft: Draft): void {
  switch (operation.kind) {
    case 'add-column':
      draft.gone.delete(columnKey(operation.table, operation.column.name))
      change(operation.table, draft, ({columns, constraints}) => ({
        columns: [...columns.filter(({name}) => !sameColumn(name, operation.column.name)), operation.column],
        constraints: [...constraints, ...operation.constraints],
      }))
      return
    case 'drop-column':
      draft.gone.set(columnKey(operation.table, operation.column), draft.file)
      change(operation.table, draft, (table) => withoutColumn(table, operation.column))
      return
    case 'rename-column':
      draft.gone.set(columnKey(operation.table, operation.column), draft.file)
      draft.gone.delete(columnKey(operation.table, operation.to))
      change(operation.table, draft, (table) => withRenamed(table, operation.column, operation.to))
      return
    case 'alter-type':
      changeColumn(operation, draft, (column) => ({...column, type: operation.type ?? column.type}))
      return
    case 'set-not-null':
    case 'drop-not-null':
      changeColumn(operation, draft, (column) => ({...column, nullable: operation.kind === 'drop-not-null'}))
      return
    case 'drop-default':
      changeColumn(operation, draft, (column) => ({...column, default: undefined}))
      return
    case 'add-constraint':
      change(operation.table, draft, ({constraints}) => ({constraints: [...constraints, operation.constraint]}))
      return
    case 'drop-constraint':
      dropConstraint(operation, draft)
      return
    default:
  }
}

function sameColumn(a: Name, b: Name): boolean {
  return lastPart(a).toLowerCase() === lastPart(b).toLowerCase()
}

/** A column as `gone` has it. */
export function columnKey(table: Name, column: Name): string {
  return `${lastPart(table).toLowerCase()}.${lastPart(column).toLowerCase()}`
}

function changeColumn(
  {table, column}: {readonly table: Name; readonly column: Name},
  draft: Draft,
  changed: (column: ColumnFact) => ColumnFact,
): void {
  change(table, draft, ({columns}) => ({
    columns: columns.map((one) => (sameColumn(one.name, column) ? changed(one) : one)),
  }))
}

/** A column takes with it the constraints and indexes that it is part of. */
function withoutColumn({columns, constraints, indexes}: TableState, column: Name): Partial<TableState> {
  const has = (names: readonly Name[]): boolean => names.some((name) => sameColumn(name, column))
  return {
    columns: columns.filter(({name}) => !sameColumn(name, column)),
    constraints: constraints.filter((one) => one.kind === 'check' || !has(one.columns)),
    indexes: indexes.filter((index) => !has(index.columns)),
  }
}

function withRenamed({columns, constraints, indexes}: TableState, column: Name, to: Name): Partial<TableState> {
  const renamed = (name: Name): Name => (sameColumn(name, column) ? to : name)
  return {
    columns: columns.map((one) => ({...one, name: renamed(one.name)})),
    constraints: constraints.map((one) => (one.kind === 'check' ? one : {...one, columns: one.columns.map(renamed)})),
    indexes: indexes.map((index) => ({...index, columns: index.columns.map(renamed)})),
  }
}

function dropConstraint({table, name, what, statement}: OperationOf<'drop-constraint'>, draft: Draft): void {
  change(table, draft, ({constraints}) => ({
    constraints: constraints.filter((one) => {
      if (what === 'primary') return one.kind !== 'primary'
      return name === undefined || constraintName(one, table, statement.dialect) !== lastPart(name)
    }),
  }))
}

function dropIndex({name, table, statement}: OperationOf<'drop-index'>, {tables}: Draft): void {
  for (const [key, one] of tables) {
    if (table && !sameName(one.name, table)) continue
    const kept = one.indexes.filter((index) => indexName(index, statement.dialect) !== lastPart(name))
    if (kept.length < one.indexes.length) tables.set(key, {...one, indexes: kept})
  }
}

function changeEnum({name, value}: OperationOf<'add-enum-value'>, {enums}: Draft): void {
  const key = keyIn(enums, name)
  const known = key === undefined ? undefined : enums.get(key)
  if (key !== undefined && known && !known.values.includes(value.text))
    enums.set(key, {...known, values: [...known.values, value.text]})
}

function changeObject(
  {kind, what, name, statement}: OperationOf<'create-object' | 'drop-object' | 'alter-object'>,
  draft: Draft,
): void {
  if (kind === 'create-object') draft.others.add(stateKey(name))
  else if (kind === 'drop-object') {
    draft.others.delete(keyIn(draft.others, name) ?? '')
    if (what === 'type' || what === 'domain') draft.enums.delete(keyIn(draft.enums, name) ?? '')
    // Its tables go with it.
    if (what === 'schema')
      for (const key of draft.tables.keys()) if (key.startsWith(`${stateKey(name)}.`)) draft.tables.delete(key)
  } else {
    // `ALTER VIEW a RENAME TO b`, `ALTER TABLE a SET SCHEMA b`: the new name counts as one that is there.
    const to = /\b(?:RENAME\s+TO|SET\s+SCHEMA)\s+["`[]?([\p{L}\p{N}_$]+)/iu.exec(statement.text)?.[1]
    if (to === undefined) return
    draft.others.add(to.toLowerCase())
    if (/\bSET\s+SCHEMA\b/i.test(statement.text)) draft.others.add(`${to.toLowerCase()}.${lastPart(name)}`)
  }
}
