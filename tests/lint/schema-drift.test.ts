import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import schemaDrift from '../../rules/schema-drift.ts'
import {knownSchemaFile} from '../../src/config/schema-files.ts'
import {createSource} from '../../src/document/source.ts'
import {runChangeRules} from '../../src/lint/change.ts'
import {dialectOf, schemaEdit} from '../../src/lint/schema-edits.ts'
import {loadParsers} from '../../src/sql/parsers/index.ts'
import {root} from '../support/cli.ts'

await loadParsers(['postgresql', 'mysql', 'sqlite', 'mssql'])

const spec = readFileSync(join(root, 'fixtures/types/database-schema/clean.md'), 'utf8')
const model = 'model Order {\n  id String @id\n}\n'

/** What is said of one file of a change, beside a document; by default one that is as it was. */
function drift(
  path: string,
  before: string | undefined,
  now: string,
  document = {text: spec, touched: false},
): readonly string[] {
  const kind = knownSchemaFile(path)
  if (!kind) return []
  const file = {path, kind, before, now}
  const edit = schemaEdit(file, dialectOf(file, undefined))
  const found = runChangeRules(
    {schema: edit ? [edit] : [], documents: [document]},
    {rules: [schemaDrift], configOf: () => new Map(), textOf: () => now},
  )
  return found.map(({start, reason}) => {
    const {line, column} = createSource(now).pointOf(start)
    return `${line}:${column} ${/(?:changes|schema of) (`\w+`)/u.exec(reason)?.[1]}`
  })
}

