import {code, statementCode} from '../../document/words.ts'
import type {Operation, OperationOf} from '../model.ts'
import {columnAdded, columnChanged, notNullSet} from './columns.ts'
import {constraintAdded, indexBuilt, indexDropped} from './constraints.ts'
import {type Danger, type Surroundings, written} from './danger.ts'

/** What one operation does to a table that is there; `undefined` where it is harmless. */
export function dangerOf(operation: Operation, around: Surroundings): Danger | undefined {
  switch (operation.kind) {
    case 'add-column':
      return columnAdded(operation, around)
    case 'set-not-null':
      return notNullSet(operation, around)
    case 'alter-type':
      return columnChanged(operation, around)
    case 'create-index':
      return indexBuilt(operation, around)
    case 'drop-index':
      return indexDropped(operation, around)
    case 'add-constraint':
      return constraintAdded(operation, around)
    case 'drop-table':
    case 'drop-column':
      return dropped(operation)
    case 'rename-table':
    case 'rename-column':
      return renamed(operation, around)
    case 'truncate':
    case 'delete':
      return emptied(operation, around)
    case 'update':
      return filled(operation, around)
    case 'alter-object':
      return rewritten(operation)
    default:
      return undefined
  }
}

function dropped(operation: OperationOf<'drop-table' | 'drop-column'>): Danger {
  const {table} = operation
  const column = operation.kind === 'drop-column' ? operation.column : undefined
  return {
    kind: 'loss',
    operation,
    table,
    names: [column ?? table],
    what: column ? `Column ${code(column.text)} of ${code(table.text)}` : `Table ${code(table.text)}`,
    effect: 'What it holds is lost, and code that still uses it fails.',
    way: 'Say where the data is kept, and that the release before no longer uses it.',
  }
}

function renamed(operation: OperationOf<'rename-table' | 'rename-column'>, around: Surroundings): Danger | undefined {
  const {table, to} = operation
  const column = operation.kind === 'rename-column' ? operation.column : undefined
  const isServed = around.operations.some(
    (one) => one.kind === 'create-object' && one.what === 'view' && one.name.key === table.key,
  )
  if (!column && isServed) return undefined
  const [old, fresh] = [written(table, around), written(to, around)]
  return {
    kind: 'rename',
    operation,
    table,
    names: [column ?? table, to],
    what: column ? `Column ${code(column.text)} of ${code(table.text)}` : `Table ${code(table.text)}`,
    effect: 'Code that uses the old name fails from this statement on.',
    way: column
      ? `Add ${code(to.text)} beside it, write to both and drop ${code(column.text)} with a later release, or say when the service is stopped.`
      : `Keep the old name for one release with ${statementCode(`CREATE VIEW ${old} AS SELECT * FROM ${fresh};`)} in the same transaction, or say when the service is stopped.`,
  }
}

function emptied(operation: OperationOf<'truncate' | 'delete'>, around: Surroundings): Danger | undefined {
  const {table} = operation
  if (table === undefined || (operation.kind === 'delete' && operation.filtered)) return undefined
  const isTruncate = operation.kind === 'truncate'
  return {
    kind: 'emptied',
    operation,
    table,
    names: [table],
    what: statementCode(`${isTruncate ? 'TRUNCATE' : 'DELETE FROM'} ${table.text}`),
    effect:
      isTruncate && around.dialect === 'mysql'
        ? 'MySQL commits it at once: no rollback brings the rows back.'
        : 'Only a backup brings the rows back after COMMIT.',
    way: isTruncate
      ? 'Say where the rows are kept, or why nobody needs them.'
      : 'Add the WHERE that it needs, or say where the rows are kept.',
  }
}

function filled(operation: OperationOf<'update'>, around: Surroundings): Danger | undefined {
  const {table} = operation
  if (table === undefined || operation.filtered) return undefined
  const name = written(table, around)
  return {
    kind: 'backfill',
    operation,
    table,
    names: [table],
    what: code(table.text),
    effect: `Each row stays locked until the last one is written, so the wait grows with ${code(table.text)}.`,
    way: `Write it in batches, each a transaction of its own: ${statementCode(`UPDATE ${name} SET … WHERE … BETWEEN $1 AND $2;`)}.`,
  }
}

/** `SET LOGGED`, `SET TABLESPACE`, a conversion of characters. */
function rewritten(operation: OperationOf<'alter-object'>): Danger | undefined {
  const {table, statement} = operation
  if (table === undefined || operation.what !== 'table') return undefined
  const clause =
    /\bSET\s+(?:UN)?LOGGED\b|\bSET\s+TABLESPACE\b|\bSET\s+ACCESS\s+METHOD\b|\bCONVERT\s+TO\s+CHARACTER\s+SET\b/i.exec(
      statement.text,
    )?.[0]
  if (clause === undefined) return undefined
  return {
    kind: 'rewrite',
    operation,
    table,
    names: [table],
    what: code(clause.toUpperCase()),
    effect: `The whole of ${code(table.text)} is copied under a lock, as long as the table is large.`,
    way: 'Say in which window it runs and how long it takes.',
  }
}
