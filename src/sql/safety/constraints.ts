import {code, statementCode} from '../../document/words.ts'
import {lastPart, sameName} from '../implicit.ts'
import type {Name, Operation, OperationOf} from '../model.ts'
import {constraintKind} from '../parts.ts'
import {isBound} from './columns.ts'
import {type Danger, type Surroundings, written} from './danger.ts'

/** Whether all of these columns come with the migration: they hold nothing when it begins. */
function areNew(table: Name, columns: readonly Name[], {operations}: Surroundings): boolean {
  return (
    columns.length > 0 &&
    columns.every(({key}) =>
      operations.some((one) => one.kind === 'add-column' && sameName(one.table, table) && one.column.name.key === key),
    )
  )
}

export function indexBuilt(operation: OperationOf<'create-index'>, around: Surroundings): Danger | undefined {
  const {index, statement} = operation
  const {table, name, concurrently} = index
  if (concurrently || around.dialect !== 'postgresql' || areNew(table, index.columns, around)) return undefined
  // Written inside of a table that is being created.
  if (around.operations.some((one) => one.kind === 'create-table' && one.statement === statement)) return undefined
  const head = /^CREATE[ \t]+(?:UNIQUE[ \t]+)?INDEX\b/i.exec(statement.text)?.[0]
  const at = statement.start + (head?.length ?? 0)
  return {
    kind: 'index',
    operation,
    table,
    names: [...(name ? [name] : []), ...index.columns.filter(({key}) => key !== '')],
    what: name ? code(name.text) : 'without a name',
    effect: `PostgreSQL holds a SHARE lock until it has read every row: nobody can write to ${code(table.text)} for as long as that takes.`,
    way: `Write ${statementCode(withConcurrently(statement.text))}, outside a transaction.`,
    ...(head !== undefined && {
      fix: {title: 'Add CONCURRENTLY', edits: [{start: at, end: at, text: ' CONCURRENTLY'}]},
    }),
  }
}

function withConcurrently(text: string): string {
  return text.replace(/\bINDEX\b/i, 'INDEX CONCURRENTLY')
}

export function indexDropped(operation: OperationOf<'drop-index'>, around: Surroundings): Danger | undefined {
  const {name, concurrently, statement} = operation
  const made = [...around.operations, ...around.down].find(
    (one) => one.kind === 'create-index' && one.index.name && sameName(one.index.name, name),
  )
  const table = operation.table ?? (made?.kind === 'create-index' ? made.index.table : undefined)
  if (concurrently || around.dialect !== 'postgresql' || table === undefined) return undefined
  if (made && around.operations.includes(made)) return undefined
  const head = /^DROP[ \t]+INDEX\b/i.exec(statement.text)?.[0]
  const at = statement.start + (head?.length ?? 0)
  return {
    kind: 'dropIndex',
    operation,
    table,
    names: [name],
    what: code(name.text),
    effect: `PostgreSQL waits for all who use ${code(table.text)}, and whoever comes after waits behind it.`,
    way: `Write ${statementCode(withConcurrently(statement.text))}, outside a transaction.`,
    ...(head !== undefined && {
      fix: {title: 'Add CONCURRENTLY', edits: [{start: at, end: at, text: ' CONCURRENTLY'}]},
    }),
  }
}

export function constraintAdded(operation: OperationOf<'add-constraint'>, around: Surroundings): Danger | undefined {
  const {constraint, table, notValid, usingIndex, statement} = operation
  const {dialect} = around
  const isKey = constraint.kind === 'primary' || constraint.kind === 'unique'
  if (constraint.kind === 'check' && constraint.exclusion) return undefined
  const columns = constraint.kind === 'check' ? checked(constraint.allowed?.column) : constraint.columns
  if (areNew(table, columns, around)) return undefined
  if (dialect === 'mysql') return isKey || isBound(statement.text) ? undefined : copied(operation)
  if (dialect !== 'postgresql') return undefined
  if (isKey) return usingIndex ? undefined : keyAdded(operation, around)
  return notValid ? undefined : scanned(operation, around)
}

