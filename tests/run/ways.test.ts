import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, onTestFinished, test} from 'vitest'
import {fixPaths} from '../../src/run/fix.ts'
import {type ChangeOptions, type RunOptions, runOptions} from '../../src/run/options.ts'
import {listPaths} from '../../src/run/list.ts'
import {lintPaths} from '../../src/run/run.ts'
import type {RunResult} from '../../src/run/types.ts'
import {clean, numbered, place} from '../support/place.ts'
import {repository} from '../support/repository.ts'

// However a run goes about it - with a cache, full or empty, or with threads - it finds the same and writes the same.

const status = (text: string, value: string): string => text.replace(/^status: .*$/mu, `status: ${value}`)
const linking = (text: string, to: string): string =>
  text.replace('## 4. Configuration', `See [that one](${to}).\n\n## 4. Configuration`)
const migration = readFileSync(join(import.meta.dirname, '../../fixtures/types/data-migration/clean.md'), 'utf8')

const files = {
  'a.md': linking(status(clean, 'draft'), 'b.md#4-configuration'),
  'b.md': status(numbered(clean, 13), 'Parked'),
  'c.md': linking(numbered(clean, 13), 'letter.md'),
  'd.md': linking(numbered(clean, 14), 'gone.md'),
  'm.md': migration,
  'letter.md': '# Dear all\n',
  'broken.md': Buffer.from([0xff, 0xfe, 0, 0]),
}
const changed = {
  'b.md': files['b.md'].replace('## 4. Configuration', '## 4. Setup'),
  'd.md': status(numbered(clean, 14), 'draft'),
  'new.md': linking(numbered(clean, 15), 'c.md'),
  'letter.md': '# Dear some\n',
}

/** A cache that is empty, the one that was made then, and threads that fill another one. */
const ways: readonly Partial<RunOptions>[] = [{cache: 'kept'}, {cache: 'kept'}, {concurrency: 2, cache: 'other'}]

function write(folder: string, texts: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true})
    writeFileSync(join(folder, name), text)
  }
}

/** As the formats see it. */
function plain(result: RunResult): unknown {
  return JSON.parse(JSON.stringify(result))
}

function written(folder: string): unknown {
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'latin1')]))
}

describe.for([
  ['changed-files', false],
  ['all', false],
  ['changed-lines', false],
  ['changed-files', true],
] as const)('a change as %s, staged: %s', ([report, staged]) => {
  const changes: ChangeOptions = {base: staged ? undefined : 'main', staged, report}
  const skip = ['stale-date']

  test('finds the same in every way', async () => {
    const repo = repository(files)
    onTestFinished(repo.remove)
    repo.write(changed)
    if (staged) {
      repo.git('add', '.')
      repo.write({'b.md': clean, 'a.md': clean})
    }
    const run = async (more: Partial<RunOptions>): Promise<unknown> =>
      plain(await lintPaths(['.'], runOptions({cwd: repo.path, skip, changes, ...more})))
    const expected = await run({})
    expect(JSON.stringify(expected)).toContain('causedBy')
    for (const more of ways) expect(await run(more)).toEqual(expected)
    // A run over everything knows of each document what a change asks.
    await lintPaths(['.'], runOptions({cwd: repo.path, skip, cache: 'whole'}))
    expect(await run({cache: 'whole'})).toEqual(expected)
  })
})

test.for([
  ['safe', false, undefined],
  ['unsafe', true, undefined],
  ['of a change', true, {base: 'main', staged: false, report: 'changed-files'}],
] as const)('fixes that are %s are the same in every way', async ([, unsafe, changes]) => {
  const skip = ['stale-date']
  const fix = async (more: Partial<RunOptions>, warm: boolean): Promise<unknown> => {
    const repo = repository(files)
    repo.write(changed)
    const options = runOptions({cwd: repo.path, skip, changes, ...more})
    if (warm) await lintPaths(['.'], {...options, changes: undefined})
    const result = plain(await fixPaths(['.'], options, {unsafe, write: true}))
    const texts = written(repo.path)
    // What it left in the cache misleads no one.
    if (warm) {
      const after = plain(await lintPaths(['.'], {...options, changes: undefined}))
      expect(after).toEqual(plain(await lintPaths(['.'], {...options, changes: undefined, cache: false})))
    }
    repo.remove()
    return {result, texts}
  }
  const expected = await fix({}, false)
  expect(expected).toMatchObject({result: {fixed: expect.arrayContaining([expect.anything()])}})
  expect(await fix({cache: 'kept', concurrency: unsafe ? 'off' : 2}, false)).toEqual(expected)
  expect(await fix({cache: 'kept'}, true)).toEqual(expected)
})

test.for([
  ['a sentence concerns no other', {'a.md': files['a.md'].replace('## 4. ', 'A word.\n\n## 4. ')}, ['a.md']],
  ['a heading concerns those that link to it', {'b.md': changed['b.md']}, ['a.md', 'b.md']],
] as const)('a change of %s', ([, texts, concerned]) => {
  const repo = repository(files)
  onTestFinished(repo.remove)
  repo.write(texts)
  const changes: ChangeOptions = {base: 'main', staged: false, report: 'changed-files'}
  expect(listPaths(['.'], runOptions({cwd: repo.path, changes}))).toEqual(concerned)
})

test('a file of no type is looked into once', async () => {
  const cwd = place({'letter.md': '# Dear all\n'})
  mkdirSync(join(cwd, '.git'))
  const options = runOptions({cwd, cache: true})
  expect(plain(await lintPaths(['.'], options))).toEqual(plain(await lintPaths(['.'], options)))
  write(cwd, {'letter.md': clean})
  expect((await lintPaths(['.'], options)).files.map(({path}) => path)).toEqual(['letter.md'])
})
