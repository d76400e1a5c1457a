import fc from 'fast-check'
import {expect, test} from 'vitest'
import {countBefore} from '../../src/document/search.ts'

test('as many come before as a walk through all of them counts', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({min: -50, max: 50})), fc.integer({min: -60, max: 60}), (numbers, limit) => {
      const sorted = numbers.toSorted((a, b) => a - b)
      const isBefore = (one: number): boolean => one < limit
      expect(countBefore(sorted, isBefore)).toBe(sorted.filter(isBefore).length)
    }),
  )
})