function checked(column: Name | undefined): readonly Name[] {
  return column ? [column] : []
}

function namesOf({constraint}: OperationOf<'add-constraint'>): readonly Name[] {
  const columns = constraint.kind === 'check' ? checked(constraint.allowed?.column) : constraint.columns
  return [...(constraint.name ? [constraint.name] : []), ...columns.filter(({key}) => key !== '')]
}

/** MySQL copies the table for a foreign key while `foreign_key_checks` is on, and for a check. */
function copied(operation: OperationOf<'add-constraint'>): Danger {
  const {table} = operation
  return {
    kind: 'copied',
    operation,
    table,
    names: namesOf(operation),
    what: constraintKind(operation.constraint),
    effect: `MySQL copies the whole of ${code(table.text)}: nobody can write for as long as that takes.`,
    way: 'Say in which window it runs, or that pt-online-schema-change or gh-ost makes the change.',
  }
}

function keyAdded(operation: OperationOf<'add-constraint'>, around: Surroundings): Danger {
  const {constraint, table} = operation
  const columns = constraint.kind === 'check' ? [] : constraint.columns.map((column) => written(column, around))
  const isPrimary = constraint.kind === 'primary'
  const own = constraint.name ? written(constraint.name, around) : `${lastPart(table)}_${isPrimary ? 'pkey' : 'key'}`
  const name = written(table, around)
  const index = `CREATE UNIQUE INDEX CONCURRENTLY ${own} ON ${name} (${columns.join(', ')});`
  const key = `ALTER TABLE ${name} ADD CONSTRAINT ${own} ${isPrimary ? 'PRIMARY KEY' : 'UNIQUE'} USING INDEX ${own};`
  return {
    kind: 'key',
    operation,
    table,
    names: namesOf(operation),
    what: constraintKind(operation.constraint),
    effect: `PostgreSQL builds the index under an ACCESS EXCLUSIVE lock: nobody can read or write ${code(table.text)} for as long as that takes.`,
    way: `Write ${statementCode(index)} outside a transaction, then ${statementCode(key)}.`,
  }
}

function scanned(operation: OperationOf<'add-constraint'>, around: Surroundings): Danger {
  const {constraint, table} = operation
  const name = constraint.name && written(constraint.name, around)
  const isKey = constraint.kind === 'foreign'
  const validate = `ALTER TABLE ${written(table, around)} VALIDATE CONSTRAINT ${name ?? '…'};`
  return {
    kind: 'constraint',
    operation,
    table,
    names: namesOf(operation),
    what: constraintKind(operation.constraint),
    effect: `PostgreSQL reads every row of ${code(table.text)} under ${
      isKey
        ? 'a SHARE ROW EXCLUSIVE lock on both tables: nobody can write to them'
        : 'an ACCESS EXCLUSIVE lock: nobody can read or write'
    } for as long as that takes.`,
    way: `Write NOT VALID behind it, then ${statementCode(validate)} in a transaction of its own.`,
    ...(name !== undefined && isLast(operation) && {fix: deferred(operation, validate, around)}),
  }
}

function isLast({statement, start}: Operation): boolean {
  return statement.operations.at(-1)?.start === start
}

function deferred({end, statement}: Operation, validate: string, {text}: Surroundings): NonNullable<Danger['fix']> {
  const close = statement.end + (text[statement.end] === ';' ? 1 : 0)
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const line = text.slice(text.lastIndexOf('\n', statement.start - 1) + 1, statement.start)
  const indent = /^[ \t>]*$/u.test(line) ? line : ''
  return {
    title: 'Add NOT VALID, and validate behind it',
    edits: [
      {start: end, end, text: ' NOT VALID'},
      {start: close, end: close, text: `${close === statement.end ? ';' : ''}${eol}${indent}${validate}`},
    ],
  }
}
