import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import type {Edit} from '../../src/rule/types.ts'
import {findingsOf, typeOf} from '../support/lint.ts'

const root = join(import.meta.dirname, '../../fixtures/rules')
const structure = rules.filter(
  ({id, category}) =>
    category === 'structure' && !['no-mojibake', 'no-placeholder', 'no-template-guidance'].includes(id),
)

const cases = structure.flatMap(({id}) => {
  const folder = join(root, id)
  const type = typeOf(folder)
  return readdirSync(folder)
    .filter((name) => name.startsWith('bad-') && name.endsWith('.md'))
    .map((name) => ({name: `${id}/${name}`, text: readFileSync(join(folder, name), 'utf8'), type}))
})

function applied(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((left, {start, end, text: own}) => left.slice(0, start) + own + left.slice(end), text)
}

test('there are documents', () => expect(cases.length).toBeGreaterThan(40))

describe.for(cases)('$name', ({text, type}) => {
  const found = findingsOf(text, structure, type)
  const before = found.map(key)

  test('a reason stays on a line', () => {
    for (const {reason} of found) expect(reason.length).toBeLessThanOrEqual(120)
  })

  test.for(found.filter(({fix}) => fix))('the fix for "$reason" takes it away and brings no other', (finding) => {
    const after = findingsOf(applied(text, finding.fix?.edits ?? []), structure, type).map(key)
    expect(countOf(after, key(finding))).toBe(countOf(before, key(finding)) - 1)
    // What was added is to be filled in, and that is said next.
    const next = new Set(finding.ruleId.startsWith('required-') ? ['empty-section', 'field-value'] : [])
    const added = after.filter((one) => !before.includes(one) && !next.has(one.replace(/:.*$/u, '')))
    expect(added).toEqual([])
  })

  test.for(found.filter(({expected}) => expected.length > 0))('what "$reason" expects takes it away', (finding) => {
    const {start, end, expected} = finding
    for (const replacement of expected) {
      const after = findingsOf(applied(text, [{start, end, text: replacement}]), structure, type).map(key)
      expect(countOf(after, key(finding))).toBe(countOf(before, key(finding)) - 1)
    }
  })
})

function countOf(keys: readonly string[], wanted: string): number {
  return keys.filter((one) => one === wanted).length
}

function key({ruleId, reason}: {readonly ruleId: string; readonly reason: string}): string {
  return `${ruleId}: ${reason}`
}
