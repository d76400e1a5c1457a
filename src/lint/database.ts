import type {DatabaseConfig} from '../config/database.ts'
import {once} from '../document/remembered.ts'
import {dialects, isSqlFence} from '../sql/dialect.ts'
import type {Dialect} from '../sql/model.ts'
import {migrationName} from '../sql/migrations/names.ts'
import {loadParsers} from '../sql/parsers/index.ts'
import {applyOperations} from '../sql/state/apply.ts'
import {emptyState, type SchemaMoments, type SchemaState} from '../sql/state/model.ts'
import {dialectOfFiles, type FileFacts, readSchemaFile} from '../sql/state/read.ts'
import type {MigrationFolder, Project} from '../rule/types.ts'
import {fingerprint, listMigrations, type MigrationListing, readSource, type Source} from './database-files.ts'
import type {Prepared} from './prepare.ts'

/** What the files of a project tell of its database: read once a process, when a document first asks. */
export interface Database {
  readonly migrations: MigrationFolder | undefined
  /** Loads the parsers of the files. */
  load(): Promise<void>
  /** Synchronous; needs `load` before. */
  schemaAround(names: readonly string[]): SchemaMoments | undefined
  /** Sentences on what could not be read; empty before the first use. */
  warnings(): readonly string[]
}

interface Step {
  readonly facts: FileFacts
  readonly migration: string | undefined
}

interface History {
  readonly title: string
  readonly steps: readonly Step[]
  readonly complete: boolean
  readonly warnings: readonly string[]
}

const byConfig = new WeakMap<DatabaseConfig, Database>()
const byKey = new Map<string, {readonly print: string; readonly database: Database}>()

/** The database of a configuration. One that was read before is read again only when its files changed. */
export function databaseOf(config: DatabaseConfig | undefined): Database | undefined {
  if (!config) return undefined
  const known = byConfig.get(config)
  if (known) return known
  const key = JSON.stringify(config)
  const print = fingerprint(config)
  const earlier = byKey.get(key)
  const database = earlier?.print === print ? earlier.database : createDatabase(config)
  byKey.set(key, {print, database})
  byConfig.set(config, database)
  return database
}

/** What rules may ask of the database. A document that says nothing of a schema doesn't make it read. */
export function databaseFor(
  database: Database | undefined,
  prepared: Prepared,
): Pick<Project, 'migrations' | 'schemaAround'> {
  return {
    get migrations() {
      return database?.migrations
    },
    schemaAround: (names) => (statesSchema(prepared) ? database?.schemaAround(names) : undefined),
  }
}

/** Loads what `databaseFor` needs for a document. */
export async function loadDatabase(database: Database | undefined, prepared: Prepared): Promise<void> {
  if (database && statesSchema(prepared)) await database.load()
}

/** Whether a document says anything of a schema. */
export function statesSchema({document, schemaChanges}: Prepared): boolean {
  return schemaChanges.length > 0 || document.codes.some(isSqlFence)
}

function createDatabase(config: DatabaseConfig): Database {
  const listing = once(() => listMigrations(config))
  const sources = once(() => sourcesOf(config))
  const dialect = once(() => config.dialect ?? dialectOf(sources()))
  const history = once(() => readHistory(sources(), dialect()))
  // Where the schema is a dump, its migrations tell what was there before each of them.
  const migrated = once(() => migratedHistory(config, listing(), dialect()))
  let used = false
  return {
    get migrations() {
      return listing()
    },
    load: () => loadParsers(dialect() === undefined ? dialects : [dialect() ?? 'postgresql']),
    schemaAround: (names) => {
      used = true
      const {steps} = history()
      if (steps.length === 0) return undefined
      return steps.some(({migration}) => migration !== undefined)
        ? momentsIn(history(), history(), names)
        : momentsIn(history(), migrated(), names)
    },
    warnings: () => (used ? history().warnings : []),
  }
}

/** The paths of `schema`; without any the migrations, where they are SQL. */
function sourcesOf(config: DatabaseConfig): readonly Source[] {
  if (config.schema.length > 0) return config.schema.map((path) => readSource(path, config))
  const source = config.migrations && readSource(config.migrations.folder, config)
  return source && source.files.length > 0 ? [source] : []
}

