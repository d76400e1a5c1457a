import fc from 'fast-check'
import {beforeAll, describe, expect, it} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import type {Dialect, OperationOf} from '../../src/sql/model.ts'
import {readQueries} from '../../src/sql/queries/read.ts'
import {isServed} from '../../src/sql/queries/serves.ts'
import {shapeOf} from '../../src/sql/queries/shapes.ts'
import {loadAllSchemaParsers} from '../../src/sql/load.ts'
import {schemaFacts} from '../../src/sql/schema.ts'

beforeAll(loadAllSchemaParsers)

/** Whether indexes of `t`, as what follows `ON t`, serve each table access of a query. */
function isServedBy(indexes: readonly string[], query: string, dialect: Dialect): boolean {
  const statements = [...indexes.map((index, at) => `CREATE INDEX i${at} ON t ${index}`), query]
  const fence = `# A\n\n\`\`\`${dialect}\n${statements.join(';\n')};\n\`\`\`\n`
  const {sql} = schemaFacts(readDocument(fence))
  expect(sql.problems).toEqual([])
  const shapes = sql.statements
    .flatMap(({operations}) => operations)
    .filter((one): one is OperationOf<'create-index'> => one.kind === 'create-index')
    .map(shapeOf)
  const last = sql.statements.at(-1)
  const queries = last ? readQueries(last, () => undefined) : []
  const accesses = queries.flatMap((one) => one.accesses.map((access) => ({access, limited: one.limited})))
  const own = accesses.filter(({access}) => access.table.key === 't')
  expect(own.length).toBeGreaterThan(0)
  return own.every(({access, limited}) => isServed(shapes, access, limited))
}

type Row = readonly [indexes: readonly string[], query: string, served: boolean]