describe('schema-drift', () => {
  const index =
    'class IndexLinks < ActiveRecord::Migration[8.0]\n  def change\n    add_index :links, %i[a b]\n  end\nend\n'
  test.for<readonly [string, string, number]>([
    [
      'how an index is made',
      index
        .replace('%i[a b]', '%i[a b], algorithm: :concurrently')
        .replace('  def', '  disable_ddl_transaction!\n\n  def'),
      0,
    ],
    ['that it may be there', index.replace('%i[a b]', '%i[a b], if_not_exists: true'), 0],
    ['what it is over', index.replace('%i[a b]', '%i[a c]'), 1],
  ])('a migration that now says otherwise %s', ([, now, count]) => {
    expect(drift('db/migrate/20250128101515_index_links.rb', index, now)).toHaveLength(count)
  })

  test.for<readonly [string, string, boolean, number]>([
    ['its words in a row of the change', '| 23 | 4.39 | Device Code Flow Null Constraints |', true, 0],
    ['its words in a row that was there', '| 23 | 4.39 | Device Code Flow Null Constraints |', false, 1],
    ['its number before a row', '| Version | For |\n| --- | --- |\n|  23   | OAuth |', true, 0],
    ['some of its words', '| 4 | 4.23 | Null Constraints |', true, 1],
    ['its words far from each other', 'A device.\n\nA code.\n\nNull, and its constraints.', true, 1],
  ])('a document with %s', ([, text, touched, count]) => {
    const sql = 'ALTER TABLE sessions ALTER COLUMN token DROP NOT NULL;\n'
    const path = 'migrations/V0023.DeviceCodeNullConstraints.up.sql'
    expect(drift(path, undefined, sql, {text, touched})).toHaveLength(count)
  })

  test.for<readonly [string, string, number]>([
    ['a table that the document describes', 'CREATE TABLE mechanics (id int);', 0],
    ['a column that it describes', 'ALTER TABLE mechanics ADD COLUMN full_name text;', 0],
    ['a column that it lacks', 'ALTER TABLE mechanics ADD COLUMN shoe_size int;', 1],
    ['an index over a column that it lacks', 'CREATE INDEX i1 ON mechanics (shoe_size);', 1],
    ['rows', "INSERT INTO mechanics (shoe_size) VALUES (1);\nUPDATE bikes SET a = 'CREATE TABLE x';", 0],
    ['comments', '-- CREATE TABLE invoices (id int);\n/* ALTER TABLE x ADD y int; */', 0],
    ['what is below the mark of the way back', '-- migrate:up\nSELECT 1;\n-- migrate:down\nDROP TABLE invoices;', 0],
    ['an extension', 'CREATE EXTENSION IF NOT EXISTS pgcrypto;', 0],
    ['no SQL', 'this is { no SQL', 0],
    ['an empty file', '', 0],
  ])('an unchanged document, and a migration of %s', ([, sql, count]) => {
    expect(drift('migrations/0008_other.sql', undefined, `${sql}\n`)).toHaveLength(count)
  })

  test.for<readonly [string, string, string, string, readonly string[]]>([
    [
      'Prisma, a field',
      'prisma/schema.prisma',
      model,
      '// The order.\nmodel Order {\n  id String @id\n  sum Int\n}\n',
      ['4:3 `Order`'],
    ],
    [
      'Prisma, a comment',
      'prisma/schema.prisma',
      model,
      `/// All of it.\n${model.replace('id String', 'id   String')}// End.\n`,
      [],
    ],
    [
      'Prisma, the name of the table',
      'prisma/schema.prisma',
      model,
      model.replace('}', '  a Int\n  @@map("parcels")\n}'),
      ['3:3 `parcels`'],
    ],
    [
      'a dump, a column',
      'db/structure.sql',
      'CREATE TABLE bills (id int);\n',
      'CREATE TABLE bills (\n  id int,\n  tax int\n);\n',
      ['1:1 `bills`'],
    ],
    [
      'a dump, white space',
      'db/structure.sql',
      'CREATE TABLE bills (id int);\n',
      'CREATE TABLE bills (\n  id int -- key\n);\n',
      [],
    ],
    [
      'Django',
      'shop/models.py',
      'class Order(Model):\n    id = models.IntegerField()\n',
      'class Order(Model):\n    id = models.IntegerField()\n    sum = models.IntegerField()\n',
      ['3:5 `Order`'],
    ],
    [
      'Django, a method',
      'shop/models.py',
      'class Order(Model):\n    id = models.IntegerField()\n',
      'class Order(Model):\n    id = models.IntegerField()\n    def f(self): return 1\n',
      [],
    ],
    [
      'TypeORM, a field that went',
      'src/a.entity.ts',
      'export class Bill {\n  id: number\n  tax: string\n}\n',
      'export class Bill {\n  id: number\n}\n',
      ['3:1 `Bill`'],
    ],
    [
      'Rails',
      'db/schema.rb',
      'create_table "bills" do |t|\nend\n',
      'create_table "bills" do |t|\n  t.string "tax"\nend\n',
      ['2:3 `bills`'],
    ],
    ['a migration that is there', 'migrations/1.sql', 'SELECT 1;\n', 'SELECT 1;\nDROP TABLE bills;\n', ['2:1 `bills`']],
    ['the test of a migration', 'tests/migrations/1.sql', 'SELECT 1;\n', 'DROP TABLE bills;\n', []],
  ])('%s', ([, path, before, after, places]) => {
    expect(drift(path, before, after)).toEqual(places)
  })

  test.for<readonly [string, string, string, readonly string[]]>([
    [
      'Django',
      'shop/migrations/0002_x.py',
      "operations = [\n    migrations.AddField(\n        model_name='bill',\n        name='sum',\n    )]\n",
      ['`bill`'],
    ],
    [
      'Alembic',
      'alembic/versions/ae10_x.py',
      "def upgrade():\n    op.add_column('bills', sa.Column('sum', sa.Integer()))\n",
      ['`bills`'],
    ],
    [
      'Knex',
      'migrations/20260101000000_x.js',
      "exports.up = (knex) => knex.schema.createTable('bills', (t) => t.increments('id'))\n",
      ['`bills`'],
    ],
    [
      'TypeORM',
      'src/migrations/1774949400000-X.ts',
      'await queryRunner.query(`ALTER TABLE "bills" ADD "sum" integer`)\n',
      ['`bills`'],
    ],
    [
      'Laravel',
      'database/migrations/2026_01_01_000000_x.php',
      "Schema::create('bills', function (Blueprint $table) {\n",
      ['`bills`'],
    ],
    [
      'code that changes rows',
      'migrations/20260101000000_x.js',
      "exports.up = (knex) => knex('bills').update({sum: 1})\n",
      [],
    ],
    ['a call in a comment', 'migrations/20260101000000_x.js', "// knex.schema.createTable('bills')\n", []],
  ])('a migration of %s', ([, path, text, names]) => {
    expect(drift(path, undefined, text).map((one) => one.split(' ')[1])).toEqual(names)
  })
})
