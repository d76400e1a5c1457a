import fc from 'fast-check'
import {expect, test} from 'vitest'
import {show, showAll} from '../../src/report/show.ts'
import {widthOf} from '../../src/report/width.ts'
import {version} from '../../src/lint/links.ts'
import {fill} from '../../src/lint/message.ts'
import packageJson from '../../package.json' with {type: 'json'}

const active = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/u

test.for([
  '\u001B[31mred',
  '\u001B]8;;https://x\u0007link',
  '\u009B31m',
  '\u0090q',
  'a\rb',
  'a\nb',
  'a\bb',
  '\u0007',
  '\u0000',
  '\u007F',
  '\u202Egnp.exe',
  '\u2066x\u2069',
  '\u200Bx',
  '\u2028x',
  '\uFEFFx',
  '\uD800',
  '\u{E0041}',
  '::error::x\n::warning::y',
])('%j is inert', (payload) => {
  expect(show(`a${payload}b`)).not.toMatch(active)
  expect(show(`a${payload}b`)).toMatch(/^a.*b$/u)
})

test('what people write stays', () => expect(show('Größe 漢字 🚲 «é» → a\tb')).toBe('Größe 漢字 🚲 «é» → a b'))
test('a long text is cut', () => expect(show('x'.repeat(1000))).toHaveLength(401))

test('any text is inert', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary', maxLength: 50}), (text) => {
      expect(showAll(text)).not.toMatch(active)
    }),
  )
})

test.for([
  ['abc', 3],
  ['漢字', 4],
  ['🚲', 2],
  ['é', 1],
  ['👩‍💻', 2],
  ['', 0],
] as const)('%s takes %i columns', ([text, width]) => expect(widthOf(text)).toBe(width))

test('no value ends the quotation of a message', () => {
  expect(fill('`{a}` is {b}', {a: 'x` `y\n z', b: 'two\nlines'})).toBe("`x' 'y z` is two lines")
  expect(fill('`{a}`', {a: 'x'.repeat(100)})).toBe(`\`${'x'.repeat(60)}…\``)
  expect(fill('`{a}`', {a: 'x'.repeat(200)}, 160)).toBe(`\`${'x'.repeat(160)}…\``)
  expect(fill('{missing}', {})).toBe('{missing}')
})

test('two long values are cut where they differ', () => {
  const found = 'Will the use of this feature by anybody result in new calls to each cloud provider?'
  const section = 'Will the use of this feature by anybody result in new calls to the cloud provider?'
  expect(fill('`{found}` looks like `{section}`', {found, section})).toBe(
    '`… result in new calls to each cloud provider?` looks like `… result in new calls to the cloud provider?`',
  )
})

test('the version is that of the package', () => expect(version).toBe(packageJson.version))