const both: readonly Row[] = [
  [['(a)'], 'SELECT x FROM t WHERE a = 1', true],
  [['(a)'], 'SELECT x FROM t WHERE b = 1', false],
  [[], 'SELECT x FROM t WHERE a = 1', false],
  [['(a, b)'], 'SELECT x FROM t WHERE b = 1', false],
  [['(a, b)'], 'SELECT x FROM t WHERE b = 1 AND a = 2', true],
  [['(a, b)'], 'SELECT x FROM t WHERE a = 2', true],
  [['(b, a)'], 'SELECT x FROM t WHERE a = 2 AND b > 1', true],
  [['(c, a)'], 'SELECT x FROM t WHERE a = 2 AND b = 1', false],
  [['(a)'], 'SELECT x FROM t WHERE a > 1', true],
  [['(a)'], 'SELECT x FROM t WHERE a BETWEEN 1 AND 2', true],
  [['(a)'], 'SELECT x FROM t WHERE a NOT BETWEEN 1 AND 2', false],
  [['(a)'], 'SELECT x FROM t WHERE a IN (1, 2)', true],
  [['(a)'], 'SELECT x FROM t WHERE a NOT IN (1, 2)', false],
  [['(a)'], 'SELECT x FROM t WHERE a <> 1', false],
  [['(a)'], 'SELECT x FROM t WHERE NOT a = 1', false],
  [['(a)'], 'SELECT x FROM t WHERE 1 = a', true],
  [['(a)'], 'SELECT x FROM t WHERE 1 < a', true],
  [['(a)'], 'SELECT x FROM t WHERE a IS NULL', true],
  [['(a)'], 'SELECT x FROM t WHERE a IS NOT NULL', false],
  [['(a)'], "SELECT x FROM t WHERE a LIKE 'b%'", true],
  [['(a)'], "SELECT x FROM t WHERE a LIKE '%b'", false],
  [['(a)'], "SELECT x FROM t WHERE a LIKE '_b'", false],
  [['(a)'], 'SELECT x FROM t WHERE lower(a) = 1', false],
  [['(a)'], 'SELECT x FROM t WHERE a = lower(1)', true],
  [['(a)'], 'SELECT x FROM t WHERE a + 1 = 2', false],
  [['(a)'], 'SELECT x FROM t WHERE CAST(a AS char(3)) = 2', false],
  [['(a)'], 'SELECT x FROM t WHERE a = b', false],
  [['((lower(a)))'], 'SELECT x FROM t WHERE lower(a) = 1', true],
  [['((lower(a)))'], 'SELECT x FROM t WHERE upper(a) = 1', false],
  [['((lower(a)))'], 'SELECT x FROM t WHERE a = 1', false],
  [['(a)'], 'SELECT x FROM t ORDER BY a LIMIT 3', true],
  [['(a DESC)'], 'SELECT x FROM t ORDER BY a LIMIT 3', true],
  [['(b, a)'], 'SELECT x FROM t ORDER BY a LIMIT 3', false],
  [['(a, b)'], 'SELECT x FROM t ORDER BY a, b LIMIT 3', true],
  [['(a)'], 'SELECT x FROM t ORDER BY a, b LIMIT 3', false],
  [['(b)'], 'SELECT x FROM t WHERE a = 1 ORDER BY b LIMIT 3', true],
  [['(b)'], 'SELECT x FROM t WHERE a = 1 ORDER BY b', false],
  [['(a, b)'], 'SELECT x FROM t WHERE a = 1 ORDER BY b', true],
  [['(a)'], 'SELECT x FROM t WHERE a = 1 ORDER BY b', true],
  [['(a)'], 'SELECT x FROM t WHERE a = 1 OR a = 2', true],
  [['(a)'], 'SELECT x FROM t WHERE a = 1 OR b = 2', false],
  [['(a)', '(b)'], 'SELECT x FROM t WHERE a = 1 OR b = 2', true],
  [['(c)'], 'SELECT x FROM t WHERE (a = 1 OR b = 2) AND c = 3', true],
  [['(a)'], 'SELECT x FROM t WHERE (a = 1 AND b = 2) OR (a = 3 AND b = 4)', true],
  [['(a, b)'], 'SELECT x FROM t WHERE (a, b) = (1, 2)', true],
  [['(a)'], 'SELECT x FROM t WHERE (a, b) > (1, 2)', true],
  [['(b)'], 'SELECT x FROM t WHERE (a, b) > (1, 2)', false],
  [['(a)'], 'SELECT t.x FROM t JOIN u ON u.b = t.a WHERE u.c = 1', true],
  [['(b)'], 'SELECT t.x FROM t JOIN u ON u.b = t.a WHERE u.c = 1', false],
  [['(a)'], 'SELECT y.x FROM t AS y JOIN u ON u.b = y.a', true],
  [['(a)'], 'SELECT t.x FROM t JOIN u USING (a)', true],
  [['(a)'], 'SELECT u.x FROM u WHERE EXISTS (SELECT 1 FROM t WHERE t.a = u.b)', true],
  [['(c)'], 'SELECT u.x FROM u WHERE EXISTS (SELECT 1 FROM t WHERE t.a = u.b)', false],
  [['(a)'], 'SELECT x FROM t WHERE a IN (SELECT b FROM u)', true],
  [['(a)'], 'WITH r AS (SELECT x FROM t WHERE a = 1) SELECT x FROM r', true],
  [['(b)'], 'WITH r AS (SELECT x FROM t WHERE a = 1) SELECT x FROM r', false],
  [['(a)'], 'SELECT x FROM t WHERE a = 1 UNION ALL SELECT x FROM t WHERE a = 2', true],
  [['(a)'], 'SELECT x FROM t WHERE a = 1 UNION ALL SELECT x FROM t WHERE b = 2', false],
  [['(a)'], 'UPDATE t SET x = 1 WHERE a = 2', true],
  [['(a)'], 'UPDATE t SET a = 1 WHERE x = 2', false],
  [['(a)'], 'DELETE FROM t WHERE a = 2', true],
  [['(a)'], 'DELETE FROM t WHERE b = 2', false],
  [['(a)'], "EXPLAIN SELECT x, 'é😀' FROM t WHERE a = 'ß'", true],
]

const postgres: readonly Row[] = [
  [['(a) WHERE b = 1'], 'SELECT x FROM t WHERE a = 1', false],
  [['(a) WHERE b = 1'], 'SELECT x FROM t WHERE a = 1 AND b = 1', true],
  [['(a) WHERE b = 1'], 'SELECT x FROM t WHERE a = 1 AND b = 2', false],
  [['(a) WHERE b = 1'], 'SELECT x FROM t WHERE a = 1 AND b = $1', true],
  [["(a) WHERE b IN ('x', 'y')"], "SELECT x FROM t WHERE a = 1 AND b = 'x'", true],
  [["(a) WHERE b IN ('x', 'y')"], "SELECT x FROM t WHERE a = 1 AND b IN ('x', 'z')", false],
  [['(a) WHERE b IS NULL'], 'SELECT x FROM t WHERE a = 1 AND b IS NULL', true],
  [['(a) WHERE b IS NULL'], 'SELECT x FROM t WHERE a = 1', false],
  [['(a) WHERE b IS NOT NULL'], 'SELECT x FROM t WHERE a = 1 AND b = 3', true],
  [['(a) WHERE b IS NOT NULL'], 'SELECT x FROM t WHERE a = 1 AND b IS NULL', false],
  [["(a) WHERE b <> 'x'"], "SELECT x FROM t WHERE a = 1 AND b = 'y'", true],
  [["(a) WHERE b <> 'x'"], "SELECT x FROM t WHERE a = 1 AND b = 'x'", false],
  [['(a) WHERE b'], 'SELECT x FROM t WHERE b ORDER BY a', true],
  [['(a) WHERE NOT b'], 'SELECT x FROM t WHERE a = 1 AND b = false', true],
  [['(a)'], 'SELECT x FROM t WHERE a = ANY($1)', true],
  [['(a)'], 'SELECT x FROM t WHERE $1 = ANY(a)', false],
  [['(a)'], 'SELECT x FROM t WHERE a::date = now()', false],
  [['((a::date))'], 'SELECT x FROM t WHERE a::date = now()', true],
  [["((a ->> 'k'))"], "SELECT x FROM t WHERE a ->> 'k' = 'v'", true],
  [["((a ->> 'j'))"], "SELECT x FROM t WHERE a ->> 'k' = 'v'", false],
  [['USING gin (a)'], 'SELECT x FROM t WHERE a @> $1', true],
  [['USING gin (b)'], 'SELECT x FROM t WHERE a @> $1', false],
  [['(a)'], 'SELECT x FROM public.t WHERE "a" = 1', true],
]

