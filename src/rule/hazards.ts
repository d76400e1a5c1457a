import type {Span, SpecDocument} from '../document/types.ts'
import {isWithin} from '../document/places.ts'
import {code, list, statementCode} from '../document/words.ts'
import type {Section} from '../document/types.ts'
import type {Name, Operation, OperationOf, SqlFacts} from '../sql/model.ts'
import type {Danger} from '../sql/safety/danger.ts'
import {dangerOf} from '../sql/safety/dangers.ts'
import {transactionsOf} from '../sql/safety/transactions.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {undoneBy} from '../sql/takers.ts'
import {tableOf} from '../sql/undoes.ts'
import type {BoundDocument} from '../type/types.ts'
import {isForeseen} from './foresight.ts'
import {halvesOf, wordsIn, hasName, isDdl, isOpen, migrationWays} from './halves.ts'
import {type ShutOut, shutOut} from './shut-out.ts'
import {keysInPlace} from './keys-in-place.ts'
import {type Plan, planOf} from './plan.ts'
import {called, nameOf, newName, ofKind, ofTable} from './schema.ts'
import {unvalidated} from './unmet-names.ts'
import {type TransactionHazard, transactionHazards} from './transaction-hazards.ts'

/** What is wrong with the statements of a migration that its plan doesn't speak of. */
export type Hazard =
  | {readonly kind: 'danger'; readonly danger: Danger}
  | {readonly kind: 'ignored'; readonly at: Span; readonly table: string; readonly line: string}
  | {readonly kind: 'shut'; readonly at: Span; readonly values: string; readonly column: string}
  | {readonly kind: 'unvalidated'; readonly at: Span; readonly what: string; readonly statement: string}
  | {readonly kind: 'inPlace'; readonly at: Span; readonly way: string}
  | TransactionHazard

/** A migration, and all that has to be known to judge it. */
export interface Scene {
  readonly document: SpecDocument
  readonly plan: Plan
  /** Of the way there, in order. */
  readonly operations: readonly Operation[]
  readonly down: readonly Operation[]
  readonly all: readonly Operation[]
  /** A table that the document makes, or that has another name by now: it is empty, or has been told of. */
  readonly isOwn: (operation: Operation) => boolean
}

export function hazardsOf(facts: {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly schema: SchemaFacts
}): readonly Hazard[] {
  const {document, type, schema} = facts
  const halves = halvesOf(facts)
  const {declared, up, down} = halves
  const operations = (up.some(isDdl) ? up : [...declared, ...up]).filter((one) => !isOpen(one))
  const own = [...declared, ...up]
  const all = [...own, ...schema.sql.statements.flatMap((one) => one.operations)]
  const places = [...type.withRole('migration'), ...operations.map(({statement}) => statement.section)].map(outermost)
  // A table of which the statement can't be read may well be made by it.
  const refused = schema.sql.problems.map(({statement: {start, end}}) => document.text.slice(start, end)).join('\n')
  const scene: Scene = {
    document,
    plan: planOf(document, [...new Set(places)]),
    operations,
    down,
    all,
    isOwn: (operation) => {
      const table = tableOf(operation) ?? tableOfIndex(operation, down)
      return (
        table === undefined ||
        isPassing(operation, own) ||
        hasName(refused, table) ||
        ofTable(ofKind(all, 'create-table'), table).some((one) => !isLater(operation, one)) ||
        called(ofKind(all, 'rename-table'), newName, table).length > 0 ||
        called(schema.tables, nameOf, table).some(
          ({state, start}) => state !== 'existing' && !isLater(operation, {start}),
        )
      )
    },
  }
  const isOfBack = new Set(down)
  const transactions = transactionHazards(scene, schema.sql)
  const isMixed = new Set(transactions.flatMap((one) => (one.kind === 'mixed' ? [one.at] : [])))
  const found: readonly Hazard[] = [
    ...transactions,
    ...dangersIn(scene, schema.sql).filter(({danger}) => !isMixed.has(danger.operation)),
    ...ignoredKeys(scene, schema.sql),
    ...[up, down].flatMap(keysInPlace).map(({at, way}): Hazard => ({kind: 'inPlace', at, way: code(way)})),
    ...unvalidated(
      operations,
      all.filter((one) => !isOfBack.has(one)),
      () => wordsIn(document, {start: 0, end: document.text.length}),
    ).map(unvalidatedHazard),
  ]
  return [...found, ...migrationWays(halves, []).flatMap((way) => shutOut(way, document).map(shutHazard))]
}

function shutHazard({operation: {start, end}, column, values}: ShutOut): Hazard {
  return {kind: 'shut', at: {start, end}, values: list(values), column: code(column)}
}

function unvalidatedHazard({table, constraint, start, end}: OperationOf<'add-constraint'>): Hazard {
  const name = constraint.name?.text ?? ''
  const statement = code(`ALTER TABLE ${table.text} VALIDATE CONSTRAINT ${name};`)
  return {kind: 'unvalidated', at: {start, end}, what: code(name), statement}
}

