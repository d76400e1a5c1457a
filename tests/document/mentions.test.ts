import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'

const mentions = (text: string): readonly string[] =>
  readDocument(text).mentions.map(({id, through}) => (through === undefined ? id : `${id}…${through}`))

describe('mentions of identifiers', () => {
  test.for([
    ['FR-1 and **UC-2**, see [FR-3](x.md).', ['FR-1', 'UC-2', 'FR-3']],
    ['FR-1 through FR-7', ['FR-1…FR-7', 'FR-7']],
    ['**FR-1** to **FR-3**', ['FR-1…FR-3', 'FR-3']],
    ['FR-1–FR-3 or FR-5..FR-6', ['FR-1…FR-3', 'FR-3', 'FR-5…FR-6', 'FR-6']],
    ['FR-1 through FR-N', ['FR-1…last']],
    ['FR-1 through 7', ['FR-1…FR-7']],
    ['FR-1 to 5 users', ['FR-1']],
    ['FR-1/FR-2 and FR-3/4/5', ['FR-1', 'FR-2', 'FR-3', 'FR-4', 'FR-5']],
    ['`FR-1` and UTF-8, ISO-8601, docs/FR-2, X-FR-3', []],
    ['```\nFR-1\n```', []],
    ['| FR-1 | UC-2 |\n| - | - |\n| FR-3 | - |', ['FR-1', 'UC-2', 'FR-3']],
    ['# FR3.1 – Search\n\nas FR3.2 says', ['FR3.1', 'FR3.2']],
  ] as const)('%s', ([text, expected]) => expect(mentions(text)).toEqual(expected))

  test('each stands where it is said to', () => {
    const text = '\uFEFFSee **FR-1** through FR-12, then FR-3/4.'
    const found = readDocument(text).mentions
    expect(found.map(({start, end}) => text.slice(start, end))).toEqual(['FR-1', 'FR-12', 'FR-3', '4'])
  })
})
