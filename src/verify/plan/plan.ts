import type {DatabaseConfig} from '../../config/database.ts'
import type {Span} from '../../document/types.ts'
import type {Prepared} from '../../lint/prepare.ts'
import {isStage} from '../../rule/copies.ts'
import {isDdl, scriptsOf} from '../../rule/halves.ts'
import {schemaMoments} from '../../rule/moments.ts'
import {indexShapes, queryPatterns} from '../../rule/queries.ts'
import {supportsOf} from '../../rule/supports.ts'
import type {Project} from '../../rule/types.ts'
import {lastPart} from '../../sql/implicit.ts'
import type {StatementFact} from '../../sql/model.ts'
import {extensionsIn} from '../extensions.ts'
import {isIdle, refusals} from '../gate.ts'
import type {Executable, Job, QueryJob} from '../model.ts'
import {beforeOf} from './before.ts'
import {type Target, targetOf} from './targets.ts'
import {type Piece, pieceAt, pieceOf} from './pieces.ts'
import {operationSql} from './render.ts'
import {derivedBefore} from './stubs.ts'

/** What of a document is executed, with the places of all that runs. */
export interface Plan {
  readonly kind: 'plan'
  readonly job: Job
  readonly up: readonly Piece[]
  readonly down: readonly Piece[] | undefined
  readonly declared: readonly Piece[]
  readonly others: readonly Piece[]
  readonly rows: readonly Piece[]
  readonly queries: readonly Piece[]
  readonly promises: ReadonlyMap<number, {readonly index: string; readonly query: string}>
  /** What the document wants of queries, by their place in the job. */
  readonly targets: ReadonlyMap<number, Target>
  /** The state before is what the document lets guess. */
  readonly open: boolean
}

/** A document of which nothing is executed. Without a place it has nothing that could be. */
export interface Unplanned {
  readonly kind: 'unplanned'
  readonly unverified: readonly (Span & {readonly why: string})[]
}

export interface Wishes {
  readonly fill: number
  readonly dump: boolean
}

interface Parser {
  parse(sql: string): unknown
}

/** Needs the parsers of the document and of its database to be loaded. */
export function planOf(
  prepared: Prepared,
  project: Project,
  config: DatabaseConfig | undefined,
  {parser, wishes}: {readonly parser: Parser; readonly wishes: Wishes},
): Plan | Unplanned {
  const {document, type, schema} = prepared
  const facts = {document, type, schema, project}
  const scripts = scriptsOf(facts)
  const isInMigration = scripts.up.some(changes)
  const forward = (isInMigration ? scripts.up : [...scripts.declared, ...scripts.up]).filter(isSql)
  const first = forward.find(changes)
  if (!first) return {kind: 'unplanned', unverified: []}
  const dialect = executable(first)
  if (dialect === undefined) return unplanned(first, 'SQL Server has no engine that could be embedded')
  const open = forward.find(({template}) => template)
  if (open) return unplanned(open, 'it still holds placeholders')
  const moments = schemaMoments(facts)
  const known = moments?.before && config ? beforeOf(moments.before, config, dialect) : undefined
  const down = backOf(facts, forward, scripts.down.filter(isSql))
  const derived = known ?? derivedBefore(schema, {forward, down: scripts.down}, dialect)
  const pieces = (statements: readonly StatementFact[]): readonly Piece[] =>
    statements.filter(({template, text}) => !template && !isIdle(text)).map(pieceOf)
  // A model has neither rows nor plans, and says nothing of what is no part of the migration.
  const isModelled = dialect === 'mysql'
  const others = isModelled
    ? []
    : scripts.others.filter((one) => isSql(one) && one.dialect === first.dialect && !isStage(one))
  const asked = isModelled ? [] : queriesOf(prepared)
  const plan = {
    up: pieces(forward),
    down,
    declared: isInMigration ? pieces(scripts.declared.filter(isSql)) : [],
    others: pieces(others.filter(changes)),
    rows: pieces(others.filter((one) => one.operations.some(({kind}) => kind === 'insert'))),
    queries: asked.map(({piece}) => piece),
  }
  const refused = firstRefusal(
    [...plan.up, ...(down ?? []), ...plan.declared, ...plan.others, ...plan.rows, ...plan.queries],
    dialect,
    parser,
  )
  if (refused) return refused
  const before = safe(derived.statements, dialect, parser)
  const sql = (all: readonly Piece[]): readonly string[] => all.map((piece) => piece.sql)
  const job: Job = {
    dialect,
    before,
    stubs: derived.stubs,
    open: known === undefined || !known.complete,
    known: tablesIn(forward),
    up: sql(plan.up),
    down: down && sql(down),
    declared: sql(plan.declared),
    others: sql(plan.others),
    rows: sql(plan.rows),
    queries: asked.map(({job: one}) => one),
    ...wishes,
    mariadb: isModelled && /\bmariadb\b/iu.test(document.text),
    extensions: dialect === 'postgresql' ? extensionsIn([...before, ...sql(plan.up), ...sql(plan.others)]) : [],
  }
  const promises = new Map(asked.flatMap(({promise}, index) => (promise ? [[index, promise] as const] : [])))
  const targets = new Map(asked.flatMap(({target}, index) => (target ? [[index, target] as const] : [])))
  return {kind: 'plan', job, ...plan, promises, targets, open: job.open}
}

