import {isWithin} from '../../document/places.ts'
import type {Operation, StatementFact} from '../model.ts'
import {sameName} from '../implicit.ts'

/** What goes on between BEGIN and COMMIT. */
export interface Transaction {
  readonly begin: Operation
  /** Undefined: nothing ends it. */
  readonly end: Operation | undefined
  /** In order, without the two. */
  readonly operations: readonly Operation[]
}

export interface Transactions {
  readonly all: readonly Transaction[]
  /** `BEGIN` inside of a transaction, in the same fence. */
  readonly nested: readonly Operation[]
}

/** The transactions of one script, which may go on over several fences. */
export function transactionsOf(operations: readonly Operation[]): Transactions {
  const all: Transaction[] = []
  const nested: Operation[] = []
  let open: {readonly begin: Operation; readonly operations: Operation[]} | undefined
  for (const operation of operations) {
    if (operation.kind === 'begin') {
      const isInside = open && isWithin(operation.start, open.begin.statement.code)
      if (open && isInside) {
        nested.push(operation)
        continue
      }
      if (open) all.push({...open, end: undefined})
      open = {begin: operation, operations: []}
    } else if (operation.kind === 'commit' || operation.kind === 'rollback') {
      if (open) all.push({...open, end: operation})
      open = undefined
    } else open?.operations.push(operation)
  }
  if (open) all.push({...open, end: undefined})
  return {all, nested}
}

/** What PostgreSQL refuses after BEGIN, as the words of the statement that say so. */
export function refusedInTransaction({kind, statement, ...operation}: Operation): string | undefined {
  const text = statement.text.replaceAll(/\s+/gu, ' ')
  const isConcurrent =
    (kind === 'create-index' && 'index' in operation && operation.index.concurrently) ||
    (kind === 'drop-index' && 'concurrently' in operation && operation.concurrently) ||
    /^REINDEX\b[^;]*\bCONCURRENTLY\b|^ALTER TABLE\b[^;]*\bDETACH PARTITION\b[^;]*\bCONCURRENTLY\b/i.test(text)
  const isAlone =
    /^(?:VACUUM\b|(?:CREATE|DROP) (?:DATABASE|TABLESPACE)\b|ALTER SYSTEM\b|REINDEX (?:\([^()]*\) )?(?:DATABASE|SYSTEM)\b)/i.test(
      text,
    )
  return isConcurrent || isAlone ? text.slice(0, 48) : undefined
}

/** The statement of a transaction that uses an enum's value before COMMIT. */
export function useOf(
  value: string,
  added: Operation,
  {operations}: Pick<Transaction, 'operations'>,
): StatementFact | undefined {
  return operations.find(
    ({start, statement}) =>
      start > added.start &&
      statement !== added.statement &&
      statement.operations[0]?.kind !== 'add-enum-value' &&
      statement.text.includes(`'${value}'`),
  )?.statement
}

/** The first write of rows to a table that the transaction has changed before, and so keeps locked. */
export function writeUnderLock({operations}: Pick<Transaction, 'operations'>): Operation | undefined {
  return operations.find((operation, index) => {
    const {kind, statement} = operation
    const isWrite = kind === 'update' || kind === 'delete' || (kind === 'insert' && /\bSELECT\b/i.test(statement.text))
    const {table} = 'table' in operation ? operation : {}
    return (
      isWrite &&
      table !== undefined &&
      operations
        .slice(0, index)
        .some((one) => locking.has(one.kind) && 'table' in one && one.table !== undefined && sameName(one.table, table))
    )
  })
}

const locking: ReadonlySet<Operation['kind']> = new Set([
  'add-column',
  'drop-column',
  'rename-column',
  'alter-type',
  'set-not-null',
  'drop-not-null',
  'set-default',
  'drop-default',
  'add-constraint',
  'drop-constraint',
])
