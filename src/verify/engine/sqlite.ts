import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import type {Entry} from '../model.ts'
import {quoted} from '../quoted.ts'
import {formOf} from './sqlite-forms.ts'
import {sqliteShapes} from './sqlite-shapes.ts'
import type {Engine, Executed, Failure, FailureKind, Plan, Row} from './types.ts'

/** The part of sql.js that is used; the package has no types of its own. */
interface Statement {
  step(): boolean
  getAsObject(): Row
  free(): boolean
}

interface Database {
  run(sql: string): unknown
  prepare(sql: string): Statement
  close(): void
}

interface Library {
  readonly Database: new () => Database
}

/** Rows of a result that are looked at. */
const mostRows = 10_000

/** SQLite in WebAssembly, in memory. */
export async function openSqlite(): Promise<Engine> {
  const require = createRequire(import.meta.url)
  const open = require('sql.js') as () => Promise<Library>
  const {Database} = await open()
  const path = join(dirname(require.resolve('sql.js')), '../package.json')
  const {version} = JSON.parse(readFileSync(path, 'utf8')) as {readonly version: string}
  let db = new Database()
  const run = async (sql: string): Promise<Executed> => Promise.resolve(execute(db, sql))
  const rows = (sql: string): readonly Row[] => {
    const result = execute(db, sql)
    return 'rows' in result ? result.rows : []
  }
  const renew = (): void => {
    db.close()
    db = new Database()
  }
  renew()
  return {
    name: `SQLite ${String(rows('SELECT sqlite_version() AS v')[0]?.['v'])} (sql.js ${version})`,
    dialect: 'sqlite',
    run,
    catalog: async () => Promise.resolve(catalogOf(rows)),
    shapes: async () => Promise.resolve(sqliteShapes(rows)),
    rowsOf: async (table) => {
      const result = await run(`SELECT * FROM ${table}`)
      if ('failure' in result) return undefined
      return result.rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [
            column,
            value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value === null ? 'null' : String(value),
          ]),
        ),
      )
    },
    plan: async (sql, without) => Promise.resolve(planOf(db, sql, without)),
    time: async (sql) => {
      const started = performance.now()
      const result = await run(sql)
      return 'failure' in result ? undefined : performance.now() - started
    },
    reset: async () => {
      renew()
      return Promise.resolve(true)
    },
    quote: quoted,
    savepoint: async () => void (await run('SAVEPOINT spec_lint')),
    restore: async () => {
      await run('ROLLBACK TO SAVEPOINT spec_lint')
      await run('RELEASE SAVEPOINT spec_lint')
    },
  }
}

function execute(db: Database, sql: string): Executed {
  // Constraints are immediate, and what PostgreSQL is asked about them has no words here.
  if (/^SET CONSTRAINTS\b/u.test(sql)) return {rows: []}
  let statement: Statement | undefined
  try {
    statement = db.prepare(sql)
    const rows: Row[] = []
    while (statement.step()) if (rows.length < mostRows) rows.push(statement.getAsObject())
    return {rows}
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // A transaction that nobody began is ended for good measure.
    if (/^cannot (?:commit|rollback) - no transaction/u.test(message)) return {rows: []}
    return {failure: failureOf(message)}
  } finally {
    statement?.free()
  }
}

const kinds: readonly (readonly [RegExp, FailureKind])[] = [
  [/^no such table/u, 'table'],
  [/^no such column|has no column named/u, 'column'],
  [/^CHECK constraint failed/u, 'check'],
  [/^UNIQUE constraint failed/u, 'unique'],
  [/^FOREIGN KEY constraint failed/u, 'foreign'],
  [/^NOT NULL constraint failed/u, 'null'],
  [/out of memory/u, 'memory'],
]

function failureOf(message: string): Failure {
  const kind = kinds.find(([pattern]) => pattern.test(message))?.[1] ?? 'other'
  const subject = /failed: (.+)$/u.exec(message)?.[1] ?? ''
  return {kind, message, code: '', hint: '', position: undefined, subject}
}

