import {describe, expect, test} from 'vitest'
import {remembered} from '../../src/document/remembered.ts'

describe('a function that remembers', () => {
  test('is asked once for a text and a kind', () => {
    const asked: string[] = []
    const make = remembered((text, kind) => {
      asked.push(`${kind} ${text}`)
      return {text, kind}
    })
    const first = make('a text of some length', 'one')
    expect(make(['a text', 'of some length'].join(' '), 'one')).toBe(first)
    expect(make('a text of some length', 'two')).toEqual({text: 'a text of some length', kind: 'two'})
    expect(make('a text of some length')).toEqual({text: 'a text of some length', kind: ''})
    expect(asked).toEqual(['one a text of some length', 'two a text of some length', ' a text of some length'])
  })

  test('remembers that there is nothing', () => {
    let asked = 0
    const make = remembered((): undefined => {
      asked += 1
    })
    expect([make('a'), make('a')]).toEqual([undefined, undefined])
    expect(asked).toBe(1)
  })

  test('does not remember what failed', () => {
    let asked = 0
    const make = remembered(() => {
      asked += 1
      if (asked === 1) throw new Error('once')
      return asked
    })
    expect(() => make('a')).toThrow('once')
    expect(make('a')).toBe(2)
  })

  test('forgets what was not asked for of late', () => {
    const asked: string[] = []
    const make = remembered((text) => {
      asked.push(text.slice(0, 2))
      return text.length
    })
    const long = (name: string): string => name.padEnd(150_000, '.')
    for (let round = 0; round < 4; round += 1) {
      make('kept')
      make(long(`a${round}`))
      make(long(`b${round}`))
    }
    make('kept')
    make(long('a0'))
    expect(asked.filter((text) => text === 'ke')).toHaveLength(1)
    expect(asked.filter((text) => text === 'a0')).toHaveLength(2)
  })
})
