import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {schemaChangesOf} from '../../src/sql/changes.ts'
import {factsOf} from '../../src/sql/facts.ts'

const inSql = (sql: string): string => `## S\n\n\`\`\`sql\n${sql}\n\`\`\`\n`
const labels = (text: string): readonly string[] => schemaChangesOf(readDocument(text)).map(({label}) => label)

describe('DDL', () => {
  test.for([
    ['CREATE TABLE IF NOT EXISTS shop.orders (id INT);', ['CREATE TABLE shop.orders']],
    ['create unique index concurrently orders_day on orders (day)', ['CREATE UNIQUE INDEX orders_day']],
    ['ALTER TABLE ONLY "Orders" ADD COLUMN x INT; DROP TYPE colour', ['ALTER TABLE Orders', 'DROP TYPE colour']],
    [
      'CREATE OR REPLACE FUNCTION f() RETURNS trigger AS $$ BEGIN DROP TABLE x; END; $$ LANGUAGE plpgsql;',
      ['CREATE FUNCTION f'],
    ],
    [
      'CREATE TRIGGER t BEFORE UPDATE ON o FOR EACH ROW BEGIN SET NEW.a = 1; END; CREATE VIEW v AS SELECT 1;',
      ['CREATE TRIGGER t', 'CREATE VIEW v'],
    ],
    ["INSERT INTO a VALUES ('x; DROP TABLE y'); -- CREATE TABLE z\n/* CREATE TABLE w */ SELECT 1;", []],
    ["CREATE TEMPORARY TABLE t (id INT); TRUNCATE o; COMMENT ON TABLE o IS 'x';", []],
    ['CREATE TABLE [table_name] (\n  id {{TYPE}}\n  -- ...\n);', ['CREATE TABLE [table_name]']],
    ['CREATE TABLE orders (id INT,, day DATE', ['CREATE TABLE orders']],
    ['ALTER TABLE a ADD b INT, ADD c INT, DROP d', ['ALTER TABLE a']],
    ['DROP TABLE a, b', ['DROP TABLE a', 'DROP TABLE b']],
    ['CREATE TABLE a (b INT AUTO_INCREMENT, KEY a_b (b)) ENGINE=InnoDB', ['CREATE TABLE a', 'INDEX a_b']],
    ["CREATE TYPE mood AS ENUM ('a'); ALTER TYPE mood ADD VALUE 'b'", ['CREATE TYPE mood', 'ALTER TYPE mood']],
    ['ALTER TABLE a ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON a', ['ALTER TABLE a', 'CREATE POLICY p']],
    ['CREATE USER u; CREATE SINK s FROM t; CREATE DATABASE d; GRANT ALL ON a TO u', []],
  ] as const)('%s', ([sql, expected]) => expect(labels(inSql(sql))).toEqual(expected))

  test('the range is the statement', () => {
    const text = '- a\n\n  ```sql\n  SELECT 1;\n  CREATE TABLE "é🚲" (id INT);\n  ```\n'
    const [change] = schemaChangesOf(readDocument(text))
    expect(text.slice(change?.start, change?.end)).toBe('CREATE TABLE "é🚲" (id INT)')
  })
})

describe('other facts', () => {
  test.for([
    ['a table of columns', '## Orders\n\n| Column | Type |\n| - | - |\n| id | INT |\n', ['columns of Orders']],
    ['a table of fields', '## Orders\n\n| Field | Type |\n| - | - |\n| id | INT |\n', []],
    ['attributes', '## Order\n\n**Attributes**:\n- `id`: UUID - key\n', ['attributes of Order']],
    ['attributes in prose', '## Order\n\n**Attributes**: many\n', []],
    ['Prisma', '```prisma\nmodel Order {\n  id Int @id\n}\n```\n', ['model Order']],
    ['Alembic', '```python\nop.create_table(\n    "orders",\n)\n```\n', ['op.create_table("orders")']],
    [
      'fields with a key',
      '## Orders\n\n| Field | Type | Key |\n| - | - | - |\n| id | INT | PK |\n',
      ['columns of Orders'],
    ],
    ['a list without a label', '## Order\n\n- `id`: UUID\n- `day`: DATE\n', []],
    ['fields of a message', '## Order\n\n**Fields**:\n- `id`: UUID\n- `day`: DATE\n', []],
    ['new fields', '## Existing Entity: Order\n\n**New Fields**:\n- `day`: DATE\n', ['new fields of Order']],
    ['an entity that stays', '## Existing Entity: Order\n\n**Attributes**:\n- `id`: UUID\n', []],
    [
      'an entity that changes',
      '## Modified Existing Entities\n\n### Order\n\n**Attributes**:\n- `id`: UUID\n',
      ['attributes of Order'],
    ],
    ['a Prisma enum', '```prisma\nenum Mood {\n  GOOD\n}\n```\n', ['enum Mood']],
    [
      'SQL in Alembic',
      '```python\nop.execute(sa.text(\n"CREATE TYPE mood AS ENUM (1)"))\nop.execute("UPDATE a SET b = 1")\n```\n',
      ['op.execute'],
    ],
    ['a way back', '```python\ndef downgrade():\n    op.drop_table("a")\n```\n', []],
    ['Python in strings and comments', '```python\nx = """op.drop_table("""  # op.drop_table("a")\n```\n', []],
    ['prose', 'We CREATE TABLE orders.\n', []],
    ['an unnamed fence', '```\nCREATE TABLE orders (id INT);\n```\n', []],
  ] as const)('%s', ([, text, expected]) => expect(labels(text)).toEqual(expected))

  test('facts', () => {
    const changes = schemaChangesOf(
      readDocument(inSql('CREATE TABLE a (i INT); CREATE INDEX b ON a (i); DROP TABLE c;')),
    )
    expect([...factsOf(changes)].toSorted()).toEqual(['adds-index', 'adds-table', 'drops', 'schema-change'])
  })

  test.for([
    ['email VARCHAR(80)', true],
    ['"billingAddress" TEXT', true],
    ['customer_phone TEXT', true],
    ['date_of_birth DATE', true],
    ['email_verified BOOLEAN', false],
    ['email_hash BYTEA', false],
    ['address_id BIGINT', false],
    ['name TEXT', false],
    ['emailer INT', false],
  ] as const)('personal data: %s', ([column, expected]) => {
    for (const text of [`CREATE TABLE a (${column})`, `ALTER TABLE a ADD COLUMN ${column}`])
      expect(factsOf(schemaChangesOf(readDocument(inSql(text)))).has('has-pii')).toBe(expected)
  })
})

test('any SQL is read, and every range lies in its fence', () => {
  const piece = fc.constantFrom(
    'CREATE TABLE ',
    'a',
    ';',
    "'",
    '"',
    '$$',
    '$x$',
    '--',
    '/*',
    '*/',
    'BEGIN',
    'END',
    '(',
    ')',
    '\n',
    ' ',
    '{{x}}',
    '[y]',
    '🚲',
  )
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 60}), (parts) => {
      const text = inSql(parts.join(''))
      for (const {start, end} of schemaChangesOf(readDocument(text))) {
        expect(end).toBeGreaterThanOrEqual(start)
        expect(end).toBeLessThanOrEqual(text.length)
      }
    }),
    {numRuns: 500},
  )
})