function catalogOf(rows: (sql: string) => readonly Row[]): readonly Entry[] {
  const objects = rows(
    `SELECT type, name, tbl_name AS t, coalesce(sql, '') AS sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name`,
  )
  return objects.flatMap(({type, name, t, sql}): readonly Entry[] => {
    const [kind, own, table, text] = [String(type), String(name), String(t), String(sql)]
    if (kind !== 'table') return [{kind, name: own, table: kind === 'view' ? '' : table, definition: formOf(text)}]
    const literal = `'${own.replaceAll("'", "''")}'`
    const columns = rows(`SELECT * FROM pragma_table_xinfo(${literal})`)
    return [
      {
        kind,
        name: own,
        table: '',
        definition: (/\b(?:WITHOUT ROWID|STRICT)\b/iu.exec(text.slice(text.lastIndexOf(')')))?.[0] ?? '').toUpperCase(),
      },
      {
        kind: 'column order',
        name: own,
        table: own,
        definition: columns.map((column) => String(column['name'])).join(', '),
      },
      ...columns.map((column) => columnEntry(own, column)),
      ...constraintEntries(own, literal, text, rows),
    ]
  })
}

function columnEntry(table: string, column: Row): Entry {
  const {name, type, notnull, dflt_value: value, hidden} = column
  const parts = [
    String(type).toLowerCase(),
    notnull === 1 ? 'NOT NULL' : '',
    value === null ? '' : `DEFAULT ${String(value)}`,
  ]
  const definition = [...parts, hidden === 0 ? '' : 'generated'].filter(Boolean).join(' ')
  return {kind: 'column', name: `${table}.${String(name)}`, table, definition}
}

/** Keys have no names that the engine tells: they are named by what they are. */
function constraintEntries(
  table: string,
  literal: string,
  text: string,
  rows: (sql: string) => readonly Row[],
): readonly Entry[] {
  const made = (definition: string): Entry => ({kind: 'constraint', name: `${table}.${definition}`, table, definition})
  const primary = rows(`SELECT name FROM pragma_table_xinfo(${literal}) WHERE pk > 0 ORDER BY pk`)
  const unique = rows(`SELECT name FROM pragma_index_list(${literal}) WHERE origin = 'u'`).map(({name}) =>
    rows(`SELECT name FROM pragma_index_info('${String(name).replaceAll("'", "''")}') ORDER BY seqno`).map((one) =>
      String(one['name']),
    ),
  )
  const foreign = rows(
    `SELECT "table" AS t, group_concat("from", ', ') AS f, group_concat(coalesce("to", ''), ', ') AS o, on_update AS u, on_delete AS d FROM (SELECT * FROM pragma_foreign_key_list(${literal}) ORDER BY id, seq) GROUP BY id`,
  )
  const checks = [...text.matchAll(/\bCHECK\s*(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))/giu)].map(([, check = '']) =>
    formOf(check),
  )
  return [
    ...(primary.length > 0 ? [made(`PRIMARY KEY (${primary.map(({name}) => String(name)).join(', ')})`)] : []),
    ...unique.map((columns) => made(`UNIQUE (${columns.join(', ')})`)),
    ...foreign.map(({t, f, o, u, d}) =>
      made(
        `FOREIGN KEY (${String(f)}) REFERENCES ${String(t)} (${String(o)}) ON UPDATE ${String(u)} ON DELETE ${String(d)}`,
      ),
    ),
    ...checks.map((check) => made(`CHECK ${check}`)),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function planOf(db: Database, sql: string, without: readonly string[]): Plan | Failure {
  execute(db, 'SAVEPOINT spec_lint_plan')
  for (const statement of without) execute(db, statement)
  const result = execute(db, `EXPLAIN QUERY PLAN ${sql}`)
  execute(db, 'ROLLBACK TO SAVEPOINT spec_lint_plan')
  execute(db, 'RELEASE SAVEPOINT spec_lint_plan')
  if ('failure' in result) return result.failure
  const lines = result.rows.map(({detail}) => String(detail))
  const uses = lines.flatMap((line) => {
    const [, index = '', condition = ''] = /USING (?:COVERING )?INDEX (\S+)(?: \((.*)\))?/u.exec(line) ?? []
    return index === '' ? [] : [{index, condition}]
  })
  return {lines, uses, sorts: lines.some((line) => /USE TEMP B-TREE FOR ORDER BY/u.test(line))}
}
