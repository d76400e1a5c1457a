import {spawn} from 'node:child_process'
import {existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {expect, test} from 'vitest'
import type {Answer} from '../../src/run/engine.ts'
import {fixPaths} from '../../src/run/fix.ts'
import {runOptions} from '../../src/run/options.ts'
import {createPool, memoryFor} from '../../src/run/pool.ts'
import {lintPaths} from '../../src/run/run.ts'
import {writeTextFile} from '../../src/run/write.ts'
import {binary} from '../support/cli.ts'
import {clean, numbered, place} from '../support/place.ts'

const drafted = clean.replace(/^status: .*$/mu, 'status: draft')

test('a file with a second name is left as it is', async () => {
  const cwd = place({'a.md': drafted})
  linkSync(join(cwd, 'a.md'), join(cwd, 'b.txt'))
  const {errors} = await fixPaths(['.'], runOptions({cwd, only: ['status-enum']}), {unsafe: false, write: true})
  expect(errors).toEqual([{path: 'a.md', code: 'unwritable', message: expect.stringContaining('hard link')}])
  expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(drafted)
})

test('a file that is gone or another one by now is left so', () => {
  const cwd = place({'a.md': 'old', 'b.md': 'old'})
  writeFileSync(join(cwd, 'a.md'), 'of another program, and longer')
  expect(writeTextFile(join(cwd, 'a.md'), cwd, 'old', 'new')).toMatchObject({code: 'changed'})
  rmSync(join(cwd, 'b.md'))
  expect(writeTextFile(join(cwd, 'b.md'), cwd, 'old', 'new')).toMatchObject({code: 'missing'})
  expect(readdirSync(cwd)).toEqual(['a.md'])
  expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe('of another program, and longer')
})

test('what a killed run left is swept, what a running one writes is not', () => {
  const cwd = place({
    'a.md': 'old',
    [`.spec-lint-${process.pid}-0123456789ab.tmp`]: 'mine',
    // No system gives a process this number.
    '.spec-lint-4294967295-0123456789ab.tmp': 'of no one',
    '.spec-lint-notes.tmp': "the user's",
  })
  expect(writeTextFile(join(cwd, 'a.md'), cwd, 'old', 'new')).toBeUndefined()
  const left = ['.spec-lint-notes.tmp', `.spec-lint-${process.pid}-0123456789ab.tmp`, 'a.md']
  expect(readdirSync(cwd).toSorted()).toEqual(left.toSorted())
})

test('a cache that the repository made a link is not written through', async () => {
  const outside = place({'.keep': ''})
  const cwd = place({'a.md': clean, '.git/HEAD': 'ref: refs/heads/main\n'})
  symlinkSync(outside, join(cwd, '.spec-lint-cache'))
  await lintPaths(['.'], runOptions({cwd, cache: true}))
  expect(readdirSync(outside)).toEqual(['.keep'])
  rmSync(join(cwd, '.spec-lint-cache'))
  mkdirSync(join(cwd, '.spec-lint-cache'))
  symlinkSync(join(outside, '.keep'), join(cwd, '.spec-lint-cache/.gitignore'))
  await lintPaths(['.'], runOptions({cwd, cache: true}))
  expect(readFileSync(join(outside, '.keep'), 'utf8')).toBe('')
  expect(readdirSync(join(cwd, '.spec-lint-cache'))).toHaveLength(2)
})

test('after a thread that dies another one goes on with the rest', async () => {
  const names = ['a', 'b', 'deadly', 'y', 'z']
  const cwd = place(Object.fromEntries(names.map((name, at) => [`${name}.md`, numbered(drafted, at + 1)])))
  const worker = pathToFileURL(join(import.meta.dirname, '../support/dying-worker.mjs'))
  const pool = createPool(runOptions({cwd, only: ['status-enum', 'duplicate-document-id']}), 1, worker)
  const paths = names.map((name) => join(cwd, `${name}.md`))
  const {facts} = await pool.read(paths)
  await pool.know(facts)
  const answers: Answer[] = []
  const errors = await pool.lint(paths, (answer) => answers.push(answer))
  await pool.close()
  expect(errors.map(({path, code}) => [path, code])).toEqual([['deadly.md', 'worker']])
  expect(answers.map(({path, result}) => [path, result.findings.map(({ruleId}) => ruleId)])).toEqual(
    paths.filter((path) => !path.includes('deadly')).map((path) => [path, ['status-enum']]),
  )
})

test('threads share half of the memory that there is', () => {
  expect([memoryFor(1, 16_000), memoryFor(4, 16_000), memoryFor(64, 16_000)]).toEqual([2048, 2000, 512])
})

/** Ends the program as soon as it says something, or after a while. */
function ended(cwd: string, args: readonly string[], how: 'SIGINT' | 'close'): Promise<unknown> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [binary, ...args], {cwd, stdio: ['ignore', 'pipe', 'ignore']})
    child.on('exit', (code, signal) => resolve(signal ?? code))
    if (how === 'close') child.stdout.destroy()
    else setTimeout(() => child.kill('SIGINT'), 250)
  })
}

test('a reader that is gone, or Ctrl+C, ends it with the code that tells', async () => {
  const cwd = place({'bad.md': drafted, 'ok/a.md': clean})
  expect(await ended(cwd, ['bad.md', '--only', 'status-enum', '-f', 'json'], 'close')).toBe(1)
  expect(await ended(cwd, ['ok', '--only', 'status-enum', '-f', 'json'], 'close')).toBe(0)
  expect(await ended(cwd, ['--fix', '.'], 'SIGINT')).toBe('SIGINT')
  expect(readFileSync(join(cwd, 'bad.md'), 'utf8').length).toBe(drafted.length)
  expect(existsSync(join(cwd, 'ok/a.md'))).toBe(true)
})
