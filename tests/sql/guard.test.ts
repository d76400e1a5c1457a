import {describe, expect, test} from 'vitest'
import {guarded} from '../../src/sql/parsers/guard.ts'
import {postgres} from '../../src/sql/parsers/postgres.ts'
import type {Parser} from '../../src/sql/parsers/types.ts'

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

test('PostgreSQL is loaded anew with a memory of its own', async () => {
  const [first, second] = [await postgres.load(0), await postgres.load(1)]
  expect(second).not.toBe(first)
  expect(second('postgresql').parse('SELECT 1')).toBeUndefined()
  expect(second('postgresql').parse('SELECT FROM FROM')?.message).toContain('FROM')
})
