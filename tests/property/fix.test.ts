import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {applyFixes, mostPasses} from '../../src/lint/fix.ts'
import type {Finding} from '../../src/lint/types.ts'
import type {Edit} from '../../src/rule/types.ts'
import {builtinTypes} from '../../src/type/builtin.ts'
import {cases} from '../support/cases.ts'
import {added, fixed, idle, toFillIn} from '../support/fixing.ts'
import {findingsOf} from '../support/lint.ts'

/** What documents of other kinds have that those of a type don't: metadata in sections, headings at other levels. */
const foreign = [
  '# ADR-0004: Secrets\n\n## Status\nAccepted - 2026-08-17\n\n## Problem\nKeys in code.\n',
  '# Database Schema\n\n## Tables\n\n### users\n\n| Column | Type |\n|---|---|\n| id | uuid |\n\n## Indexes\n\nNone.\n',
  '# Guide\n\n## Prerequisites\n\nA backup.\n\n## Migration Strategy\n\nOffline.\n\n```sql\nALTER TABLE a ADD COLUMN b int;\n```\n',
  '---\nversion: 1.0\n---\n\n# Notes\n\n### Dependencies\n\nNone.\n\n### Risks\n\nFew.\n',
].flatMap((words) =>
  builtinTypes().map((type) => ({name: `${words.slice(0, 20).split('\n', 1)[0]} as ${type.name}`, text: words, type})),
)

/** A section that was added asks for its parts; those that a foreign document has elsewhere it wants below itself. */
const asked = /^(?:required-sections: Section .+ (?:stands under|is missing)|list-items: Section .+ lacks)/u

test('there are documents with fixes of both kinds', () => {
  const kinds = cases.flatMap(({text, type}) => findingsOf(text, rules, type).map(({fix}) => fix?.safety))
  expect(kinds.filter((kind) => kind === 'safe').length).toBeGreaterThan(10)
  expect(kinds.filter((kind) => kind === 'unsafe').length).toBeGreaterThan(60)
})

describe.for([...cases, ...foreign])('$name', ({name, text, type}) => {
  const isForeign = foreign.some((one) => one.name === name)
  const before = findingsOf(text, rules, type)
  const safe = fixed(text, type, false)
  const all = fixed(text, type, true)

  test('fixing ends, and never comes back to a text', () => {
    for (const {texts} of [safe, all]) {
      expect(texts.length).toBeLessThanOrEqual(mostPasses)
      expect(new Set(texts).size).toBe(texts.length)
    }
  })

  test('fixing twice is fixing once', () => {
    expect(fixed(safe.text, type, false).text).toBe(safe.text)
    expect(fixed(all.text, type, true).text).toBe(all.text)
  })

  test('safe fixes bring no finding', () => expect(added(before, safe.left)).toEqual([]))

  test('unsafe fixes bring none but what is to be filled in', () => {
    expect(added(before, all.left).filter((one) => !toFillIn.test(one) && !(isForeign && asked.test(one)))).toEqual([])
  })

  test('line endings and a byte order mark stay', () => {
    const lf = text.replaceAll('\r\n', '\n').replace(/^\uFEFF/u, '')
    const plain = fixed(lf, type, true).text
    expect(fixed(lf.replaceAll('\n', '\r\n'), type, true).text).toBe(plain.replaceAll('\n', '\r\n'))
    expect(fixed(`\uFEFF${lf}`, type, true).text).toBe(`\uFEFF${plain}`)
  })

  test('an edit says no more than it changes', () => {
    expect(before.flatMap((finding) => idle(finding, text))).toEqual([])
  })
})

const edits = (length: number): fc.Arbitrary<Edit> =>
  fc
    .tuple(fc.nat(length), fc.nat(6), fc.string({maxLength: 3}))
    .map(([start, size, text]) => ({start, end: Math.min(length, start + size), text}))

test('whatever the fixes are, those that are made do not meet, and no other character changes', () => {
  const text = 'The quick brown fox jumps over the lazy dog.'
  const finding = fc.record({
    edits: fc.array(edits(text.length), {minLength: 1, maxLength: 3}),
    safety: fc.constantFrom('safe' as const, 'unsafe' as const),
  })
  const insertion = (own: string): Edit => ({start: text.length, end: text.length, text: own})
  fc.assert(
    fc.property(fc.array(finding, {maxLength: 12}), fc.boolean(), (fixes, unsafe) => {
      const findings = fixes.map((fix) => ({fix: {...fix, title: 'Change'}}))
      const result = applyFixes(text, findings, {unsafe})
      expect(result.fixed.every(({fix}) => unsafe || fix.safety === 'safe')).toBe(true)
      const made = new Map(
        result.fixed.map(({fix}) => [
          JSON.stringify(fix.edits.toSorted((a, b) => a.start - b.start || a.end - b.end)),
          fix.edits,
        ]),
      )
      const flat = [...made.values()].flat().toSorted((a, b) => a.start - b.start || a.end - b.end)
      // From the end to the start, one by one, gives the same text; of two insertions at one place, the first stands first.
      const plain = flat.reduceRight((left, edit) => left.slice(0, edit.start) + edit.text + left.slice(edit.end), text)
      expect(result.text).toBe(plain)
    }),
    {numRuns: 500, examples: [[[{edits: [insertion(' '), insertion('!')], safety: 'safe'}], false]]},
  )
})

test('a fix waits where another one was made, and is made whole or not at all', () => {
  const fix = (...own: readonly (readonly [number, number, string])[]): Pick<Finding, 'fix'> => ({
    fix: {title: 'Change', safety: 'safe', edits: own.map(([start, end, text]) => ({start, end, text}))},
  })
  const one = fix([0, 3, 'A'], [8, 9, '!'])
  const touching = fix([3, 4, '-'])
  const apart = fix([5, 6, 'x'])
  const half = fix([4, 4, ''], [8, 8, '?'])
  const again = fix([0, 3, 'A'], [8, 9, '!'])
  const outside = fix([5, 99, 'x'])
  const crossed = fix([5, 7, 'x'], [6, 7, 'y'])
  const {text, fixed: made} = applyFixes('The fox..', [one, touching, apart, half, again, outside, crossed])
  expect(text).toBe('A fxx.!')
  expect(made).toEqual([one, again, apart])
})
