import fc from 'fast-check'
import {expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {sameName} from '../../src/sql/implicit.ts'
import type {Name, Operation} from '../../src/sql/model.ts'
import {findSharing, named, sharing} from '../../src/sql/named.ts'
import {loadAllSchemaParsers} from '../../src/sql/load.ts'
import {schemaFacts} from '../../src/sql/schema.ts'
import {isUndoing, isUndone, takers} from '../../src/sql/takers.ts'
import {undoes} from '../../src/sql/undoes.ts'

await loadAllSchemaParsers()

const word = fc.constantFrom('a', 'A', 'b', 'users', 'Users', 'order items', '')
const name = fc.tuple(fc.option(word, {nil: undefined}), word).map(([schema, last]): Name => {
  const key = schema === undefined ? last : `${schema}.${last}`
  return {text: key, key, hole: false, start: 0, end: 0}
})

function itsName({name: own}: {readonly name: Name}): Name {
  return own
}

test('a look into the map finds what a look at each finds, in the same order', () => {
  fc.assert(
    fc.property(fc.array(fc.record({name})), name, (all, asked) => {
      expect(named(all, itsName, asked)).toEqual(all.filter((one) => sameName(one.name, asked)))
    }),
  )
})

function words(text: string): readonly string[] {
  return text.split('')
}

test('what shares a key is found between two places', () => {
  const place = fc.nat(12)
  const keys = fc.array(fc.constantFrom('a', 'b', 'c'))
  fc.assert(
    fc.property(
      fc.array(fc.string({unit: fc.constantFrom('a', 'b', 'c', 'd')})),
      keys,
      place,
      place,
      (all, own, a, b) => {
        const right = all.filter((one, at) => at >= a && at < b && own.some((key) => one.includes(key)))
        expect(sharing(all, words, own, a, b)).toEqual(right)
        expect(findSharing(all, words, own, () => true, a, Math.min(b, all.length))).toBe(right[0])
      },
    ),
  )
})

const tables = ['a', 'b', 's.a', 't.a', '"A"'] as const
const statements = (table: string, other: string, dialect: string): readonly string[] => [
  `CREATE TABLE ${table} (id INT PRIMARY KEY, x INT UNIQUE CHECK (x IN (1, 2)), y INT REFERENCES ${other} (id))`,
  `DROP TABLE ${table}`,
  `ALTER TABLE ${table} RENAME TO b`,
  `ALTER TABLE b RENAME TO ${table.replace(/^.*\./u, '')}`,
  `ALTER TABLE ${table} ADD COLUMN x INT`,
  `ALTER TABLE ${table} DROP COLUMN x`,
  `ALTER TABLE ${table} RENAME COLUMN x TO y`,
  `ALTER TABLE ${table} RENAME COLUMN y TO x`,
  `ALTER TABLE ${table} ADD CONSTRAINT k UNIQUE (x)`,
  `ALTER TABLE ${table} ADD PRIMARY KEY (x)`,
  `ALTER TABLE ${table} ADD FOREIGN KEY (x) REFERENCES ${other} (id)`,
  `ALTER TABLE ${table} ADD CHECK (x IN (1, 2))`,
  `ALTER TABLE ${table} DROP CONSTRAINT k`,
  `ALTER TABLE ${table} DROP CONSTRAINT a_x_fkey`,
  `CREATE INDEX k ON ${table} (x, y)`,
  `CREATE INDEX ON ${table} (x)`,
  `INSERT INTO ${table} (x) VALUES (1)`,
  `UPDATE ${table} SET x = 1`,
  `DELETE FROM ${table}`,
  `TRUNCATE TABLE ${table}`,
  ...(dialect === 'mysql'
    ? [`DROP INDEX k ON ${table}`, `ALTER TABLE ${table} MODIFY COLUMN x BIGINT NOT NULL`]
    : [
        'DROP INDEX k',
        'DROP INDEX a_x_idx',
        `ALTER TABLE ${table} ALTER COLUMN x SET NOT NULL`,
        `ALTER TABLE ${table} ALTER COLUMN x DROP NOT NULL`,
        `ALTER TABLE ${table} ALTER COLUMN x TYPE BIGINT`,
        `CREATE TYPE ${table} AS ENUM ('x')`,
        `ALTER TYPE ${table} ADD VALUE 'y'`,
        `DROP TYPE ${table}`,
        'DROP SCHEMA s CASCADE',
        'CREATE SCHEMA s',
        `CREATE TRIGGER k BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION f()`,
        `DROP TRIGGER k ON ${table}`,
        `CREATE VIEW v AS SELECT x FROM ${table}`,
        'DROP VIEW v',
      ]),
]

function operationsOf(text: string, dialect: string): readonly Operation[] {
  const {sql} = schemaFacts(readDocument(`# T\n\n\`\`\`${dialect}\n${text}\n\`\`\`\n`))
  return sql.statements.flatMap(({operations}) => operations)
}

test.for(['postgresql', 'mysql'])('no operation that takes another back is missed: %s', (dialect) => {
  const own = dialect === 'mysql' ? tables.filter((one) => !one.includes('"')) : tables
  const all = own.flatMap((table) => own.flatMap((other) => statements(table, other, dialect)))
  const operations = operationsOf(`${[...new Set(all)].join(';\n')};`, dialect)
  expect(operations.length).toBeGreaterThan(all.length / 2 / own.length)
  let found = 0
  for (const one of operations) {
    const right = operations.filter((other) => undoes(one, other))
    found += right.length
    expect(takers(one, operations)).toEqual(right)
    expect(isUndone(one, operations)).toBe(right.length > 0)
    expect(isUndoing(one, operations)).toBe(operations.some((other) => undoes(other, one)))
  }
  expect(found).toBeGreaterThan(200)
})
