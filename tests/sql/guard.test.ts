import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import type {SpecDocument} from '../../src/document/types.ts'
import {loadSchemaParsers} from '../../src/sql/load.ts'
import {generic} from '../../src/sql/parsers/generic.ts'
import {guarded} from '../../src/sql/parsers/guard.ts'
import {postgres} from '../../src/sql/parsers/postgres.ts'
import type {Parser} from '../../src/sql/parsers/types.ts'
import {schemaFacts} from '../../src/sql/schema.ts'

/** Breaks on `BOOM`; afterwards it works as long as it is told to. */
function fragile(lasts: boolean): {readonly parser: Parser; readonly asked: readonly string[]} {
  const asked: string[] = []
  let broken = false
  const parser: Parser = {
    dialect: 'mysql',
    read: () => undefined,
    parse(text) {
      asked.push(text)
      broken ||= text === 'BOOM' && !lasts
      if (broken || text === 'BOOM') throw new RangeError('Maximum call stack size exceeded')
      return text === 'FORM' ? {offset: 0, message: 'wrong'} : undefined
    },
  }
  return {parser, asked}
}

describe('a parser that breaks', () => {
  test('takes only its statement with it when it recovers', () => {
    let told = 0
    const guard = guarded(fragile(true).parser, () => (told += 1))
    expect(guard.parse('BOOM')).toMatchObject({offset: 0, limit: true})
    expect(guard.parse('SELECT 2')).toBeUndefined()
    expect(guard.parse('FORM')).toEqual({offset: 0, message: 'wrong'})
    expect(told).toBe(0)
  })

  test('is noticed wherever it breaks', () => {
    let told = 0
    const {parser} = fragile(false)
    const read = (): undefined => {
      parser.parse('BOOM')
    }
    const guard = guarded({...parser, read}, () => (told += 1))
    expect(guard.read('BOOM', () => false)).toBeUndefined()
    expect(told).toBe(1)
    expect(guard.parse('SELECT 2')).toMatchObject({limit: true})
    expect(told).toBe(1)
  })

  test('is asked no more when it does not, and says so once', () => {
    let told = 0
    const {parser, asked} = fragile(false)
    const guard = guarded(parser, () => (told += 1))
    expect(guard.parse('BOOM')).toMatchObject({limit: true})
    expect(guard.parse('SELECT 2')).toMatchObject({limit: true})
    expect(asked).toEqual(['BOOM', 'SELECT 1'])
    expect(told).toBe(1)
  })
})

test.for(['mysql', 'sqlite', 'mssql'] as const)(
  '%s breaks on a deep statement, and is loaded anew',
  async (dialect) => {
    const broken = (await generic.load(7))(dialect)
    const deep = `SELECT 1${' + 12'.repeat(5000)}`
    expect(() => broken.parse(deep)).toThrow(/memory access out of bounds|unreachable|Maximum call stack/u)
    const parser = (await generic.load(8))(dialect)
    expect(parser.parse('SELECT 1')).toBeUndefined()
    expect(parser.parse('SELECT FROM FROM WHERE')?.message).toContain('FROM')
    expect(parser.read('CREATE INDEX i ON t (a)', () => false)).toBeDefined()
  },
)

test('a statement that breaks the parser takes only its document with it', async () => {
  const deep = `SELECT 1${' + 12'.repeat(5000)};`
  const document = (sql: string): SpecDocument => readDocument(`# T\n\n## Schema\n\n\`\`\`mysql\n${sql}\n\`\`\`\n`)
  const problems = async (sql: string): Promise<readonly unknown[]> => {
    const one = document(sql)
    await loadSchemaParsers(one)
    return schemaFacts(one).sql.problems.map(({message, limit}) => ({message, limit}))
  }
  expect(await problems(`${deep}\nCREATE TABLE a (id INT);`)).toMatchObject([{limit: true}, {limit: true}])
  expect(await problems('CREATE TABLE b (id INT);')).toEqual([])
  expect(await problems('CREATE TABL b (id INT);')).toMatchObject([{message: expect.stringContaining('TABL')}])
})

test('PostgreSQL is loaded anew with a memory of its own', async () => {
  const [first, second] = [await postgres.load(0), await postgres.load(1)]
  expect(second).not.toBe(first)
  expect(second('postgresql').parse('SELECT 1')).toBeUndefined()
  expect(second('postgresql').parse('SELECT FROM FROM')?.message).toContain('FROM')
})
