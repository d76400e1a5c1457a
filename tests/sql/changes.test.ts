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
      ['CREATE OR REPLACE FUNCTION f()'.slice(0, 28)],
    ],
    [
      'CREATE TRIGGER t BEFORE UPDATE ON o FOR EACH ROW BEGIN SET NEW.a = 1; END; CREATE VIEW v AS SELECT 1;',
      ['CREATE TRIGGER t', 'CREATE VIEW v'],
    ],
    ["INSERT INTO a VALUES ('x; DROP TABLE y'); -- CREATE TABLE z\n/* CREATE TABLE w */ SELECT 1;", []],
    ["CREATE TEMPORARY TABLE t (id INT); TRUNCATE o; COMMENT ON TABLE o IS 'x';", []],
    ['CREATE TABLE [table_name] (\n  id {{TYPE}}\n  -- ...\n);', ['CREATE TABLE [table_name]']],
  ] as const)('%s', ([sql, expected]) => {
    expect(labels(inSql(sql)).map((label) => label.replace(/\(.*$/u, ''))).toEqual(
      expected.map((label) => label.replace(/\(.*$/u, '')),
    )
  })

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
    ['attributes', '## Order\n\n**Attributes**:\n- `id`: UUID - key\n', ['Attributes of Order']],
    ['attributes in prose', '## Order\n\n**Attributes**: many\n', []],
    ['Prisma', '```prisma\nmodel Order {\n  id Int @id\n}\n```\n', ['model Order']],
    ['Alembic', '```python\nop.create_table(\n    "orders",\n)\n```\n', ['op.create_table(\n    "orders']],
    ['prose', 'We CREATE TABLE orders.\n', []],
    ['an unnamed fence', '```\nCREATE TABLE orders (id INT);\n```\n', []],
  ] as const)('%s', ([, text, expected]) => expect(labels(text)).toEqual(expected))

  test('facts', () => {
    const changes = schemaChangesOf(
      readDocument(inSql('CREATE TABLE a (i INT); CREATE INDEX b ON a (i); DROP TABLE c;')),
    )
    expect([...factsOf(changes)].toSorted()).toEqual(['adds-index', 'adds-table', 'drops', 'schema-change'])
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
