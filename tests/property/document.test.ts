import fc from 'fast-check'
import {expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import type {Span, SpecDocument} from '../../src/document/types.ts'
import {factsOf} from '../../src/sql/facts.ts'
import {schemaChangesOf} from '../../src/sql/changes.ts'
import {bind} from '../../src/type/bind.ts'
import {builtinTypes} from '../../src/type/builtin.ts'

const pieces = [
  '# ',
  '## 1. ',
  '### ',
  '- ',
  '1. ',
  '- [ ] ',
  '> ',
  '| a | b |\n| - | - |\n| c |',
  '```sql\n',
  '```\n',
  '**Status**: ',
  '**FR-1: x**',
  '**FR-2**',
  '[FR-3](x)',
  '`FR-4`',
  '[a]: b',
  '[X]',
  '{{Y}}',
  '---\n',
  'status: Draft\n',
  '<!-- ',
  ' -->',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  ' ',
  'Purpose',
  'Database Migration',
  'CREATE TABLE t (',
  ';',
  "'",
  '$$',
  '🚲',
  '漢',
  '\uFEFF',
  '*',
  '_',
  '`',
  '\\',
  '|',
  'é',
  ':',
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({maxLength: 5})), {maxLength: 40})
  .map((parts) => parts.join(''))

function spans({
  headings,
  sections,
  metadata,
  placeholders,
  definitions,
  comments,
  links,
  prose,
  tables,
  lists,
  codes,
  items,
}: SpecDocument): readonly Span[] {
  return [
    ...headings,
    ...headings.map(({title}) => title),
    ...sections,
    ...sections.map(({body}) => body),
    ...sections.flatMap(({fields}) => fields.flatMap(({label, value}) => [label, value])),
    ...metadata.entries.flatMap(({key, valueSpan}) => [key, valueSpan]),
    ...metadata.problems,
    ...placeholders,
    ...definitions,
    ...comments,
    ...links,
    ...prose,
    ...items,
    ...tables.flatMap(({rows, header}) => [...header, ...rows.flatMap(({cells}) => cells)]),
    ...lists.flatMap((list) => list.items.flatMap(({textSpan, checkbox}) => [textSpan, checkbox ?? textSpan])),
    ...codes.flatMap(({content, languageSpan}) => [content, languageSpan]),
  ]
}

test('any text is read, and every range lies inside of it', () => {
  fc.assert(
    fc.property(text, (value) => {
      const document = readDocument(value)
      for (const {start, end} of spans(document)) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThanOrEqual(start)
        expect(end).toBeLessThanOrEqual(value.length)
      }
      for (const {text: token, start, end} of document.placeholders)
        expect(value.slice(start, end).length).toBe(token.length)
    }),
    {numRuns: 2000},
  )
})

test('the range of an identifier holds the identifier', () => {
  expect.hasAssertions()
  fc.assert(
    fc.property(text, (value) => {
      for (const {id, idSpan} of readDocument(value).items) {
        const written = value.slice(idSpan.start, idSpan.end)
        expect(/[\\&*_~<`[\]]/u.test(written) ? id : written).toBe(id)
      }
    }),
    {numRuns: 1000},
  )
})

test('any text is bound to any type', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(...builtinTypes()), (value, type) => {
      const document = readDocument(value)
      const bound = bind(document, type, factsOf(schemaChangesOf(document)))
      for (const {gap} of bound.sections) expect(gap.offset).toBeLessThanOrEqual(value.length)
    }),
    {numRuns: 500},
  )
})
