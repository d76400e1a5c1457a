import {expect, test} from 'vitest'
import {createSource} from '../../src/document/source.ts'
import {fingerprintsOf} from '../../src/lint/fingerprint.ts'

const found = (start: number): Parameters<typeof fingerprintsOf>[1][number] => ({
  ruleId: 'some-rule',
  reason: 'No',
  start,
  end: start + 1,
})
const names = (text: string, starts: readonly number[]): readonly string[] =>
  fingerprintsOf('a.md', starts.map(found), createSource(text))

test.for([
  ['of a short line', 20],
  ['of a line of more than ten thousand characters', 20_000],
] as const)('a fingerprint %s stays when the line moves, and goes when it changes', ([, length]) => {
  const line = 'x'.repeat(length)
  const [first, second] = names(`${line}\n`, [1, 5])
  expect(first).toMatch(/^[0-9a-f]{32}$/u)
  expect(second).not.toBe(first)
  expect(names(`Above.\n\n${line}\n`, [9, 13])).toEqual([first, second])
  expect(names(`${line}y\n`, [1])).not.toEqual([first])
})

test('thousands of findings on one line of a million characters take no more than their number', () => {
  const line = 'word '.repeat(200_000)
  const all = names(
    line,
    Array.from({length: 5000}, (_, at) => at * 100),
  )
  expect(new Set(all).size).toBe(5000)
})
