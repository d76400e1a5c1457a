import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {localUrl} from '../../src/document/url.ts'

describe('where an address stands', () => {
  test.for([
    ['[a](b.md)', 'b.md'],
    ['[a](<b c.md> "t")', 'b c.md'],
    ['[a [b]](c.md#x)', 'c.md#x'],
    ['[`](x)`](b.md)', 'b.md'],
    [String.raw`[a](b\_c.md)`, String.raw`b\_c.md`],
    ['![alt](img/a.png "title (x)")', 'img/a.png'],
    ['[![a](b.png)](c.md)', 'c.md'],
    ['[a]\n\n[a]: <d e.md> "t"', 'd e.md'],
    ['<https://example.com>', '<https://example.com>'],
  ] as const)('%s', ([text, expected]) => {
    const document = readDocument(text)
    const [link] = [...document.links, ...document.definitions]
    const urlSpan = link?.urlSpan
    expect(urlSpan && text.slice(urlSpan.start, urlSpan.end)).toBe(expected)
  })

  test('it is inside of its link, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.string({unit: fc.constantFrom('[', ']', '(', ')', '!', '<', '>', 'a', ' ', '\\', '`', ':', '\n', '#')}),
        (text) => {
          for (const {start, end, urlSpan} of [...readDocument(text).links, ...readDocument(text).definitions]) {
            expect(urlSpan.start).toBeGreaterThanOrEqual(start)
            expect(urlSpan.end).toBeLessThanOrEqual(end)
            expect(urlSpan.start).toBeLessThanOrEqual(urlSpan.end)
          }
        },
      ),
    )
  })
})

describe('what an address leads to', () => {
  test.for([
    ['a.md', {path: 'a.md', fragment: undefined}],
    ['#a-b', {path: '', fragment: 'a-b'}],
    ['a%20b.md?plain=1#c%C3%A9', {path: 'a b.md', fragment: 'cé'}],
    ['50%.md', {path: '50%.md', fragment: undefined}],
    ['https://example.com/a.md', undefined],
    ['mailto:a@example.com', undefined],
    ['//example.com', undefined],
    ['{{LINK}}', undefined],
    ['path/to/...', undefined],
    ['', undefined],
  ] as const)('%s', ([url, expected]) => expect(localUrl(url)).toEqual(expected))
})

test('anchors are as GitHub makes them', () => {
  const text = [
    '# One: `code` & *more*!',
    '## Émigré 🚲 ride',
    '## Same',
    '## Same',
    '### Same',
    '## Named {#own-name}',
    '<a id="mark"></a> and <span name=other>x</span>',
    '## 3.2 Database Schema',
  ].join('\n\n')
  expect([...readDocument(text).anchors].toSorted()).toEqual(
    [
      '32-database-schema',
      'mark',
      'named',
      'named-own-name',
      'one-code--more',
      'other',
      'own-name',
      'same',
      'same-1',
      'same-2',
      'top',
      'émigré--ride',
    ].toSorted(),
  )
})
