import {readFileSync} from 'node:fs'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {type Parsed, reparse} from '../../src/document/reparse.ts'
import type {SpecDocument} from '../../src/document/types.ts'
import {edited, editOf} from '../support/edits.ts'

const texts = ['prd', 'data-migration', 'database-schema', 'data-model-design'].map((type) =>
  readFileSync(`fixtures/types/${type}/clean.md`, 'utf8'),
)

const written = [
  'x',
  '\n',
  '\n\n## FR-9: More\n\n',
  '\n```sql\n',
  '\n```\n',
  '- **Owner**: [Name]\n  - inner: `US-1` to US-4\n',
  '| a | b |\n|--|--|\n| FR-1 | [two][one] |\n',
  '> quoted FR-2 **Note:** with a value that is longer than a few words\n',
  '\n[one]: ./one.md\n',
  '<!-- spec-lint ignore no-placeholder -->\n',
  '**FR-3: A title**\n\n- Actor: somebody\n',
  '---\n',
  '',
]

const edit = editOf(fc.constantFrom(...written), 40)

/** All that is read, the parents of sections by their titles, and where each character of code stands. */
function told(document: SpecDocument): unknown {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) => {
      if (key === 'parent') return (value as SpecDocument['root'] | undefined)?.heading?.text
      return value instanceof Set || value instanceof Map ? [...(value as Set<unknown>)] : value
    }),
  )
}

function places({codes}: SpecDocument): readonly (readonly number[])[] {
  return codes.map((one) => Array.from({length: one.value.length + 1}, (_, index) => one.offsetAt(index)))
}

const read = (text: string, {tree}: Parsed): SpecDocument => readDocument(text, {tree})

describe('a document that is edited', () => {
  test('reads as one that is read for the first time', {timeout: 60_000}, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(edit, {minLength: 1, maxLength: 6}),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.boolean(), {minLength: 6, maxLength: 6}),
        (clean, edits, eol, marks) => {
          let text = clean.replaceAll('\n', eol)
          let parsed = reparse(undefined, text)
          read(text, parsed)
          for (const [index, one] of edits.entries()) {
            text = edited(text, {...one, text: one.text.replaceAll('\n', eol)})
            parsed = reparse(parsed, text)
            // A byte order mark comes and goes: what stands behind it moves.
            const whole = (marks[index] === true ? '\uFEFF' : '') + text
            const known = read(whole, parsed)
            const fresh = readDocument(whole)
            expect(told(known)).toEqual(told(fresh))
            expect(places(known)).toEqual(places(fresh))
          }
        },
      ),
      {numRuns: 40},
    )
  })

  test('keeps what was read in front of the edit, and moves what stands behind it', () => {
    const text = '# One\n\n- a item\n\n## Two\n\nwords\n\n## Three\n\n```sql\nSELECT 1;\n```\n'
    const first = reparse(undefined, text)
    const before = read(text, first)
    const next = text.replace('words', 'more words')
    const after = read(next, reparse(first, next))
    expect(after.lists[0]).toBe(before.lists[0])
    const [code] = after.codes
    expect(code?.value).toBe('SELECT 1;')
    expect(code?.offsetAt(0)).toBe(next.indexOf('SELECT'))
    expect(before.codes[0]?.offsetAt(0)).toBe(text.indexOf('SELECT'))
  })
})
