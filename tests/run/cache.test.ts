import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {type RunOptions, runOptions} from '../../src/run/options.ts'
import {lintPaths} from '../../src/run/run.ts'
import type {RunResult} from '../../src/run/types.ts'
import {clean, numbered, place} from '../support/place.ts'

const parked = (text: string): string => text.replace(/^status: .*$/mu, 'status: Parked')
const linking = (text: string, to: string): string =>
  text.replace('## 4. Configuration', `See [that one](${to}).\n\n## 4. Configuration`)
const migration = readFileSync(join(import.meta.dirname, '../../fixtures/types/data-migration/clean.md'), 'utf8')

const files = {
  'a.md': linking(clean, 'b.md#4-configuration'),
  'b.md': parked(numbered(clean, 13)),
  'm.md': migration,
  'letter.md': '# Dear all\n',
  'spec-lint.yaml': 'migrations: ./migrations\nrules: {status-enum: error}\n',
  'migrations/0001_first.sql': 'CREATE TABLE first (id bigint PRIMARY KEY);\n',
}

function write(cwd: string, changed: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(changed)) {
    mkdirSync(dirname(join(cwd, name)), {recursive: true})
    writeFileSync(join(cwd, name), text)
  }
}

/** The result, and the documents that rules ran on. */
async function lint(
  cwd: string,
  more: Partial<RunOptions> = {},
): Promise<{readonly result: RunResult; readonly ran: number}> {
  let ran = 0
  const measure = (rule: string): void => {
    if (rule === 'status-enum' || rule === 'title-format') ran += 1
  }
  const result = await lintPaths(
    ['.'],
    runOptions({
      cwd,
      cache: true,
      only: ['status-enum', 'link-target', 'duplicate-document-id', 'migration-file-exists', 'altered-table-exists'],
      measure,
      ...more,
    }),
  )
  return {result, ran}
}

/** Equal as the formats see them: what is undefined is left out. */
function plain(result: RunResult): unknown {
  return JSON.parse(JSON.stringify(result))
}

function cacheFile(cwd: string): string {
  const folder = join(cwd, '.spec-lint-cache')
  return join(folder, readdirSync(folder).find((one) => one.endsWith('.json')) ?? '')
}

describe('a second run', () => {
  test('asks no rule where nothing changed, and finds the same', async () => {
    const cwd = place(files)
    mkdirSync(join(cwd, '.git'))
    const cold = await lint(cwd)
    const warm = await lint(cwd)
    expect([cold.ran, warm.ran]).toEqual([3, 0])
    expect(plain(warm.result)).toEqual(plain(cold.result))
    expect(plain(warm.result)).toEqual(plain((await lint(cwd, {cache: false})).result))
    expect(readdirSync(join(cwd, '.spec-lint-cache'))).toContain('.gitignore')
  })

  test.for([
    ['a text', {'b.md': numbered(clean, 13)}, {}],
    ['a heading that another links to', {'b.md': files['b.md'].replace('## 4. Configuration', '## 4. Setup')}, {}],
    ['the identity of another', {'b.md': numbered(clean, 12)}, {}],
    ['a new document', {'new.md': clean}, {}],
    ['the configuration', {'spec-lint.yaml': 'rules: {status-enum: info}\n'}, {}],
    ['a rule of the run', {}, {rules: new Map([['status-enum', {severity: 'off' as const, options: undefined}]])}],
    ['which rules run', {}, {only: ['title-format']}],
    ['a migration', {'migrations/0002_more.sql': 'ALTER TABLE first ADD COLUMN x text;\n'}, {}],
    ['what a migration says', {'migrations/0001_first.sql': 'CREATE TABLE users (id bigint);\n'}, {}],
  ] as const)('after %s changed finds what one without a cache finds', async ([, changed, options]) => {
    const cwd = place(files)
    mkdirSync(join(cwd, '.git'))
    await lint(cwd)
    write(cwd, changed)
    const {result} = await lint(cwd, options)
    expect(plain(result)).toEqual(plain((await lint(cwd, {...options, cache: false})).result))
  })
})

describe('a cache', () => {
  test.for([
    ['emptied', () => ''],
    ['cut', (text: string) => text.slice(0, text.length / 2)],
    ['edited', (text: string) => text.replace('status-enum', 'status-enom')],
    ['not JSON', () => `${'0'.repeat(64)}\n{`],
  ] as const)('that is %s is none', async ([, spoil]) => {
    const cwd = place(files)
    mkdirSync(join(cwd, '.git'))
    const {result} = await lint(cwd)
    const path = cacheFile(cwd)
    writeFileSync(path, spoil(readFileSync(path, 'utf8')))
    const again = await lint(cwd)
    expect(again.ran).toBe(3)
    expect(plain(again.result)).toEqual(plain(result))
    expect((await lint(cwd)).ran).toBe(0)
  })

  test('stands where it is told, and two runs at once do each other no harm', async () => {
    const cwd = place(files)
    const runs = await Promise.all([1, 2, 3].map(async () => lint(cwd, {cache: 'kept'})))
    for (const {result} of runs) expect(plain(result)).toEqual(plain(runs[0]?.result ?? result))
    expect(readdirSync(join(cwd, 'kept')).filter((name) => name.endsWith('.tmp'))).toEqual([])
    expect((await lint(cwd, {cache: 'kept'})).ran).toBe(0)
    expect(existsSync(join(cwd, '.spec-lint-cache'))).toBe(false)
  })

  test('that can not be written is no failure', async () => {
    const cwd = place({...files, kept: 'a file'})
    expect(plain((await lint(cwd, {cache: 'kept'})).result)).toEqual(plain((await lint(cwd, {cache: false})).result))
  })
})
