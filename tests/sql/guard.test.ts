import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import type {SpecDocument} from '../../src/document/types.ts'
import {within} from '../../src/lint/within.ts'
import {loadSchemaParsers} from '../../src/sql/load.ts'
import {requiredAnew} from '../../src/sql/parsers/anew.ts'
import {generic} from '../../src/sql/parsers/generic.ts'
import {guarded} from '../../src/sql/parsers/guard.ts'
import {asks, type Memory, renewable} from '../../src/sql/parsers/memory.ts'
import {postgres} from '../../src/sql/parsers/postgres.ts'
import {loadPrismaParser} from '../../src/sql/parsers/prisma.ts'
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

const fresh = (): Memory => ({inUse: false, isBroken: false})
const ever = (): never => {
  for (;;);
}

describe('a parser that breaks', () => {
  test('takes only its statement with it when it recovers', () => {
    const memory = fresh()
    const guard = guarded(fragile(true).parser, memory)
    expect(guard.parse('BOOM')).toMatchObject({offset: 0, limit: true})
    expect(guard.parse('SELECT 2')).toBeUndefined()
    expect(guard.parse('FORM')).toEqual({offset: 0, message: 'wrong'})
    expect(memory).toEqual(fresh())
  })

  test('is noticed wherever it breaks', () => {
    const memory = fresh()
    const {parser} = fragile(false)
    const read = (): undefined => {
      parser.parse('BOOM')
    }
    const guard = guarded({...parser, read}, memory)
    expect(guard.read('BOOM', () => false)).toBeUndefined()
    expect(memory.isBroken).toBe(true)
    expect(guard.parse('SELECT 2')).toMatchObject({limit: true})
  })

  test('is asked no more when it does not, nor are those that share its memory', () => {
    const memory = fresh()
    const [one, other] = [fragile(false), fragile(true)]
    const guard = guarded(one.parser, memory)
    expect(guard.parse('BOOM')).toMatchObject({limit: true})
    expect(guard.parse('SELECT 2')).toMatchObject({limit: true})
    expect(guarded(other.parser, memory).parse('SELECT 2')).toMatchObject({limit: true})
    expect(one.asked).toEqual(['BOOM', 'SELECT 1'])
    expect(other.asked).toEqual([])
  })

  test('is asked no more when it was stopped in the middle', () => {
    const {parser, asked} = fragile(true)
    const guard = guarded({...parser, read: ever}, fresh())
    expect(guard.parse('FORM')).toEqual({offset: 0, message: 'wrong'})
    expect(within(0.02, () => guard.read('SELECT 1', () => false))).toBeUndefined()
    // What it said before it was stopped isn't asked for again, either.
    expect(guard.parse('FORM')).toMatchObject({limit: true})
    expect(guard.read('SELECT 2', () => false)).toBeUndefined()
    expect(asked).toEqual(['FORM'])
  })
})

test('a library is loaded once, and again when it broke or was stopped', async () => {
  const library = renewable((again, memory) => Promise.resolve({again, ask: asks(memory, () => false)}))
  const [first, same] = await Promise.all([library(), library()])
  expect(same).toBe(first)
  expect(first.ask(() => 'said')).toEqual({made: 'said'})
  expect(await library()).toBe(first)
  expect(within(0.02, () => first.ask(ever))).toBeUndefined()
  const second = await library()
  expect(second.again).toBe(1)
  expect(first.ask(() => 'said')).toBeUndefined()
  expect(
    second.ask(() => {
      throw new Error('broken')
    }),
  ).toBeUndefined()
  expect((await library()).again).toBe(2)
})

test('Prisma, stopped in the middle of a schema, is loaded anew', async () => {
  const model = (name: string): string => `model ${name} {\n  id Int @id\n}\n`
  const wrong = 'model A {\n  id Strin @id\n}\n'
  const first = await loadPrismaParser()
  expect(first(wrong)).toMatchObject([{message: expect.stringContaining('Strin')}])
  const large = Array.from({length: 20_000}, (_, index) => model(`Model${index}`)).join('\n')
  expect(within(0.02, () => first(large))).toBeUndefined()
  expect(first(wrong)).toBeUndefined()
  const second = await loadPrismaParser()
  expect(second(wrong)).toMatchObject([{message: expect.stringContaining('Strin')}])
  expect(await loadPrismaParser()).toBe(second)
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
  const [first, again] = [await import('libpg-query'), await requiredAnew('libpg-query')]
  expect(Object(again)).toMatchObject({parseSync: expect.any(Function)})
  expect(Object(again).parseSync).not.toBe(first.parseSync)
  const second = (await postgres.load(1))('postgresql')
  expect(second.parse('SELECT 1')).toBeUndefined()
  expect(second.parse('SELECT FROM FROM')?.message).toContain('FROM')
})