/** The document itself makes what is dropped here: before, or in another fence; dropped and made again, it loses its rows. */
function isPassing(operation: Operation, all: readonly Operation[]): boolean {
  if (!/^drop-(?:column|index|constraint)$/u.test(operation.kind)) return false
  return undoneBy(operation, all).some(
    (one) =>
      /^(?:add-(?:column|constraint)|create-index)$/u.test(one.kind) &&
      (one.start < operation.start || one.statement.code !== operation.statement.code) &&
      !(one.kind !== 'add-column' && operation.kind === 'drop-column'),
  )
}

const version = /\b(?:version|release)\s+v?\d+(?:\.\d+)+|^v\d+(?:\.\d+)+/i

/** The script of a later version, in a section of its own: by then the table has rows. */
function isLater({start, statement: {section}}: Operation, made: {readonly start: number}): boolean {
  const title = section.heading?.title.text ?? ''
  return version.test(title) && made.start < start && !isWithin(made.start, section)
}

/** `DROP INDEX` names no table in PostgreSQL; the way back does, where it makes the index again. */
function tableOfIndex(operation: Operation, down: readonly Operation[]): Name | undefined {
  if (operation.kind !== 'drop-index') return undefined
  return called(ofKind(down, 'create-index'), indexName, operation.name)[0]?.index.table
}

function indexName({index}: OperationOf<'create-index'>): Name | undefined {
  return index.name
}

function dangersIn(scene: Scene, {decidedBy}: SqlFacts): readonly (Hazard & {readonly kind: 'danger'})[] {
  const {operations, down, document, plan, all} = scene
  const seen = new Set<string>()
  const {all: transactions} = transactionsOf(operations)
  return operations.flatMap((operation) => {
    if (scene.isOwn(operation)) return []
    const dialect = decidedBy === 'parsed' ? undefined : operation.statement.dialect
    const danger = dangerOf(operation, {dialect, operations, down, text: document.text})
    const key = `${danger?.kind} ${operation.statement.start}`
    if (!danger || seen.has(key) || isForeseen(danger, plan, all) || isCopied(danger, operations)) return []
    seen.add(key)
    const inside =
      /^index|^dropIndex/u.test(danger.kind) && transactions.some((one) => one.operations.includes(operation))
    const {fix: _, ...bare} = danger
    return [{kind: 'danger', danger: inside ? bare : danger}]
  })
}

/** What is dropped was read before by a statement that writes it elsewhere: `INSERT … SELECT`, `UPDATE … SET a = b`. */
function isCopied({kind, operation, table}: Danger, operations: readonly Operation[]): boolean {
  if (kind !== 'loss') return false
  const own = operation.kind === 'drop-column' ? operation.column : table
  return operations.some((one) => {
    if (one.kind !== 'insert' && one.kind !== 'update') return false
    const [, source = ''] = one.statement.text.split(one.kind === 'insert' ? /\bselect\b/i : /\bset\b/i)
    const [read = ''] = source.split(/\bwhere\b/i)
    if (operation.kind === 'drop-table') return hasName(/\bfrom\b[\s\S]*/i.exec(source)?.[0] ?? '', own)
    const isItself = one.kind === 'update' && one.columns.some(({key}) => key === own.key)
    return hasName(read, own) && !isItself && hasName(one.statement.text, table)
  })
}

/** MySQL reads `a INT REFERENCES b (id)` and makes no key of it; MariaDB and MySQL 9 do. */
function ignoredKeys({document, operations}: Scene, {decidedBy}: SqlFacts): readonly Hazard[] {
  const ofMysql = decidedBy === 'parsed' ? [] : operations.filter(({statement: {dialect}}) => dialect === 'mysql')
  if (ofMysql.length === 0 || /\bmariadb\b|\bmysql\s*(?:9|1\d)\b/i.test(document.text)) return []
  return ofMysql.flatMap((one): readonly Hazard[] => {
    if (one.kind !== 'create-table' && one.kind !== 'add-column') return []
    const columns = one.kind === 'create-table' ? one.columns : [one.column]
    const key = one.constraints.find(
      (each) => each.kind === 'foreign' && columns.some((column) => isWithin(each.start, column)),
    )
    if (key?.kind !== 'foreign') return []
    const own = key.columns.map(({text}) => text).join(', ')
    const target = key.target.map(({text}) => text).join(', ')
    const line = statementCode(`FOREIGN KEY (${own}) REFERENCES ${key.table.text} (${target || 'id'})`)
    return [{kind: 'ignored', at: key, table: code(one.table.text), line}]
  })
}

/** The part of the document that a section belongs to. */
function outermost(section: Section): Section {
  let top = section
  while (top.parent?.heading && top.parent.depth > 1) top = top.parent
  return top
}