/** Those that may run; what is left out of the state before is not there. */
function safe(statements: readonly string[], dialect: Executable, parser: Parser): readonly string[] {
  const bad = new Set(refusals(statements, dialect, parser).map(({index}) => index))
  return statements.filter((sql, index) => !bad.has(index) && !isIdle(sql))
}

function executable({dialect}: StatementFact): Executable | undefined {
  return dialect === 'mssql' ? undefined : dialect
}

function unplanned({start, end}: Span, why: string): Unplanned {
  return {kind: 'unplanned', unverified: [{start, end, why}]}
}

function changes({operations}: StatementFact): boolean {
  return operations.some(isDdl)
}

/** No command of a prompt, and no part of a statement. */
function isSql({text}: StatementFact): boolean {
  return !text.startsWith('\\') && /^\W*[a-z]/iu.test(text)
}

/** The SQL of the rollback; else what a script in Python does for the same tables. */
function backOf(
  {schema}: Pick<Prepared, 'schema'>,
  forward: readonly StatementFact[],
  down: readonly StatementFact[],
): readonly Piece[] | undefined {
  const real = down.filter(({template, text}) => !template && !isIdle(text))
  if (real.some(({operations}) => operations.some(({kind}) => !/^(?:select|begin|commit|rollback)$/u.test(kind))))
    return down.some(({template}) => template) ? undefined : real.map(pieceOf)
  const made = tablesIn(forward)
  const script = schema.models.migrations.find(({upgrade}) => {
    const own = tablesIn(upgrade)
    return own.length > 0 && own.length === made.length && own.every((table) => made.includes(table))
  })
  const operations = script?.downgrade.flatMap((statement) => statement.operations) ?? []
  const pieces = operations.flatMap((operation) => {
    const sql = operationSql(operation)
    return sql === undefined ? [] : [pieceAt(sql, operation)]
  })
  return operations.length > 0 && pieces.length === operations.length ? pieces : undefined
}

function tablesIn(statements: readonly StatementFact[]): readonly string[] {
  return statements.flatMap(({operations}) =>
    operations.flatMap((one) => (one.kind === 'create-table' ? lastPart(one.table) : [])),
  )
}

interface Asked {
  readonly piece: Piece
  readonly job: QueryJob
  readonly promise: {readonly index: string; readonly query: string} | undefined
  readonly target: Target | undefined
}

/** The promises of the indexes, and the queries that the document shows. */
function queriesOf({document, type, schema}: Prepared): readonly Asked[] {
  const promises = indexShapes(schema, type).flatMap((shape) =>
    supportsOf(shape, document, schema).flatMap((support): readonly Asked[] => {
      const {name} = shape
      // What leaves something out with dots is no query.
      if (!name || name.hole || /\.\.|…/u.test(support.sql)) return []
      const promise = {index: name.text, query: support.text}
      return [
        {
          piece: pieceAt(support.sql, support),
          job: {sql: support.sql, index: lastPart(name)},
          promise,
          target: undefined,
        },
      ]
    }),
  )
  // Of a statement with several queries in it, the first has the comments.
  const shown = new Map(
    queryPatterns(document, schema, type)
      .toReversed()
      .map((pattern) => [pattern.statement, pattern] as const),
  )
  const queries = [...shown.values()]
    .toReversed()
    .filter(({statement}) => !statement.template)
    .map(({statement, comments}): Asked => {
      const piece = pieceOf(statement)
      const target = targetOf(document, comments)
      return {piece, job: {sql: piece.sql, index: undefined}, promise: undefined, target}
    })
  return [...promises, ...queries]
}

function firstRefusal(pieces: readonly Piece[], dialect: Executable, parser: Parser): Unplanned | undefined {
  const [refusal] = refusals(
    pieces.map(({sql}) => sql),
    dialect,
    parser,
  )
  const piece = refusal && pieces[refusal.index]
  return refusal && piece ? unplanned(piece.at, refusal.why) : undefined
}
