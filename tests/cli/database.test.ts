import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {remark} from 'remark'
import {VFile} from 'vfile'
import {afterEach, describe, expect, test} from 'vitest'
import preset from '../../src/run/preset.ts'
import {folder, type Outcome, run} from '../support/cli.ts'

const type = JSON.stringify({
  name: 'note',
  title: 'Note',
  description: 'A small type.',
  outline: {sections: [{heading: 'Migration', role: 'migration', required: false}]},
})
const rules = ['--only', 'altered-table-exists', '--only', 'foreign-key-target']
const head = 'types: {note: {type: ./type.json, files: ["docs/**"]}}\n'

function note(sql: string, name = '0009_change'): string {
  return `# Note\n\n## Migration\n\nMigration \`${name}\`.\n\n\`\`\`sql\n${sql}\n\`\`\`\n`
}

let remove: () => void = () => undefined
afterEach(() => remove())

type Files = Readonly<Record<string, string | Buffer>>

function project(config: string, files: Files, prepare: (path: string) => void = () => undefined): string {
  const made = folder({'spec-lint.yaml': config, 'type.json': type, ...files})
  remove = made.remove
  prepare(made.path)
  return made.path
}

function lint(config: string, files: Files, prepare?: (path: string) => void): Outcome {
  return run(project(head + config, files, prepare), ['lint', '--format', 'compact', ...rules, '.'])
}

const schema = 'CREATE TABLE orders (id BIGINT PRIMARY KEY, total NUMERIC(12, 2) NOT NULL);\n'
const wrong = {'docs/a.md': note('ALTER TABLE ordres ADD COLUMN note TEXT;')}

describe('mistakes of the configuration are shown with their place', () => {
  test.for<readonly [string, string, string]>([
    [
      'a file that is not there',
      'schema: db/shema.sql\n',
      '2:9: `schema: db/shema.sql` leads to nothing\n  Write `db/schema.sql`.',
    ],
    [
      'one of a list',
      'schema:\n  - db/schema.sql\n  - db/schma.sql\n',
      '4:5: `schema: db/schma.sql` leads to nothing\n  Write `db/schema.sql`.',
    ],
    ['a way out', 'schema: ../schema.sql\n', '2:9: `schema: ../schema.sql` leads out of the project'],
    ['an absolute path', 'schema: /etc/passwd\n', '2:9: `schema: /etc/passwd` leads out of the project'],
    [
      'a folder that is a file',
      'migrations: db/schema.sql\n',
      '2:13: `migrations: db/schema.sql` is a file, not a folder',
    ],
    [
      'an unknown tool',
      'migrations: {tool: flywy, folder: db}\n',
      '2:20: `flywy` is no migration tool\n  Write `flyway`.',
    ],
    [
      'an unknown key',
      'migrations: {tol: flyway, folder: db}\n',
      '2:14: `tol` is no key of a configuration\n  Write `tool`.',
    ],
    ['no folder', 'migrations: {tool: flyway}\n', '`migrations` has no `folder`\n  Add `folder`.'],
    [
      'an unknown key beside it',
      'shema: db/schema.sql\n',
      '2:1: `shema` is no key of a configuration\n  Write `schema`.',
    ],
  ])('%s', ([, config, words]) => {
    const {code, stderr} = lint(config, {...wrong, 'db/schema.sql': schema})
    expect(stderr).toContain(words)
    expect(code).toBe(2)
  })

  test.for<readonly [string, (path: string) => void, string]>([
    [
      'a link out',
      (path) => symlinkSync('/etc/passwd', join(path, 'link.sql')),
      '`schema: link.sql` leads out of the project',
    ],
    [
      'a link to itself',
      (path) => symlinkSync('link.sql', join(path, 'link.sql')),
      '`schema: link.sql` leads to nothing',
    ],
  ])('%s', ([, prepare, words]) => {
    const {code, stderr} = lint('schema: link.sql\n', wrong, prepare)
    expect(stderr).toContain(words)
    expect(code).toBe(2)
  })
})

