import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {parseMarkdown} from '../../src/document/markdown.ts'
import {type Parsed, reparse} from '../../src/document/reparse.ts'
import {edited, editOf} from '../support/edits.ts'

const document = `---
status: Draft # a comment
---

# Title

Some *text* with [a link][one] and a note[^n], www.example.org.

## Lists

- item
  # no heading of the document
- [ ] task

  more

> quote

## Code

\`\`\`sql
# no heading
SELECT 1;
\`\`\`

<!-- a comment

## no heading -->

## Tables

| a | b |
| - | - |
| 1 | [two][] |

[one]: ./one.md
[two]: ./two.md 'Title'

## Notes

[^n]: A note.

    ## inside

Setext
---

## Last

text`

/** What opens, closes or breaks something. */
const pieces = [
  'x',
  '\n',
  '\n\n',
  '# ',
  '\n## New\n',
  '```',
  '~~~\n',
  '<!--',
  '-->',
  '<pre>',
  '    ',
  '- ',
  '> ',
  '1. ',
  '|',
  '[one]',
  '[^n]',
  '\n[three]: x\n',
  '[three]',
  '\n[one]: y\n',
  '\n[^m]: z\n',
  '[^m]',
  '---\n',
  '===\n',
  '*',
  '`',
  '\\',
  '\t',
  '\r',
  '\r\n',
  '&amp;',
  '<div>\n',
  '$$',
  'http://a.example',
  '\uFFFD',
  '漢字🎉',
]

const edit = editOf(
  fc.array(fc.constantFrom(...pieces), {maxLength: 2}).map((all) => all.join('')),
  12,
)

const withoutEnd = ({children}: Parsed['tree']): unknown => children

describe('a text that is edited', () => {
  test('has the tree that it has when it is parsed whole', () => {
    fc.assert(
      fc.property(fc.array(edit, {minLength: 1, maxLength: 5}), fc.boolean(), (edits, hasCrlf) => {
        let text = hasCrlf ? document.replaceAll('\n', '\r\n') : document
        let parsed = reparse(undefined, text)
        for (const one of edits) {
          text = edited(text, one)
          const before = JSON.stringify(parsed.tree)
          const next = reparse(parsed, text)
          expect(withoutEnd(next.tree)).toEqual(withoutEnd(parseMarkdown(text)))
          expect(JSON.stringify(parsed.tree)).toBe(before)
          parsed = next
        }
      }),
      {numRuns: 400},
    )
  })

  test('is parsed only where it changed', () => {
    const first = reparse(undefined, document)
    const next = reparse(first, document.replace('quote', 'quotes'))
    const kept = next.tree.children.filter((node) => first.tree.children.includes(node))
    expect(kept.length).toBeGreaterThan(2)
    expect(next.tree.position).toEqual(parseMarkdown(next.text).position)
  })
})
