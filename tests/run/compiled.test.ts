import {spawnSync} from 'node:child_process'
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {binary} from '../support/cli.ts'
import {clean, place} from '../support/place.ts'

/** The program in a process of its own, with a cache folder of its own. */
function lint(cwd: string, env: Readonly<Record<string, string | undefined>> = {}): string {
  const {CI: _ci, NODE_V8_COVERAGE: _coverage, NODE_DISABLE_COMPILE_CACHE: _off, ...inherited} = process.env
  const args = [binary, '--no-config', '--format', 'compact', 'a.md']
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: {...inherited, XDG_CACHE_HOME: join(cwd, 'caches'), ...env},
  })
  return `${status} ${stdout.replace(/ \([\d.]+ s\)/u, '')} ${stderr}`
}

const files = {'a.md': clean.replace(/^status: .*$/mu, 'status: Parked'), 'caches/any': ''}

function kept(cwd: string): readonly string[] {
  const folder = join(cwd, 'caches/spec-lint')
  return readdirSync(folder).map((name) => join(folder, name))
}

test('what was compiled is kept for the next run, which finds the same', () => {
  const cwd = place(files)
  const first = lint(cwd)
  expect(first).toMatch(/^1 [\s\S]*status-enum/u)
  const [file = ''] = kept(cwd)
  expect(file).toMatch(/compiled-[0-9a-f]{16}-[0-9a-f]+$/u)
  const before = readFileSync(file)
  expect(lint(cwd)).toBe(first)
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('a file that is not as it was written is none, and is written anew', () => {
  const cwd = place(files)
  const first = lint(cwd)
  const [file = ''] = kept(cwd)
  const right = readFileSync(file)
  for (const wrong of [Buffer.from(right).fill(1, 100_000, 100_100), right.subarray(0, 5), Buffer.alloc(0)]) {
    writeFileSync(file, wrong)
    expect(lint(cwd)).toBe(first)
    expect(readFileSync(file).length).toBeGreaterThan(1_000_000)
  }
})

test('nothing is kept where nothing stays, or none is wanted, and a folder that can not be made is no fault', () => {
  const cwd = place(files)
  const first = lint(cwd, {CI: 'true'})
  expect(lint(cwd, {NODE_DISABLE_COMPILE_CACHE: '1'})).toBe(first)
  expect(lint(cwd, {XDG_CACHE_HOME: join(cwd, 'a.md')})).toBe(first)
  expect(readdirSync(join(cwd, 'caches'))).toEqual(['any'])
})
