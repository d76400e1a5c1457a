import {describe, expect, onTestFinished, test} from 'vitest'
import {listPaths} from '../../src/run/list.ts'
import {type RunOptions, runOptions} from '../../src/run/options.ts'
import {lintPaths} from '../../src/run/run.ts'
import {builtinType} from '../support/lint.ts'
import {clean, numbered, place} from '../support/place.ts'
import {repository} from '../support/repository.ts'

const files = {
  'a.md': clean,
  'b.md': '# A letter\n\nDear reader.\n',
  'docs/c.md': numbered(clean, 13),
  'docs/d.md': '# Notes\n\nNothing.\n',
  'docs/e.md': '<!-- spec-lint type prd -->\n\n# Notes\n',
  'docs/f.md': '<!-- spec-lint type nothing -->\n\n# Notes\n',
  'docs/g.md': Buffer.from([0xff, 0xfe, 0x41, 0x00]),
  'docs/legacy/h.md': numbered(clean, 14),
}
const configuration = 'types: {prd: {files: ["docs/**"]}}\nignore: [docs/legacy]\n'

/** What is listed, which is what would be linted. */
async function listed(paths: readonly string[], options: RunOptions): Promise<readonly string[]> {
  const names = listPaths(paths, options)
  const linted = await lintPaths(paths, {...options, only: ['no-mojibake']})
  expect(names).toEqual(linted.files.map(({path}) => path))
  return names
}

describe('--list-files', () => {
  test('documents by what stands in them', async () => {
    const cwd = place(files)
    expect(await listed([], runOptions({cwd}))).toEqual(['a.md', 'docs/c.md', 'docs/e.md', 'docs/legacy/h.md'])
    expect(await listed(['docs'], runOptions({cwd, ignorePatterns: ['**/e.md']}))).toEqual([
      'docs/c.md',
      'docs/legacy/h.md',
    ])
    expect(await listed(['b.md'], runOptions({cwd, type: builtinType('prd')}))).toEqual(['b.md'])
  })

  test('documents by a configuration', async () => {
    const cwd = place({...files, 'spec-lint.yaml': configuration})
    const all = ['docs/c.md', 'docs/d.md', 'docs/e.md', 'docs/f.md']
    expect(await listed([], runOptions({cwd}))).toEqual(all)
    const parts = [1, 2].map((index) => listPaths([], runOptions({cwd, shard: {index, count: 2}})))
    expect(parts.flat().toSorted()).toEqual(all)
  })

  test('documents of a change, and those that depend on it', async () => {
    const repo = repository({
      'a.md': clean,
      'b.md': numbered(clean, 13).replace('## 4. ', 'See [that](a.md).\n\n## 4. '),
      'c.md': '<!-- spec-lint type prd -->\n\n# Notes\n',
    })
    onTestFinished(repo.remove)
    repo.write({'a.md': clean.replace('## 4. ', 'More words.\n\n## 4. '), 'd.md': numbered(clean, 15)})
    const changes = {base: 'main', staged: false, report: 'changed-files'} as const
    expect(await listed([], runOptions({cwd: repo.path, changes}))).toEqual(['a.md', 'b.md', 'd.md'])
    expect(await listed([], runOptions({cwd: repo.path, changes: {...changes, staged: true}}))).toEqual([])
  })
})
