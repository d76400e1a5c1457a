import type {Engine, Executed, FailureKind, TableShape} from '../engine/types.ts'
import type {Job, Phase, Stub} from '../model.ts'
import {applyChange} from './apply.ts'
import {type Column, doubt, emptyDatabase, type Refusal, setTable, type Table} from './catalog.ts'
import type {Change} from './changes.ts'
import {entriesOf} from './entries.ts'
import {changeOf} from './read.ts'
import {typeOf} from './types.ts'

export interface Modelled {
  readonly engine: Engine
  /** Entries of which nothing is claimed. */
  readonly doubts: ReadonlySet<string>
  /** Names of indexes that were made for foreign keys. */
  readonly implicit: ReadonlySet<string>
  /** Statements of which it isn't known what they do. */
  readonly unknown: readonly {readonly phase: Phase; readonly index: number}[]
  /** What runs next. */
  tell(phase: Phase, index: number): void
}

/** A model of MySQL for one job: statements are read and applied to a catalog, and nothing is executed. */
export function openModel(job: Job): Modelled {
  const doubts = new Set<string>()
  const implicit = new Set<string>()
  const qualifiers = new Set<string>()
  const derived = new Set(job.stubs.map((stub) => tableOf(stub).name))
  const settings = {open: job.open, known: job.known, mariadb: job.mariadb, derived}
  let database = emptyDatabase(settings, doubts)
  const unknown: {readonly phase: Phase; readonly index: number}[] = []
  let at: {readonly phase: Phase; readonly index: number} = {phase: 'before', index: 0}
  let isBegun = false
  const reset = (): void => {
    database = emptyDatabase(settings, doubts)
    isBegun = false
    for (const stub of job.stubs) setTable(database, tableOf(stub))
  }
  const run = (sql: string): Executed => {
    const change = changeOf(sql)
    // Tables of several databases would be one under their last names.
    for (const name of namesIn(change)) if (name.includes('.')) qualifiers.add(name.slice(0, name.lastIndexOf('.')))
    if (qualifiers.size > 1) doubt(database, 'all')
    // A table that the state before makes anew is known again.
    if (at.phase === 'before' && change.kind === 'drop-tables')
      for (const name of namesIn(change)) trust(doubts, bare(name))
    const wasLost = doubts.has('all')
    const refused = applyChange(database, change)
    const isLost = !wasLost && doubts.has('all')
    const isUnknown = change.kind === 'unknown' || change.kind === 'call'
    if (at.phase === 'before' ? isLost : isUnknown && !/^(?:declared|again)$/u.test(at.phase)) unknown.push(at)
    for (const name of namesIn(change)) noteImplicit(database.tables.get(bare(name)), implicit)
    if (!refused || doubts.has('all')) return {rows: []}
    // The database is there, so what makes it runs: it is the model that doesn't know something.
    if (at.phase === 'before') for (const name of namesIn(change)) doubt(database, `table ${bare(name)}`)
    return {failure: failureOf(refused, sql)}
  }
  const rowsOf = (name: string): readonly Readonly<Record<string, string>>[] | undefined => {
    if (!isBegun) for (const table of database.tables.values()) database.tables.set(table.name, begun(table))
    isBegun = true
    return rowsIn(database.tables.get(name))
  }
  return {
    doubts,
    implicit,
    unknown,
    tell: (phase, index) => {
      at = {phase, index}
    },
    engine: {
      name: 'a model of MySQL',
      dialect: 'mysql',
      run: async (sql) => Promise.resolve(run(sql)),
      catalog: async () => Promise.resolve(entriesOf(database)),
      shapes: async () => Promise.resolve([...database.tables.keys()].map(shapeOf)),
      rowsOf: async (name) => Promise.resolve(rowsOf(name)),
      plan: async () => Promise.resolve({lines: [], uses: [], sorts: false}),
      time: async () => Promise.resolve(undefined),
      reset: async () => {
        reset()
        return Promise.resolve(true)
      },
      quote: (name) => `\`${name.replaceAll('`', '``')}\``,
      // Nothing runs in between: a modelled job has neither rows nor queries.
      savepoint: async () => Promise.resolve(),
      restore: async () => Promise.resolve(),
    },
  }
}

function noteImplicit(table: Table | undefined, names: Set<string>): void {
  for (const key of table?.keys ?? []) if (key.implicit) names.add(`${table?.name}.${key.name}`)
}

function trust(doubts: Set<string>, table: string): void {
  for (const entry of doubts) if (entry === `table ${table}` || entry.includes(` ${table}.`)) doubts.delete(entry)
}

function bare(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

function namesIn(change: Change): readonly string[] {
  if (change.kind === 'drop-tables') return change.tables.map(({key}) => key)
  if (change.kind === 'rename-tables') return change.pairs.flatMap(({from, to}) => [from.key, to.key])
  return 'table' in change && change.table ? [change.table.key] : []
}

function tableOf({table, columns}: Stub): Table {
  const name = table.replaceAll(/["`]/gu, '').replace(/^.*\./u, '').toLowerCase()
  return {
    name,
    columns: columns.map((column): Column => ({
      name: column.name.toLowerCase(),
      type: typeOf({text: column.type}).type,
      nullable: true,
      value: '',
      auto: false,
      onUpdate: '',
      generated: '',
      charset: '',
      collation: '',
      guessed: true,
      values: 'kept',
    })),
    keys: [],
    foreign: [],
    checks: [],
    engine: 'innodb',
    charset: '',
    collation: '',
    open: true,
    rows: 'some',
  }
}

function begun(table: Table): Table {
  return {...table, rows: 'some', columns: table.columns.map((column) => ({...column, values: 'kept'}))}
}

/** A row that stands for all that a table had: what isn't known is taken as kept. */
function rowsIn(table: Table | undefined): readonly Readonly<Record<string, string>>[] | undefined {
  if (!table) return undefined
  if (table.rows === 'none') return []
  const isLost = ({values}: Column): boolean => table.rows === 'some' && values === 'new'
  return [
    Object.fromEntries([['', 'row'], ...table.columns.map((column) => [column.name, isLost(column) ? 'new' : 'kept'])]),
  ]
}

function shapeOf(name: string): TableShape {
  return {sql: name, name, columns: [], unique: [], foreign: [], checks: [], lax: []}
}

const kinds: Readonly<Record<number, FailureKind>> = {1146: 'table', 1051: 'table', 1054: 'column', 1091: 'column'}

function failureOf({number, words, at}: Refusal, sql: string): Extract<Executed, {failure: unknown}>['failure'] {
  return {
    kind: kinds[number] ?? 'other',
    message: `${words} (MySQL error ${number})`,
    code: String(number),
    hint: '',
    position: at && at.end > at.start ? Array.from(sql.slice(0, at.start)).length : undefined,
    subject: '',
  }
}
