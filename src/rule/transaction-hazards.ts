import {isWithin} from '../document/places.ts'
import {code} from '../document/words.ts'
import type {Operation, SqlFacts} from '../sql/model.ts'
import {
  refusedInTransaction,
  type Transaction,
  transactionsOf,
  useOf,
  writeUnderLock,
} from '../sql/safety/transactions.ts'
import {tableOf} from '../sql/undoes.ts'
import {isForeseen} from './foresight.ts'
import {isDdl} from './halves.ts'
import type {Scene} from './hazards.ts'
import {sameName} from './schema.ts'
import {wrapperIn} from './wrappers.ts'

/** What goes wrong between BEGIN and COMMIT. Texts are in backquotes. */
export type TransactionHazard = {readonly at: Operation} & (
  | {readonly kind: 'unfinished'}
  | {readonly kind: 'nested'; readonly effect: string}
  | {readonly kind: 'concurrently'; readonly what: string}
  | {readonly kind: 'wrapped'; readonly what: string; readonly tool: string; readonly off: string}
  | {readonly kind: 'enumValue'; readonly value: string; readonly type: string; readonly effect: string}
  | {readonly kind: 'mixed'; readonly table: string; readonly before: string}
  | {readonly kind: 'implicit'; readonly what: string}
)

export function transactionHazards(scene: Scene, {problems}: SqlFacts): readonly TransactionHazard[] {
  const found = [scene.operations, scene.down].flatMap((half) => {
    const {all, nested} = transactionsOf(half)
    return [
      ...nested.map((at): TransactionHazard => ({kind: 'nested', at, effect: effectOfSecond(at)})),
      ...all
        .flatMap((one) => inside(one, scene))
        // A statement that can't be read may hold the COMMIT.
        .filter(
          ({kind, at}) => kind !== 'unfinished' || !problems.some(({start}) => isWithin(start, at.statement.code)),
        ),
    ]
  })
  const forward = transactionsOf(scene.operations).all.flatMap((one) => rowsIn(one, scene))
  return [...found, ...forward, ...wrapped(scene)]
}

function effectOfSecond({statement: {dialect}}: Operation): string {
  return dialect === 'mysql'
    ? 'MySQL commits what came before.'
    : 'PostgreSQL ignores it with a warning, and the first COMMIT ends all.'
}

function inside(transaction: Transaction, scene: Scene): readonly TransactionHazard[] {
  const {begin, end, operations} = transaction
  const found: TransactionHazard[] = []
  const isElided = /\.{3}|…/u.test(begin.statement.code.value)
  if (end === undefined && operations.length > 0 && !isElided) found.push({kind: 'unfinished', at: begin})
  if (begin.statement.dialect !== 'postgresql') return found
  for (const at of operations) {
    const what = refusedInTransaction(at)
    if (what !== undefined) found.push({kind: 'concurrently', at, what: code(what)})
    else found.push(...usedTooEarly(at, transaction, scene))
  }
  return found
}

function usedTooEarly(at: Operation, transaction: Transaction, {all, document}: Scene): readonly TransactionHazard[] {
  if (at.kind !== 'add-enum-value') return []
  if (all.some((one) => one.kind === 'create-enum' && sameName(one.name, at.name))) return []
  const use = useOf(at.value.text, at, transaction)
  const isOld = /\bpostgres(?:ql)?\s*(?:9|10|11)\b/i.test(document.text)
  if (!use && !isOld) return []
  const effect = use
    ? `PostgreSQL refuses ${code(use.text)}, which uses it before COMMIT.`
    : 'PostgreSQL before version 12 refuses it after BEGIN.'
  return [{kind: 'enumValue', at, value: code(at.value.text), type: code(at.name.text), effect}]
}

const knowsCommits =
  /\bcommits?\b[^.]{0,60}\b(?:by itself|implicit\w*|each|every|at once)\b|\bimplicit\w*[ -]commit|\bnot transactional\b|\bno transactional ddl\b/i

function rowsIn(transaction: Transaction, scene: Scene): readonly TransactionHazard[] {
  const {begin, operations} = transaction
  if (begin.statement.dialect === 'mysql') {
    const ddl = operations.find(isDdl)
    const hasRows = operations.some(({kind}) => /^(?:insert|update|delete)$/u.test(kind))
    // A template stands for what isn't there yet.
    const isTemplate = operations.some(({statement}) => statement.template)
    if (!ddl || !hasRows || isTemplate || knowsCommits.test(scene.document.text)) return []
    return [{kind: 'implicit', at: ddl, what: code(ddl.statement.text)}]
  }
  const at = writeUnderLock(transaction)
  const table = at && tableOf(at)
  if (!at || !table || scene.isOwn(at)) return []
  if (isForeseen({kind: 'backfill', table, names: [table]}, scene.plan, scene.all)) return []
  const before = operations.find((one) => isDdl(one) && tableOf(one)?.key === table.key) ?? begin
  return [{kind: 'mixed', at, table: code(table.text), before: code(before.statement.text)}]
}

/** A tool that the plan names opens the transaction. */
function wrapped({operations, plan}: Scene): readonly TransactionHazard[] {
  const refused = operations.flatMap((at) => {
    const what = at.statement.dialect === 'postgresql' ? refusedInTransaction(at) : undefined
    return what === undefined ? [] : [{at, what}]
  })
  if (refused.length === 0 || operations.some(({kind}) => kind === 'begin' || kind === 'commit')) return []
  const wrapper = wrapperIn(plan)
  if (wrapper === undefined) return []
  const {tool, off} = wrapper
  return refused.map(({at, what}) => ({kind: 'wrapped', at, what: code(what), tool, off: code(off)}))
}
