import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {compare} from '../../src/verify/course/compare.ts'
import {withNumbers} from '../../src/verify/course/parameters.ts'
import {losses} from '../../src/verify/course/rows.ts'
import {explained, isTransaction, verbOf} from '../../src/verify/course/statement.ts'
import {repairs} from '../../src/verify/course/stubs.ts'
import {candidates, sampleOf} from '../../src/verify/course/values.ts'
import type {Entry} from '../../src/verify/model.ts'

const entry = (kind: string, name: string, table = '', definition = ''): Entry => ({kind, name, table, definition})
const lines = (before: readonly Entry[], after: readonly Entry[]): readonly string[] =>
  compare(before, after).map(
    ({how, entry: one, slight}) => `${how} ${one.kind} ${one.name}${slight ? ' (slight)' : ''}`,
  )

describe('two catalogs', () => {
  test('of a table that is gone, its parts are not told', () => {
    const table = [
      entry('table', 'a'),
      entry('column', 'a.id', 'a'),
      entry('index', 'a_id', 'a', 'CREATE INDEX a_id ON a (id)'),
    ]
    expect(lines(table, [])).toEqual(['removed table a'])
    expect(lines([], table)).toEqual(['added table a'])
  })

  test('of a column that is gone, its constraints and the order of the others are not told', () => {
    const before = [
      entry('column', 'a.b', 'a', 'text'),
      entry('column order', 'a', 'a', 'id, b'),
      entry('constraint', 'a.a_b_check', 'a', "CHECK (b <> '')"),
    ]
    expect(lines(before, [entry('column order', 'a', 'a', 'id')])).toEqual(['removed column a.b'])
  })

  test('another generated name is slight, another name is not', () => {
    const named = (name: string): Entry => entry('constraint', `a.${name}`, 'a', 'UNIQUE (b)')
    expect(lines([named('a_b_key')], [named('a_b_key1')])).toEqual(['changed constraint a.a_b_key (slight)'])
    expect(lines([named('a_b_key')], [named('b_once')])).toEqual(['changed constraint a.a_b_key'])
  })

  test('what is changed says what it is now', () => {
    const [change] = compare([entry('column', 'a.b', 'a', 'text')], [entry('column', 'a.b', 'a', 'text NOT NULL')])
    expect(change).toMatchObject({how: 'changed', now: 'text NOT NULL', entry: {definition: 'text'}})
  })

  test('a catalog is its own equal, in whatever order', () => {
    const kinds = fc.constantFrom('table', 'column', 'index', 'constraint', 'enum', 'column order')
    const entries = fc.uniqueArray(fc.tuple(kinds, fc.string(), fc.string(), fc.string()), {
      selector: ([kind, name]) => `${kind} ${name}`,
    })
    fc.assert(
      fc.property(entries, (all) => {
        const made = all.map(([kind, name, table, definition]) => entry(kind, name, table, definition))
        expect(compare(made, made.toReversed())).toEqual([])
      }),
    )
  })
})

describe('rows', () => {
  const shape = (unique: readonly string[]): Parameters<typeof losses>[2] => [
    {sql: 'a', name: 'a', columns: [], unique: [{name: 'pk', columns: unique}], foreign: [], checks: [], lax: []},
  ]
  const of = (...rows: readonly Readonly<Record<string, string>>[]): Parameters<typeof losses>[0] =>
    new Map([['a', rows]])

  test('that come back are no loss, in whatever order', () => {
    const [one, two] = [
      {id: '1', b: 'x'},
      {id: '2', b: 'y'},
    ]
    expect(losses(of(one, two), of(two, one), shape(['id']), '2026-01-01')).toEqual([])
  })

  test('that are gone, and values that are', () => {
    expect(losses(of({id: '1'}), of(), shape(['id']), '2026-01-01')).toMatchObject([{column: '', rows: 1}])
    expect(losses(of({id: '1', b: 'x'}), of({id: '1', b: 'null'}), shape(['id']), '2026-01-01')).toMatchObject([
      {column: 'b', before: 'x', after: 'null'},
    ])
  })

  test('a time that a trigger set meanwhile is no loss', () => {
    const [old, now] = [
      {id: '1', t: '2020-01-01T00:00:00'},
      {id: '1', t: '2026-03-31T10:00:00'},
    ]
    expect(losses(of(old), of(now), shape(['id']), '2026-03-31')).toEqual([])
  })
})

