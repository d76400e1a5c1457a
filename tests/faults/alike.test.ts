import {expect, test} from 'vitest'
import {type RunOptions, runOptions} from '../../src/run/options.ts'
import {lintPaths} from '../../src/run/run.ts'
import {clean, numbered, place} from '../support/place.ts'

const drafted = clean.replace(/^status: .*$/mu, 'status: draft')
const files = {
  'a.md': clean.replace('## 4. Configuration', 'See [it](c.md#no-such).\n\n## 4. Configuration'),
  'b.md': drafted,
  'c.md': numbered(drafted, 13),
  'deep.md': '> '.repeat(2000),
  'bytes.md': Buffer.from([0x23, 0x20, 0xff]),
  'letter.md': '# Dear all\n',
  'spec-lint.yaml': 'types: {prd: {files: ["*.md", "!letter.md"]}}\n',
}

const ways: readonly (readonly [string, readonly string[], Partial<RunOptions>])[] = [
  ['another order', ['letter.md', 'deep.md', 'c.md', 'bytes.md', 'b.md', 'a.md'], {}],
  ['each named twice', ['.', 'b.md', '*.md'], {}],
  ['one thread', ['.'], {concurrency: 1}],
  ['three threads', ['.'], {concurrency: 3}],
  ['a cache', ['.'], {cache: 'kept'}],
  ['a warm cache', ['.'], {cache: 'kept'}],
  ['a warm cache and threads', ['.'], {cache: 'kept', concurrency: 2}],
]

test('order, threads and cache make no difference', {timeout: 120_000}, async () => {
  const cwd = place(files)
  const lint = async (paths: readonly string[], options: Partial<RunOptions>): Promise<unknown> =>
    JSON.parse(JSON.stringify(await lintPaths(paths, runOptions({cwd, ...options}))))
  const expected = await lint(['.'], {})
  expect(expected).toMatchObject({errors: [{code: 'not-utf8'}, {code: 'too-deep'}]})
  for (const [name, paths, options] of ways) expect(await lint(paths, options), name).toEqual(expected)
})