describe('what the database has', () => {
  test.for<readonly [string, string, Files]>([
    ['a dump', 'schema: db/schema.sql\n', {'db/schema.sql': schema}],
    [
      'a dump with CRLF and a mark',
      'schema: db/schema.sql\n',
      {'db/schema.sql': `\uFEFF${schema.replaceAll(/[,;]/gu, '$&\r\n')}`},
    ],
    ['a list', 'schema: [db/a.sql, db/b.sql]\n', {'db/a.sql': schema, 'db/b.sql': 'CREATE TABLE parcels (id INT);'}],
    [
      'Prisma',
      'schema: prisma/schema.prisma\n',
      {'prisma/schema.prisma': 'model Order {\n  id BigInt @id\n\n  @@map("orders")\n}\n'},
    ],
    [
      'models in several files',
      'schema: prisma\n',
      {
        'prisma/a.prisma': 'model Order {\n  id BigInt @id\n  @@map("orders")\n}\n',
        'prisma/b.prisma': 'enum State {\n  A\n}\n',
      },
    ],
    [
      'migrations',
      'schema: db/migrations\n',
      {'db/migrations/1_a.up.sql': schema, 'db/migrations/1_a.down.sql': 'DROP TABLE orders;'},
    ],
    ['migrations alone', 'migrations: db/migrations\n', {'db/migrations/1_a.sql': schema}],
    [
      'a configuration below',
      'extends: db/base.yaml\n',
      {'db/base.yaml': 'schema: schema.sql\n', 'db/schema.sql': schema},
    ],
  ])('%s', ([, config, files]) => {
    const {stdout, stderr, code} = lint(config, {...wrong, ...files})
    expect(stderr).toBe('')
    expect(stdout).toContain('docs/a.md:8:13: error: Table `ordres` is altered, and neither the document nor')
    expect(code).toBe(1)
  })

  test('without it nothing is said', () => {
    const {stdout, code} = lint('', wrong)
    expect(stdout).not.toContain('ordres')
    expect(code).toBe(0)
  })

  test('a document without SQL does not make it read', () => {
    const {stderr, code} = lint('schema: db/schema.sql\n', {
      'docs/a.md': '# Note\n',
      'db/schema.sql': 'CREATE TABEL x ();',
    })
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  test('a document of the run that makes a table has it', () => {
    const {stdout} = lint('schema: db/schema.sql\n', {
      'docs/a.md': note('ALTER TABLE stamps ADD COLUMN colour TEXT;'),
      'docs/b.md': note('CREATE TABLE stamps (id BIGINT PRIMARY KEY);', '0008_stamps'),
      'db/schema.sql': schema,
    })
    expect(stdout).toContain('No problems')
  })

  test('foreign keys lead to it', () => {
    const {stdout} = lint('schema: db/schema.sql\n', {
      'docs/a.md': note(
        [
          'CREATE TABLE a (id BIGINT PRIMARY KEY, order_id BIGINT REFERENCES orders (id));',
          'CREATE TABLE b (id BIGINT PRIMARY KEY, order_id BIGINT REFERENCES ordrs (id));',
          'CREATE TABLE c (id BIGINT PRIMARY KEY, order_id BIGINT REFERENCES orders (idd));',
          'CREATE TABLE d (id BIGINT PRIMARY KEY, order_id UUID REFERENCES orders (id));',
          'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (totl) REFERENCES a (id);',
          'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (total) REFERENCES a (id);',
        ].join('\n'),
      ),
      'db/schema.sql': schema,
    })
    expect(stdout.split('\n').filter((line) => line.includes('error:'))).toEqual([
      'docs/a.md:9:67: error: The foreign key leads to `ordrs`, a table that neither the document nor `db/schema.sql` has [foreign-key-target]',
      'docs/a.md:10:75: error: The foreign key leads to `idd`, a column that `orders` does not have [foreign-key-target]',
      'docs/a.md:11:49: error: `d.order_id` is `UUID`, and `orders.id`, to which it leads, is `BIGINT` [foreign-key-target]',
      'docs/a.md:12:51: error: The foreign key begins at `totl`, a column that `orders` does not have [foreign-key-target]',
      'docs/a.md:13:51: error: `orders.total` is `NUMERIC(12, 2)`, and `a.id`, to which it leads, is `BIGINT` [foreign-key-target]',
    ])
  })
})

describe('what cannot be read is a warning, and the rest is used', () => {
  const many = (path: string): void => {
    mkdirSync(join(path, 'many'))
    for (let index = 0; index < 10_000; index += 1) writeFileSync(join(path, 'many', `${index}_a.sql`), '')
  }
  const circle = (path: string): void => {
    mkdirSync(join(path, 'many'))
    writeFileSync(join(path, 'many/1_a.sql'), schema)
    symlinkSync('.', join(path, 'many/again'))
    symlinkSync('..', join(path, 'many/up'))
    symlinkSync('/etc', join(path, 'many/etc'))
  }
  test.for<readonly [string, string, Files, (path: string) => void, string, boolean]>([
    [
      'broken SQL',
      'schema: [a.sql]\n',
      {'a.sql': `${schema}CREATE TABEL stamps (id int);\n`},
      () => undefined,
      "spec-lint: a.sql:2: syntax error at `TABEL`; this statement isn't applied.\n",
      true,
    ],
    [
      'a binary file',
      'schema: [a.sql, b.sql]\n',
      {'a.sql': schema, 'b.sql': Buffer.from([0, 1, 2])},
      () => undefined,
      "spec-lint: b.sql: it isn't used. It holds NUL bytes",
      true,
    ],
    [
      'a large file',
      'schema: [a.sql, b.sql]\n',
      {'a.sql': schema, 'b.sql': 'x'.repeat(5_000_000)},
      () => undefined,
      "spec-lint: b.sql: it isn't used. It has 5000000 bytes",
      true,
    ],
    [
      'ten thousand files',
      'schema: [type.json, many]\n',
      {},
      many,
      "spec-lint: many: it has more than 5,000 files and isn't read.\n",
      false,
    ],
    ['a circle of links', 'schema: many\ndialect: postgresql\n', {}, circle, '', true],
    [
      'code',
      'schema: [a.sql, code]\n',
      {'a.sql': schema, 'code/20260301090000_a.rb': 'x'},
      () => undefined,
      'spec-lint: code: it holds no SQL that could be applied.\n',
      true,
    ],
  ])('%s', ([, config, files, prepare, words, found]) => {
    const {stdout, stderr, code} = lint(config, {...wrong, ...files}, prepare)
    expect(stderr).toContain(words)
    if (words === '') expect(stderr).toBe('')
    expect(stdout.includes('`ordres` is altered')).toBe(found)
    expect(code).toBe(found ? 1 : 0)
  })

  test('a table that only the unread part names may be there', () => {
    const {stdout} = lint('schema: a.sql\n', {
      'docs/a.md': note('ALTER TABLE stamps ADD COLUMN note TEXT;\nALTER TABLE invoices ADD COLUMN note TEXT;'),
      'a.sql': `${schema}CREATE TABEL stamps (id int);\n`,
    })
    expect(stdout).not.toContain('`stamps`')
    expect(stdout).toContain('`invoices` is altered')
  })
})

test('inspect shows what was used', () => {
  const path = project(`${head}migrations: db/migrations\n`, {
    'docs/a.md': note('ALTER TABLE orders ADD COLUMN note TEXT;', '2_note'),
    'db/migrations/1_a.up.sql': schema,
    'db/migrations/1_a.down.sql': 'DROP TABLE orders;',
    'db/migrations/2_note.up.sql': 'ALTER TABLE orders ADD COLUMN note TEXT;',
  })
  const {stdout} = run(path, ['inspect', 'docs/a.md'])
  expect(stdout).toMatch(
    /^Schema +1 table from 1 file: db\/migrations\/1_a\.up\.sql, before db\/migrations\/2_note\.up\.sql$/mu,
  )
  expect(stdout).toMatch(/^Migrations +2 migrations in db\/migrations \(golang-migrate\)$/mu)
  const json: unknown = JSON.parse(run(path, ['inspect', '--json', 'docs/a.md']).stdout)
  expect(json).toMatchObject({
    database: {
      schema: {files: ['db/migrations/1_a.up.sql'], tables: ['orders'], complete: true},
      migrations: {folder: 'db/migrations', tool: 'golang-migrate', count: 2},
      warnings: [],
    },
  })
})

test('the plug-in of remark sees it without waiting, and reads it again when it changes', () => {
  const cwd = project(`${head}schema: db/schema.sql\n`, {...wrong, 'db/schema.sql': schema})
  const lintAgain = (): readonly string[] => {
    const file = new VFile({path: 'docs/a.md', cwd, value: wrong['docs/a.md']})
    remark().use(preset).processSync(file)
    return file.messages.filter(({ruleId}) => ruleId === 'altered-table-exists').map(({reason}) => reason)
  }
  expect(lintAgain()).toEqual(['Table `ordres` is altered, and neither the document nor `db/schema.sql` has it'])
  writeFileSync(join(cwd, 'db/schema.sql'), `${schema}CREATE TABLE ordres (id INT);\n`)
  expect(lintAgain()).toEqual([])
})

test('the folder of the tool has the migration, or a name near to it', () => {
  const done = type.replace(
    '"outline"',
    '"metadata":{"in":"frontMatter","status":"status","schema":{"type":"object","properties":{"status":{"enum":["done"]}}}},"phases":[{"status":"done","kind":"final"}],"migrationName":{"preset":"timestamp","example":"20260331093000_a"},"outline"',
  )
  const text =
    '---\nstatus: done\n---\n\n# Note\n\n## Migration\n\n`V2__create_orders`, `V3__create_parcles.sql` and `V4__labels.sql`.\n'
  const path = project(`${head}migrations: {tool: flyway, folder: sql/x}\n`, {
    'type.json': done,
    'docs/a.md': text,
    'sql/x/V2__create_orders.sql': schema,
    'sql/x/V3__create_parcels.sql': schema,
  })
  const {stdout} = run(path, [
    'lint',
    '--format',
    'compact',
    '--only',
    'migration-file-exists',
    '--only',
    'migration-name-format',
    '.',
  ])
  expect(stdout.split('\n').filter((line) => line.includes('warning:'))).toEqual([
    'docs/a.md:9:23: warning: Migration `V3__create_parcles.sql` is not in `sql/x` [migration-file-exists]',
    'docs/a.md:9:52: warning: Migration `V4__labels.sql` is not in `sql/x` [migration-file-exists]',
  ])
})
