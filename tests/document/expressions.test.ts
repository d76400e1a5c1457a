import fc from 'fast-check'
import {expect, test} from 'vitest'
import {expression} from '../../src/document/expressions.ts'

const letter = expression('u')`^\p{L}$`
const number = expression('u')`^[\p{N}]$`

test('a letter of Unicode is one, and nothing that separates words is', () => {
  const wrong: string[] = []
  for (let code = 0; code < 0x32_3b0; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue
    const text = String.fromCodePoint(code)
    const isLetter = /^\p{L}$/u.test(text)
    if (isLetter && !letter.test(text)) wrong.push(text)
    if (/^[\p{Zs}\p{P}\p{Emoji_Presentation}\p{Cc}]$/u.test(text) && code < 0x590 && letter.test(text)) wrong.push(text)
    if (/^[\p{Z}\p{Cc}\p{Pd}\p{Ps}\p{Pe}]$/u.test(text) && code >= 0x2000 && code < 0x1_0000 && letter.test(text))
      wrong.push(text)
    if (code < 0x300 && isLetter !== letter.test(text) && !/\p{M}/u.test(text)) wrong.push(text)
    if (code < 0x300 && /^\p{N}$/u.test(text) !== number.test(text)) wrong.push(text)
  }
  expect(wrong.map((text) => text.codePointAt(0)?.toString(16))).toEqual([])
})

test.each([
  ['a keyword', expression('diu')`^create\s+(table)$`, /^create\s+(table)$/diu, 'CREATE  Table'],
  ['classes', expression('iu')`^[a-c]x[^e-g_\]]\x41$`, /^[a-c]x[^e-g_\]]\x41$/iu, 'BxhA'],
  ['groups', expression('iu')`^(?<name>ab)(?:c)(?=d)d(?<!e)$`, /^(?<name>ab)(?:c)(?=d)d(?<!e)$/iu, 'ABCD'],
  ['hyphens', expression('iu')`^on-line b-?tree$`, /^on-line b-?tree$/iu, 'ON-line B-tree'],
  ['escapes', expression('iu')`^\bselect\s\w+\b\.\d\u0041$`, /^\bselect\s\w+\b\.\d\u0041$/iu, 'SELECT abc.1A'],
])('%s match in any case as with the flag', (_, cheap, plain, sample) => {
  expect(cheap.flags).toBe(plain.flags.replace('i', ''))
  expect([cheap.test(sample), plain.test(sample)]).toEqual([true, true])
  const words = [
    'create',
    'TABLE',
    ' ',
    'a',
    'B',
    'x',
    'Z',
    'A',
    '_',
    ']',
    'ab',
    'CD',
    'd',
    'e',
    'select',
    'q1',
    '.',
    '7',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), {maxLength: 7}), (parts) => {
      const text = parts.join('')
      expect(cheap.exec(text)?.slice()).toEqual(plain.exec(text)?.slice())
    }),
    {numRuns: 500},
  )
})