describe('parameters', () => {
  test.for([
    ['SELECT 1 FROM t WHERE a = ? AND b > ?', 'SELECT 1 FROM t WHERE a = $1 AND b > $2'],
    ['SELECT 1 FROM t WHERE a = :id OR b = :id', 'SELECT 1 FROM t WHERE a = $1 OR b = $1'],
    ["SELECT a::text, ':x ?' FROM t WHERE b = $1 AND c = ?", "SELECT a::text, ':x ?' FROM t WHERE b = $1 AND c = $2"],
    ["SELECT 1 FROM t WHERE tags ? 'x'", "SELECT 1 FROM t WHERE tags ? 'x'"],
  ])('%s', ([sql = '', numbered = '']) => expect(withNumbers(sql, 'postgresql')).toBe(numbered))

  test('a query keeps its places when the words for its plan go', () => {
    const sql = '-- x\nEXPLAIN (ANALYZE, BUFFERS) SELECT 1'
    expect(explained(sql)).toHaveLength(sql.length)
    expect(explained(sql).trim()).toMatch(/^-- x\n\s+SELECT 1$/u)
  })

  test('the verb stands behind comments', () => {
    expect(verbOf('-- a\n/* b */ (select 1)')).toBe('SELECT')
    expect(isTransaction('-- a\nbegin;')).toBe(true)
    expect(isTransaction('BEGINNING')).toBe(false)
  })
})

describe('sample values', () => {
  const column = (type: string): Parameters<typeof sampleOf>[0] => ({
    name: 'c',
    type,
    notNull: true,
    generated: false,
    labels: [],
  })

  test('fit their type', () => {
    expect(sampleOf(column('uuid'), 3)).toBe('00000000-0000-4000-8000-000000000003')
    expect(sampleOf(column('character varying(4)'), 1)).toHaveLength(3)
    expect(sampleOf({...column('mood'), labels: ['sad', 'glad']}, 2)).toBe('glad')
  })

  test('of a size are never longer, and differ', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 40}), fc.integer({min: 1, max: 30}), (size, number) => {
        expect(sampleOf(column(`character varying(${size})`), number).length).toBeLessThanOrEqual(size)
      }),
    )
  })

  test('for a check are those that it names, and those beside its numbers', () => {
    expect(candidates("CHECK (state IN ('open', 'it''s'))").slice(0, 2)).toEqual(['open', "it's"])
    expect(candidates('CHECK (n > 41)')).toContain('42')
  })
})

describe('what a document takes for granted', () => {
  const failure = (kind: 'table' | 'column', message: string): Parameters<typeof repairs>[0] => ({
    kind,
    message,
    code: '',
    hint: '',
    position: undefined,
    subject: '',
  })
  const known = {stubs: [{table: '"orders"', columns: []}], names: ['order_lines'], keyType: 'bigint'}

  test('a table that nobody speaks of may be there', () => {
    const [repair] = repairs(failure('table', 'relation "audit_log" does not exist'), 'SELECT 1 FROM audit_log', known)
    expect(repair?.sql).toBe('CREATE TABLE "audit_log" ("id" bigint PRIMARY KEY)')
  })

  test.for(['order_lins', 'order_lines', 'ordres'])('%s is a slip, or is made too late', (name) => {
    expect(repairs(failure('table', `relation "${name}" does not exist`), `SELECT 1 FROM ${name}`, known)).toEqual([])
  })

  test('a column may be there in a table that was there', () => {
    const message = 'column "customer_id" of relation "orders" does not exist'
    const [repair] = repairs(failure('column', message), 'UPDATE orders SET customer_id = 1', known)
    expect(repair?.sql).toContain('ADD COLUMN "customer_id"')
    expect(
      repairs(failure('column', message.replace('"orders"', '"order_lines"')), 'UPDATE order_lines SET x = 1', known),
    ).toEqual([])
  })
})
