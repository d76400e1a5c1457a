import {readFile} from 'node:fs/promises'
import {createRequire} from 'node:module'
import type * as Library from '@electric-sql/pglite'
import {extensionModule} from '../extensions.ts'
import type {Entry} from '../model.ts'
import {quoted} from '../quoted.ts'
import {catalogQuery, resetScript} from './postgres-catalog.ts'
import {planOf} from './postgres-plan.ts'
import {shapesIn, shapesQuery} from './postgres-shapes.ts'
import {timeOf} from './postgres-time.ts'
import type {Engine, Executed, Failure, FailureKind, Plan} from './types.ts'

/** What keeps the server small: nothing has to survive, and nobody replicates. */
const settings = [
  'fsync=off',
  'full_page_writes=off',
  'autovacuum=off',
  'max_wal_size=32MB',
  'min_wal_size=32MB',
  'max_wal_senders=0',
  'max_stack_depth=1MB',
]

export interface Postgres extends Engine {
  /** The data directory, packed, as `snapshot` takes it. */
  pack(): Promise<Uint8Array>
}

/** PostgreSQL in WebAssembly, from a prepared data directory where there is one. */
export async function openPostgres(snapshot: Uint8Array | undefined, extensions: readonly string[]): Promise<Postgres> {
  const {PGlite} = await import('@electric-sql/pglite')
  const loaded = await Promise.all(extensions.flatMap((name) => loadExtension(name) ?? []))
  const db = await PGlite.create({
    // The parameter of `Blob` has no place for a buffer that threads might share.
    ...(snapshot && {loadDataDir: new Blob([snapshot as Uint8Array<ArrayBuffer>], {type: 'application/x-tar'})}),
    extensions: Object.fromEntries(loaded),
    postgresqlconf: settings,
    relaxedDurability: true,
  })
  const version = await db.query<{v: string}>(`SELECT current_setting('server_version') AS v`)
  const name = `PostgreSQL ${version.rows[0]?.v ?? ''} (PGlite ${await packageVersion()})`
  return {...engineOf(db, name), pack: async () => pack(db)}
}

async function loadExtension(name: string): Promise<readonly [string, Library.Extension]> {
  const path = extensionModule(name) ?? ''
  const module = (await import(`@electric-sql/pglite/contrib/${path}`)) as Readonly<Record<string, Library.Extension>>
  const extension = module[path]
  if (!extension) throw new Error(`PGlite has no extension ${name}`)
  return [path, extension]
}

/** The version of PGlite that is installed. */
async function packageVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const text = await readFile(new URL('../package.json', `file://${entry}`), 'utf8')
  return String((JSON.parse(text) as {readonly version?: unknown}).version)
}

async function pack(db: Library.PGlite): Promise<Uint8Array> {
  const file = await db.dumpDataDir('none')
  return new Uint8Array(await file.arrayBuffer())
}

function engineOf(db: Library.PGlite, name: string): Engine {
  const run = async (sql: string): Promise<Executed> => {
    try {
      const results = await db.exec(sql)
      return {rows: results.at(-1)?.rows ?? []}
    } catch (error) {
      return {failure: failureOf(error)}
    }
  }
  let pristine: string | undefined
  const catalog = async (): Promise<readonly Entry[]> => {
    const first = await run('EXECUTE spec_lint_catalog')
    const again =
      'rows' in first
        ? first
        : (await run(`PREPARE spec_lint_catalog AS ${catalogQuery}`), await run('EXECUTE spec_lint_catalog'))
    if ('failure' in again) throw new Error(`The catalog can't be read: ${again.failure.message}`)
    // A statement that broke the engine down leaves one that answers nothing.
    if (!again.rows.some(({k, id}) => k === 'role' && id === 'postgres'))
      throw new Error('the engine no longer answers')
    return again.rows.map(({k, id, t, def}) => ({
      kind: String(k),
      name: String(id),
      table: String(t),
      definition: typeof def === 'string' ? def : '',
    }))
  }
  return {
    name,
    dialect: 'postgresql',
    run,
    catalog,
    shapes: async () => {
      const result = await run(shapesQuery)
      return 'rows' in result ? shapesIn(result.rows[0]?.['shapes']) : []
    },
    rowsOf: async (table) => {
      const result = await run(`SELECT to_jsonb(x)::text AS row FROM ${table} x`)
      if ('failure' in result) return undefined
      return result.rows.map(({row}) => textsOf(String(row)))
    },
    plan: async (sql, without) => plan(run, sql, without),
    time: async (sql) => timeOf(run, sql),
    reset: async () => {
      for (const sql of ['ROLLBACK', 'ALTER ROLE ALL RESET ALL', 'RESET SESSION AUTHORIZATION']) await run(sql)
      const before = pristine
      if (before !== undefined) {
        const result = await run(resetScript)
        if ('failure' in result) return false
      }
      await run('RESET ALL')
      const now = JSON.stringify(await catalog())
      pristine ??= now
      return pristine === now
    },
    quote: quoted,
    savepoint: async () => void (await run('BEGIN')),
    restore: async () => void (await run('ROLLBACK')),
  }
}

/** The values of a row as text, by column. */
function textsOf(json: string): Readonly<Record<string, string>> {
  const row = JSON.parse(json) as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

async function plan(
  run: (sql: string) => Promise<Executed>,
  sql: string,
  without: readonly string[],
): Promise<Plan | Failure> {
  await run('BEGIN; SET LOCAL enable_seqscan = off')
  for (const statement of without) {
    await run('SAVEPOINT spec_lint_rival')
    if ('failure' in (await run(statement))) await run('ROLLBACK TO SAVEPOINT spec_lint_rival')
  }
  const asking = 'EXPLAIN (GENERIC_PLAN, FORMAT JSON, COSTS OFF) '
  const result = await run(asking + sql)
  await run('ROLLBACK')
  if ('failure' in result) {
    const {position} = result.failure
    return {...result.failure, position: position === undefined ? undefined : Math.max(position - asking.length, 0)}
  }
  return planOf(result.rows[0]?.['QUERY PLAN'])
}

const kinds: Readonly<Record<string, FailureKind>> = {
  '42P01': 'table',
  '42703': 'column',
  '42804': 'type',
  '42883': 'type',
  '23514': 'check',
  '23505': 'unique',
  '23503': 'foreign',
  '23502': 'null',
  '53200': 'memory',
}

function failureOf(error: unknown): Failure {
  const given = (typeof error === 'object' && error !== null ? error : {}) as Readonly<Record<string, unknown>>
  const text = (key: string): string => (typeof given[key] === 'string' ? given[key] : '')
  const message = error instanceof Error ? error.message : String(error)
  const code = text('code')
  const position = Number(text('position'))
  return {
    kind: kinds[code] ?? (/out of memory|memory limit/iu.test(message) ? 'memory' : 'other'),
    message,
    code,
    hint: text('hint'),
    position: position > 0 ? position - 1 : undefined,
    subject: text('constraint') || text('column') || /"([^"]+)"/u.exec(message)?.[1] || '',
  }
}