const mysql: readonly Row[] = [
  [['(a(10))'], "SELECT x FROM t WHERE a = 'b'", true],
  [['(`a`)'], 'SELECT `x` FROM `t` WHERE `t`.`A` = ?', true],
  [['(a)'], 'SELECT x FROM t WHERE DATE(a) = CURDATE()', false],
  [['(a)'], 'SELECT x FROM t WHERE a >= CURDATE() - INTERVAL 1 DAY', true],
  [['(a)'], 'SELECT x FROM t WHERE a <=> 1', true],
  [['(a)'], 'SELECT x FROM t WHERE YEAR(a) = 2024', false],
]

describe('whether an index serves', () => {
  const cases = [
    ...both.flatMap((row) => (['postgresql', 'mysql'] as const).map((dialect) => ({dialect, row}))),
    ...postgres.map((row) => ({dialect: 'postgresql', row}) as const),
    ...mysql.map((row) => ({dialect: 'mysql', row}) as const),
  ]
  it.each(cases.map(({dialect, row}) => [dialect, row[0].join(' '), row[1], row] as const))(
    '%s: %s for %s',
    (dialect, _indexes, _query, [indexes, query, served]) => {
      expect(isServedBy(indexes, query, dialect)).toBe(served)
    },
  )

  const columns = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), {minLength: 1, maxLength: 4})
  const dialects = fc.constantFrom<Dialect>('postgresql', 'mysql')

  it('always serves on exactly the columns compared for equality, in any order', () => {
    fc.assert(
      fc.property(columns, dialects, (names, dialect) => {
        const query = `SELECT x FROM t WHERE ${names.map((name) => `${name} = 1`).join(' AND ')}`
        expect(isServedBy([`(${names.toReversed().join(', ')})`], query, dialect)).toBe(true)
      }),
      {numRuns: 60},
    )
  })

  it('never serves by a column that the query does not name', () => {
    fc.assert(
      fc.property(columns, dialects, (names, dialect) => {
        const query = `SELECT x FROM t WHERE ${names.map((name) => `${name} > 1`).join(' AND ')}`
        expect(isServedBy([`(z, ${names.join(', ')})`], query, dialect)).toBe(false)
      }),
      {numRuns: 60},
    )
  })
})

describe('the ranges of a query', () => {
  it.each([
    ['postgresql', 'SELECT é.*, \'😀\' FROM "Straße" AS é WHERE é.größe = 1'],
    ['mysql', "SELECT é.*, '😀' FROM `Straße` AS é WHERE é.größe = 1"],
  ])('are of UTF-16 units in %s', (dialect, query) => {
    const text = `# Ä 😀\n\n- x\n\n  \`\`\`${dialect}\n  -- 😀 ü\n  ${query};\n  \`\`\`\n`
    const {sql} = schemaFacts(readDocument(text))
    const [found] = sql.statements.flatMap((one) => readQueries(one, () => undefined))
    const slice = (span: {readonly start: number; readonly end: number} | undefined): string =>
      span ? text.slice(span.start, span.end) : ''
    expect(slice(found?.stars[0])).toBe('é.*')
    expect(slice(found?.accesses[0]?.table).replaceAll(/["`]/gu, '')).toBe('Straße')
    expect(slice(found?.accesses[0]?.conditions[0])).toBe('é.größe')
  })

  it('ends where a condition nests too deep', () => {
    const deep = `${'('.repeat(600)}a${' + 1)'.repeat(600)}`
    const {sql} = schemaFacts(readDocument(`\`\`\`sql\nSELECT x FROM t WHERE ${deep} = 1;\n\`\`\`\n`))
    expect(sql.statements.flatMap((one) => readQueries(one, () => undefined))).toEqual([])
  })
})