function dialectOf(sources: readonly Source[]): Dialect | undefined {
  return (
    sources.find(({dialect}) => dialect !== undefined)?.dialect ?? dialectOfFiles(sources.flatMap(({files}) => files))
  )
}

function migratedHistory(
  config: DatabaseConfig,
  listing: MigrationListing | undefined,
  dialect: Dialect | undefined,
): History | undefined {
  if (!listing || !config.migrations) return undefined
  const source = readSource(config.migrations.folder, config)
  return source.files.length > 0 ? readHistory([source], dialect) : undefined
}

function readHistory(sources: readonly Source[], dialect: Dialect | undefined): History {
  const files = sources.flatMap((source) => source.files)
  const tried =
    dialect === undefined && files.some(({language}) => language === 'sql')
      ? dialects
      : [dialect ?? ('postgresql' as const)]
  let best: readonly FileFacts[] = []
  let fewest = Number.POSITIVE_INFINITY
  for (const one of tried) {
    const facts = files.map((file) => readSchemaFile(file, one))
    const problems = facts.reduce((sum, fact) => sum + fact.problems.length, 0)
    if (problems < fewest) best = facts
    fewest = Math.min(fewest, problems)
    if (fewest === 0) break
  }
  return {
    title: sources.map(({title}) => title).join(', '),
    steps: best.map((facts, index) => ({facts, migration: files[index]?.migration})),
    complete: sources.every(({complete}) => complete),
    warnings: [...sources.flatMap(({warnings}) => warnings), ...best.flatMap(problemsOf)],
  }
}

function problemsOf({path, problems}: FileFacts): readonly string[] {
  const [first] = problems
  if (!first) return []
  const rest = problems.length - 1
  const more = rest === 0 ? '' : `, nor ${rest === 1 ? 'is one more' : `are ${rest} more`}`
  return [`${path}:${first.line}: ${first.message}; this statement isn't applied${more}`]
}

const folded = new WeakMap<History, Map<number, SchemaState>>()

/** The state after the first steps. */
function stateAfter(history: History, count: number): SchemaState {
  const states = folded.get(history) ?? new Map<number, SchemaState>()
  folded.set(history, states)
  const known = states.get(count)
  if (known) return known
  const used = history.steps.slice(0, count)
  let state = emptyState
  for (const {facts} of used) state = applyOperations(state, facts.operations, facts.path)
  const all: SchemaState = {
    ...state,
    others: new Set([...state.others, ...used.flatMap(({facts}) => facts.others)]),
    unread: new Set(history.steps.flatMap(({facts}) => facts.unread)),
    complete: history.complete && history.steps.every(({facts}) => facts.complete),
    files: used.map(({facts}) => facts.path),
  }
  states.set(count, all)
  return all
}

function momentsIn(history: History, migrated: History | undefined, names: readonly string[]): SchemaMoments {
  const now = stateAfter(history, history.steps.length)
  const found = migrated ? firstOf(migrated, names) : undefined
  const before = migrated && found !== undefined ? stateAfter(migrated, found) : undefined
  return {
    before: found === undefined ? now : before,
    now,
    own: found === undefined ? undefined : migrated?.steps[found]?.facts.path,
    title: history.title,
  }
}

/** The first of some migrations in the order in which they run: by name, else by a description that one alone has. */
function firstOf({steps}: History, names: readonly string[]): number | undefined {
  const wanted = names.map((name) => migrationName(name).toLowerCase())
  const exact = steps.findIndex(({migration}) => migration !== undefined && wanted.includes(migration.toLowerCase()))
  if (exact >= 0) return exact
  const described = new Set(wanted.map(descriptionOf).filter((text) => text.length > 5))
  const alike = steps.flatMap(({migration}, index) =>
    migration !== undefined && described.has(descriptionOf(migration.toLowerCase())) ? [index] : [],
  )
  return alike.length === 1 ? alike[0] : undefined
}

function descriptionOf(name: string): string {
  return name.replace(/^(?:[vb]|migration_)?[\d._]+[-_.]+/u, '').replaceAll(/[-\s]/gu, '_')
}
