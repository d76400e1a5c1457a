import {existsSync, renameSync, unlinkSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {fixPaths} from '../../src/run/fix.ts'
import {type ChangeOptions, type RunOptions, runOptions} from '../../src/run/options.ts'
import {lintPaths} from '../../src/run/run.ts'
import type {RunResult} from '../../src/run/types.ts'
import {clean, numbered, read} from '../support/place.ts'
import {repository, type Repository} from '../support/repository.ts'

const misnumbered = (text: string): string => text.replace('## 4. Configuration', '## 9. Configuration')
const draft = (text: string): string => text.replace(/^status: .*$/mu, 'status: draft')
const parked = (text: string): string => text.replace(/^status: .*$/mu, 'status: Parked')
const linking = (text: string, to: string): string =>
  text.replace('## 4. Configuration', `See [that one](${to}).\n\n## 4. Configuration`)

function open(files: Readonly<Record<string, string>>): Repository {
  const made = repository(files)
  onTestFinished(made.remove)
  return made
}

function staged({path}: Repository, report: ChangeOptions['report'] = 'changed-files'): RunOptions {
  return runOptions({
    cwd: path,
    skip: ['stale-date', 'status-transition'],
    changes: {base: undefined, staged: true, report},
  })
}

const seen = ({files}: RunResult): readonly string[] =>
  files.flatMap(({path, result}) => result.findings.map(({ruleId}) => `${path} ${ruleId}`))

test('what is staged is linted, whatever the file says by now', async () => {
  const repo = open({'a.md': clean, 'b.md': numbered(clean, 13), 'c.md': numbered(clean, 14)})
  repo.write({'a.md': misnumbered(clean), 'b.md': numbered(clean, 13).replace('Configuration', 'Setup')})
  repo.git('add', '.')
  // One is repaired, one is spoiled, neither of it staged.
  repo.write({'a.md': clean, 'b.md': parked(numbered(clean, 13))})
  const result = await lintPaths(['.'], staged(repo))
  expect(seen(result)).toContain('a.md section-numbering')
  expect(seen(result)).not.toContain('b.md status-enum')
  expect(result.files.find(({path}) => path === 'a.md')?.text).toBe(misnumbered(clean))
})

test('the others, too, are those of the commit: deleted, renamed and new files', async () => {
  const repo = open({'a.md': clean, 'b.md': numbered(clean, 13), '.gitignore': 'made/\n'})
  repo.write({'b.md': linking(linking(numbered(clean, 13), 'a.md'), 'new.md'), 'made/c.md': numbered(clean, 15)})
  repo.write({'d.md': linking(numbered(clean, 14), 'made/c.md'), 'new.md': numbered(clean, 16)})
  repo.git('add', 'b.md', 'd.md')
  // Not staged: `a.md` is gone, `new.md` is there, and takes the number of no one.
  unlinkSync(join(repo.path, 'a.md'))
  const result = await lintPaths(['.'], staged(repo))
  expect(seen(result)).toEqual(['b.md link-target'])
  expect(result.files.flatMap(({result: {findings}}) => findings.map(({reason}) => reason)).join()).toContain('new.md')
})

test('a document that was staged and moved away since, by folder, by name and by pattern', async () => {
  const repo = open({'a.md': clean})
  repo.write({'docs/b.md': misnumbered(numbered(clean, 13))})
  repo.git('add', '.')
  renameSync(join(repo.path, 'docs/b.md'), join(repo.path, 'c.md'))
  for (const paths of [['.'], ['docs'], ['docs/b.md'], ['docs/*.md']])
    expect(seen(await lintPaths(paths, staged(repo)))).toEqual(['docs/b.md section-numbering'])
})

test('a file in conflict is an error, the others are linted', async () => {
  const repo = open({'a.md': clean, 'b.md': numbered(clean, 13)})
  repo.git('checkout', '-q', '-b', 'topic')
  repo.write({'a.md': parked(clean)})
  repo.commit()
  repo.git('checkout', '-q', 'main')
  repo.write({'a.md': draft(clean)})
  repo.commit()
  expect(() => repo.git('merge', '-q', 'topic')).toThrow('merge')
  repo.write({'b.md': misnumbered(numbered(clean, 13))})
  repo.git('add', 'b.md')
  const result = await lintPaths(['.'], staged(repo))
  expect(result.errors).toMatchObject([{path: 'a.md', code: 'unreadable'}])
  expect(seen(result)).toEqual(['b.md section-numbering'])
})

test('fixes touch files that are as they are staged; the others are named', async () => {
  const repo = open({'a.md': clean, 'b.md': numbered(clean, 13)})
  repo.write({'a.md': draft(clean), 'b.md': draft(numbered(clean, 13))})
  repo.git('add', '.')
  const later = `${draft(numbered(clean, 13))}\nNot staged.\n`
  repo.write({'b.md': later})
  const result = await fixPaths(['.'], staged(repo), {unsafe: false, write: true})
  expect(read(repo.path, 'a.md')).toBe(clean.replace(/^status: .*$/mu, 'status: Draft'))
  expect(read(repo.path, 'b.md')).toBe(later)
  expect(seen(result)).toEqual(['b.md status-enum'])
  expect(result.warnings).toEqual(['b.md has changes that are not staged, and was not fixed; stage or stash them'])
  expect(existsSync(join(repo.path, '.git/index.lock'))).toBe(false)
})
