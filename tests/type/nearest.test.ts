import {expect, test} from 'vitest'
import {isSlip} from '../../src/type/nearest.ts'

test.for([
  ['motivatoin', 'motivation', true],
  ['mtivation', 'motivation', true],
  ['otivation', 'motivation', true],
  ['omtivation', 'motivation', true],
  ['activation', 'motivation', false],
  ['implementations', 'implementation', true],
  ['implementation prs', 'implementation plan', false],
  ['implementation paln', 'implementation plan', true],
  ['previous decision', 'previous revision', false],
  ['backwards compatability', 'backward compatibility', true],
  ['testing, security and privacy', 'testing, security, and privacy', true],
  ['non-functional requirements', 'functional requirements', false],
  ['nno-functional requirements', 'non-functional requirements', true],
  ['customres', 'customers', true],
  ['cutsomer_id', 'customer_id', true],
] as const)('%s is a slip of %s: %s', ([written, meant, expected]) => {
  expect(isSlip(written, meant)).toBe(expected)
  expect(isSlip(meant, written)).toBe(expected)
})
