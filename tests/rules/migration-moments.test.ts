import {expect, test} from 'vitest'
import {lintText} from '../../src/index.ts'

test.each([
  ['`20260431030000_seat_holds`', ['20260431030000_seat_holds']],
  ['`db/20260431030000_seat_holds.sql`', []],
  ['`20260430030000_seat_holds`', []],
  ['20260431030000_seat_holds', []],
  ['`git log 20260431030000`', []],
])('a type without a form of names asks for a moment that exists: %s', async (written, expected) => {
  const text = `# Seats\n\nApplied as ${written}.\n`
  const result = await lintText(text, {type: 'prd-iosm'})
  const found = result.kind === 'linted' ? result.findings.filter((one) => one.ruleId === 'migration-name-format') : []
  expect(found.map(({start, end}) => text.slice(start, end))).toEqual(expected)
})
