import {mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeAll, describe, expect, test} from 'vitest'
import type {VerifyResult} from '../../src/verify/verify.ts'
import {evidenceOf, explanationOf, verdictOf} from '../../src/verify/tell.ts'
import {usualLimits} from '../../src/verify/host.ts'
import {runOptions} from '../../src/run/options.ts'
import {verifyOptions, verifyPaths} from '../../src/verify/verify.ts'
import {executed, linesOf} from '../support/executed.ts'

const types = join(import.meta.dirname, '../../fixtures/types')
const migration = readFileSync(join(types, 'data-migration/clean.md'), 'utf8')
const second = readFileSync(join(types, 'data-migration/clean-2.md'), 'utf8')
const schema = readFileSync(join(types, 'database-schema/clean.md'), 'utf8')

function but(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`There is no ${from}`)
  return text.replace(from, to)
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'spec-lint-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), {recursive: true})
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** A document, what is planted in it, and what is found: the line's own text, the rule, and what it is about. */
const planted: readonly (readonly [name: string, text: string, rule: string, on: string, at: string])[] = [
  [
    'column',
    but(migration, 'ON ticket_status_changes (changed_at);', 'ON ticket_status_changes (change_at);'),
    'migration-fails',
    'CREATE INDEX idx_ticket_status_changes_changed_at',
    'CREATE INDEX',
  ],
  [
    'function',
    but(migration, 'DEFAULT gen_random_uuid()', 'DEFAULT gen_random_uid()'),
    'migration-fails',
    'gen_random_uid()',
    'gen_random_uid',
  ],
  [
    'type',
    but(migration, 'old_status VARCHAR(20)', 'old_status VARCHR(20)'),
    'migration-fails',
    'old_status VARCHR(20)',
    'VARCHR',
  ],
  [
    'table',
    but(
      migration,
      'idx_ticket_status_changes_created_by ON ticket_status_changes (',
      'idx_ticket_status_changes_created_by ON ticket_status_change (',
    ),
    'migration-fails',
    'ticket_status_change (',
    'CREATE INDEX',
  ],
  [
    'not-null',
    but(migration, 'TIMESTAMPTZ NOT NULL DEFAULT now();', 'TIMESTAMPTZ NOT NULL;'),
    'migration-fails',
    'status_changed_at TIMESTAMPTZ NOT NULL;',
    'ALTER TABLE',
  ],
  [
    'insert',
    but(migration, '(ticket_id, old_status, new_status, changed_at', '(ticket_id, old_state, new_status, changed_at'),
    'migration-fails',
    'old_state',
    'old_state',
  ],
  [
    'forgotten',
    but(migration, '  ALTER TABLE tickets DROP COLUMN status_changed_at;\n', ''),
    'rollback-residue',
    'ADD COLUMN status_changed_at',
    'status_changed_at',
  ],
  [
    'too-much',
    but(
      migration,
      '  DROP TABLE ticket_status_changes;\n',
      '  DROP TABLE ticket_status_changes;\n  ALTER TABLE tickets DROP COLUMN id CASCADE;\n',
    ),
    'rollback-residue',
    'DROP COLUMN id CASCADE',
    'id',
  ],
  [
    'order',
    but(
      migration,
      '  ALTER TABLE ticket_status_changes DROP CONSTRAINT ck_ticket_status_changes_new_status;\n',
      '  DROP TABLE ticket_status_changes;\n',
    ),
    'rollback-fails',
    'DROP CONSTRAINT uq_',
    'ALTER TABLE',
  ],
  [
    'name',
    but(migration, 'DROP INDEX idx_ticket_status_changes_changed_at', 'DROP INDEX idx_ticket_status_changes_changed'),
    'rollback-fails',
    'DROP INDEX idx_ticket_status_changes_changed;',
    'DROP INDEX',
  ],
  [
    'promise',
    but(
      migration,
      'FROM ticket_status_changes WHERE created_by = ?',
      'FROM ticket_status_changes WHERE lower(new_status) = ?',
    ),
    'index-unused',
    'Supports: SELECT count(*)',
    'SELECT count(*)',
  ],
  [
    'query',
    but(migration, "WHERE ticket_id = '5f0c", "WHERE tickt_id = '5f0c"),
    'query-fails',
    'WHERE tickt_id',
    'tickt_id',
  ],
  [
    'literal',
    but(migration, "WHERE changed_at >= '2026-08-01'", 'WHERE changed_at >= 7'),
    'query-fails',
    'WHERE changed_at >= 7',
    '>',
  ],
  [
    'null-check',
    but(migration, "CHECK (new_status IN ('booked',", "CHECK (new_status IN (NULL, 'booked',"),
    'constraint-unenforced',
    'CONSTRAINT ck_ticket_status_changes_new_status',
    'ck_ticket',
  ],
  [
    'not-valid',
    but(
      migration,
      'REFERENCES tickets (id)\n    ON DELETE CASCADE;',
      'REFERENCES tickets (id)\n    ON DELETE CASCADE NOT VALID;',
    ),
    'constraint-unenforced',
    'CONSTRAINT fk_ticket_status_changes_ticket',
    'fk_ticket',
  ],
  [
    'policy',
    but(schema, "current_setting('app.mechanic_id')::uuid", 'current_user_id()'),
    'migration-fails',
    'CREATE POLICY',
    'CREATE POLICY',
  ],
  [
    'extension',
    but(schema, 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp";', ''),
    'migration-fails',
    'id UUID PRIMARY KEY DEFAULT uuid_generate_v4(),\n    email',
    'uuid_generate_v4',
  ],
  [
    'key',
    but(schema, 'REFERENCES mechanics(id) ON DELETE SET NULL', 'REFERENCES mechanic(id) ON DELETE SET NULL'),
    'migration-fails',
    'CREATE TABLE tickets',
    'CREATE TABLE',
  ],
  [
    'seed-column',
    but(schema, 'INSERT INTO mechanics (id, email', 'INSERT INTO mechanics (id, mail'),
    'query-fails',
    'INSERT INTO mechanics',
    'mail',
  ],
  [
    'seed-value',
    but(schema, "grey', 'on_stand'", "grey', 'on_stnd'"),
    'query-fails',
    'INSERT INTO tickets',
    'INSERT INTO',
  ],
]

const down = `DROP TABLE mechanic_skills;
DROP TABLE skills;
DROP TABLE tickets;
DROP TABLE mechanics;`
const back = (more: string): string =>
  but(schema, '### Migration Workflow', `### Rollback\n\n\`\`\`sql\n${down}${more}\n\`\`\`\n\n### Migration Workflow`)

describe('documents that are executed', () => {
  let result: VerifyResult
  let lines: readonly string[]
  const folder = folderWith({
    ...Object.fromEntries(planted.map(([name, text]) => [`${name}.md`, text])),
    'clean-1.md': migration,
    'clean-2.md': second,
    'clean-3.md': schema,
    'seed-drops-tables.md': back(''),
    'seed-drops-all.md': back('\nDROP FUNCTION update_updated_at_column();\nDROP EXTENSION "uuid-ossp";'),
    'suppressed.md': but(
      migration,
      '```sql\n-- Add columns',
      '<!-- spec-lint ignore migration-fails -- the table is empty -->\n\n```sql\n-- Add columns',
    ).replace('TIMESTAMPTZ NOT NULL DEFAULT now();', 'TIMESTAMPTZ NOT NULL;'),
  })
  const verdict = (name: string): string => {
    const one = result.verified.find(({path}) => path === name)
    return one ? verdictOf(one) : ''
  }

  beforeAll(async () => {
    result = await executed(folder, undefined)
    lines = linesOf(result, folder)
  }, 180_000)

  test.for(planted)('%s is named at its line', ([name, text, rule, on, at]) => {
    const line = text.slice(0, text.indexOf(on)).split('\n').length
    const own = lines.filter((one) => one.startsWith(`${name}.md:`))
    expect(own).toHaveLength(1)
    expect(own[0]).toContain(`${name}.md:${line} ${rule} ${at}`)
  })

  test('clean documents have no finding', () => {
    expect(lines.filter((one) => one.startsWith('clean-'))).toEqual([])
    expect(verdict('clean-1.md')).toBe('reversible')
    expect(verdict('clean-3.md')).toBe('no rollback')
  })

  test('a rollback that only drops the tables leaves the extension and the function', () => {
    expect(lines.filter((one) => one.startsWith('seed-drops-tables')).map((one) => one.replace(/^\S+ /u, ''))).toEqual([
      'rollback-residue "uuid-ossp"',
      'rollback-residue update_updated_at_column',
    ])
    expect(lines.filter((one) => one.startsWith('seed-drops-all'))).toEqual([])
    expect(verdict('seed-drops-all.md')).toBe('reversible')
  })

  test('a comment suppresses a finding', () => {
    expect(lines.filter((one) => one.startsWith('suppressed'))).toEqual([])
    const file = result.run.files.find(({path}) => path === 'suppressed.md')
    expect(file?.result.suppressed.map(({ruleId}) => ruleId)).toEqual(['migration-fails'])
  })
})

describe('hostile documents', () => {
  const attack = (sql: string): string => `# Specification: DM-001 Attack

## 3. Data Migration

### Migration Steps

\`\`\`postgresql
CREATE TABLE victims (id bigint PRIMARY KEY);
${sql}
\`\`\`
`
  const attacks = {
    endless: 'INSERT INTO victims WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r;',
    loop: 'DO $$ BEGIN LOOP END LOOP; END $$;',
    hidden: "DO $$ BEGIN EXECUTE 'SELECT pg_' || 'sleep(100)'; END $$;",
    memory: 'CREATE TABLE t AS SELECT repeat(md5(i::text), 1000) x FROM generate_series(1, 100000000) i;',
    file: "DO $$ DECLARE x text; BEGIN EXECUTE 'SELECT pg_re' || 'ad_file(''/etc/passwd'')' INTO x; RAISE EXCEPTION '%', x; END $$;",
    program: "COPY victims FROM PROGRAM 'id';",
    recursion: 'CREATE FUNCTION f(int) RETURNS int AS $$ SELECT f($1 + 1) $$ LANGUAGE sql; SELECT f(1);',
    superuser: 'CREATE ROLE evil SUPERUSER; SET SESSION AUTHORIZATION evil; DROP SCHEMA public CASCADE;',
    trap: "CREATE FUNCTION e() RETURNS event_trigger AS $$ BEGIN RAISE EXCEPTION 'no'; END $$ LANGUAGE plpgsql; CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION e();",
  }
  const folder = folderWith({
    ...Object.fromEntries(Object.entries(attacks).map(([name, sql]) => [`${name}.md`, attack(sql)])),
    'zz-good.md': attack('CREATE INDEX victims_id ON victims (id);'),
  })

  test('end at their limits, reach nothing, and the other documents go on', async () => {
    const limits = {...usualLimits, statement: 1500, memory: 300 * 2 ** 20}
    const result = await executed(folder, 'data-migration', {limits})
    const said = Object.fromEntries(
      result.run.files.map(({path, result: {findings}}) => [path, findings.map(({reason}) => reason).join('\n')]),
    )
    for (const name of ['endless', 'loop', 'hidden'])
      expect(said[`${name}.md`]).toContain('did not end within 1.5 seconds')
    expect(said['memory.md']).toMatch(/did not end within|MB of memory|out of memory/u)
    expect(said['file.md']).toContain('No such file or directory')
    expect(said['file.md']).not.toContain('root:')
    expect(said['program.md']).toContain('`COPY` is never executed')
    expect(result.run.errors).toEqual([])
    const good = result.verified.find(({path}) => path === 'zz-good.md')
    expect(good?.outcome?.made.map(({entry: {name}}) => name)).toEqual(['victims'])
    expect(said['zz-good.md']).toBe('')
  }, 240_000)
})

describe('filled tables', () => {
  const filled = `# Specification: DM-003 Orders

## 3. Data Migration

### Migration Steps

\`\`\`postgresql
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL, note text NOT NULL);
-- Supports: SELECT note FROM orders WHERE customer_id = ? AND note = ?
CREATE INDEX idx_orders_customer ON orders (customer_id);
\`\`\`
`

  test('give the time of what an index is made for, with values for its parameters', {timeout: 120_000}, async () => {
    const {verified, run} = await executed(folderWith({'orders.md': filled}), 'data-migration', {fill: 50})
    expect(run.files.flatMap(({result: {findings}}) => findings)).toEqual([])
    expect(verified[0]?.outcome?.queries).toEqual([
      {index: 0, plan: expect.anything() as unknown, served: true, time: expect.any(Number) as unknown},
    ])
  })
})

describe('what the document wants of a query', () => {
  const wanting = `# Database Schema: Orders

## 3. Migration

\`\`\`postgresql
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint NOT NULL);
\`\`\`

## 4. Query Patterns

\`\`\`postgresql
-- Orders of a customer: the page of an account
-- Expected frequency: 20/sec
SELECT id FROM orders WHERE customer_id = $1 LIMIT 20;

-- All orders: the report of the month
-- Expected frequency: 1/month
SELECT id FROM orders ORDER BY id LIMIT 1000;
\`\`\`

## 6. Performance

| Query | Target p95 | Current |
| --- | --- | --- |
| Orders | < 90 ms | – |
| Orders of a customer | < 5 ms | – |
`

  test('stands beside its time', {timeout: 120_000}, async () => {
    const {verified} = await executed(folderWith({'orders.md': wanting}), 'database-schema', {fill: 50})
    const [one] = verified
    if (!one) throw new Error('nothing was executed')
    const times = explanationOf(one)
      .split('\n')
      .filter((line) => line.includes(' ms with '))
      .map((line) => line.trim().replace(/^[\d.]+/u, 'N'))
    const plain = 'N ms with 50 rows a table, on this machine, in WebAssembly: a small database, not yours'
    expect(times).toEqual([`${plain}; the document's Target p95 is < 5 ms`, plain])
    expect(evidenceOf(one)).toMatchObject({
      queries: [{target: {label: 'Target p95', text: '< 5 ms'}}, {}],
    })
  })
})

describe('the state before', () => {
  const project = (sql: string): string => `# Specification: DM-002 Channel

## 3. Data Migration

### Migration Steps

\`\`\`sql
${sql}
\`\`\`

### Rollback Plan

\`\`\`sql
ALTER TABLE orders DROP COLUMN channel;
\`\`\`
`

  test.for([
    ['postgresql', 'id serial PRIMARY KEY', 'ALTER TABLE orders ADD COLUMN channel text CHECK (channel <> state);'],
    ['sqlite', 'id INTEGER PRIMARY KEY', 'ALTER TABLE orders ADD COLUMN channel TEXT;'],
  ])(
    'is that of the migrations of the configuration, in %s',
    {timeout: 120_000},
    async ([dialect = '', key = '', sql = '']) => {
      const folder = folderWith({
        'spec-lint.yaml': `dialect: ${dialect}\nmigrations: db\ntypes:\n  data-migration:\n    files: ["*.md"]\n`,
        'db/20260101000000_orders.sql': `CREATE TABLE orders (${key}, state text NOT NULL DEFAULT 'open');\n`,
        'good.md': project(sql),
        'wrong.md': project(sql.replace('orders ADD', 'order_lines ADD')),
      })
      const result = await verifyPaths([], runOptions({cwd: folder, gitignore: false}), verifyOptions({dump: true}))
      expect(result.run.errors).toEqual([])
      expect(linesOf(result, folder)).toEqual([expect.stringMatching(/^wrong\.md:8 migration-fails /u)])
      const good = result.verified.find(({path}) => path === 'good.md')
      expect(good && verdictOf(good)).toBe('reversible')
      expect(good?.outcome?.sampled).toBeGreaterThan(0)
      expect(good?.outcome?.dumps?.before).toContain('column orders.state')
      expect(good?.outcome?.dumps?.before).not.toContain('channel')
      expect(good?.outcome?.dumps?.after).toContain('column orders.channel')
    },
  )
})
