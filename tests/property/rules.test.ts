import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import type {Finding} from '../../src/lint/types.ts'
import {cases} from '../support/cases.ts'
import {findingsAlone, findingsOf} from '../support/lint.ts'

/** What must not change when only the bytes of line endings do. */
function essence(text: string, findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => {
    const line = text.slice(0, finding.start).split(/\r\n|\n/u).length
    return `${line} ${finding.ruleId} ${finding.severity} ${finding.reason} | ${finding.actual.replaceAll('\r\n', '\n')}`
  })
}

test('there are documents', () => expect(cases.length).toBeGreaterThan(60))

describe.for(cases)('$name', ({text, type}) => {
  const found = findingsOf(text, rules, type)

  test('every range is inside the text, and is the text that the finding quotes', () => {
    for (const {start, end, actual, ruleId} of found) {
      expect(start, ruleId).toBeLessThanOrEqual(end)
      expect(end, ruleId).toBeLessThanOrEqual(text.length)
      expect(text.slice(start, end)).toBe(actual)
    }
  })

  test('no rule fails', () => expect(found.filter(({ruleId}) => ruleId === 'internal-error')).toEqual([]))

  test('no two findings say the same of the same place', () => {
    const keys = found.map(({start, end, ruleId, reason}) => `${start}-${end} ${ruleId} ${reason}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('twice gives the same', () => expect(findingsOf(text, rules, type)).toEqual(found))

  test('alone gives the same as together', () => {
    const others = rules.filter(({category}) => category !== 'suppressions')
    const alone = findingsAlone(text, others, type)
    expect(essence(text, alone).toSorted()).toEqual(essence(text, findingsOf(text, others, type)).toSorted())
  })

  test('line endings make no difference', () => {
    const lf = text.replaceAll('\r\n', '\n')
    const crlf = lf.replaceAll('\n', '\r\n')
    expect(essence(crlf, findingsOf(crlf, rules, type))).toEqual(essence(lf, findingsOf(lf, rules, type)))
  })

  test('a byte order mark makes no difference but one of offset', () => {
    const plain = text.replace(/^\uFEFF/u, '')
    const marked = findingsOf(`\uFEFF${plain}`, rules, type)
    const expected = findingsOf(plain, rules, type)
    expect(marked.map(({start, end, ruleId}) => [Math.max(0, start - 1), Math.max(0, end - 1), ruleId])).toEqual(
      expected.map(({start, end, ruleId}) => [start, end, ruleId]),
    )
  })

  test('a fix lies in the text and does not overlap itself', () => {
    for (const {fix} of found) {
      const edits = fix?.edits.toSorted((a, b) => a.start - b.start) ?? []
      for (const [index, edit] of edits.entries()) {
        expect(edit.end).toBeLessThanOrEqual(text.length)
        expect(edit.start).toBeGreaterThanOrEqual(edits[index - 1]?.end ?? 0)
      }
    }
  })
})

test('a document cut anywhere never makes a rule fail', () => {
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.double({min: 0, max: 1, noNaN: true}), ({text, type}, share) => {
      const cut = text.slice(0, Math.floor(text.length * share))
      const found = findingsOf(cut, rules, type)
      expect(found.filter(({ruleId}) => ruleId === 'internal-error')).toEqual([])
      for (const {start, end, actual} of found) expect(cut.slice(start, end)).toBe(actual)
    }),
    {numRuns: 150},
  )
})
