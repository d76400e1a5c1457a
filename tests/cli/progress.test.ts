import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {progressOn} from '../../src/cli/progress.ts'
import {timing} from '../../src/cli/timing.ts'
import {folder, root, run} from '../support/cli.ts'

const place = folder({'a.md': readFileSync(join(root, 'fixtures/types/prd/clean.md'), 'utf8')})
afterAll(place.remove)

function told(isTTY: boolean, env: Readonly<Record<string, string>>): readonly string[] {
  let clock = 0
  const lines: string[] = []
  const progress = progressOn({isTTY, write: (line) => lines.push(line)}, env, () => clock)
  for (const [moment, done] of [
    [10, 1],
    [990, 2],
    [1005, 3],
    [1050, 4],
    [1200, 5],
  ] as const) {
    clock = moment
    progress.tell(done, 9)
  }
  progress.clear()
  progress.clear()
  return lines
}

test('progress is one line on a terminal, after a second, not too often, and goes away', () => {
  expect(told(true, {})).toEqual([
    '\r\u001B[2Kspec-lint: 3 of 9 files',
    '\r\u001B[2Kspec-lint: 5 of 9 files',
    '\r\u001B[2K',
  ])
})

test.for([
  ['a pipe', false, {}],
  ['a workflow', true, {CI: 'true'}],
  ['a terminal that can nothing', true, {TERM: 'dumb'}],
] as const)('%s sees no progress', ([, isTTY, env]) => {
  expect(told(isTTY, env)).toEqual([])
})

test('times are added up, the slowest rule first', () => {
  const {measure, table} = timing()
  measure('status-enum', 10)
  measure('link-target', 20)
  measure('status-enum', 20)
  expect(table()).toBe('      ms   share  rule\n    30.0   60.0%  status-enum\n    20.0   40.0%  link-target\n')
  expect(timing().table()).toBe('      ms   share  rule\n')
})

test('--timing prints them beside the report', () => {
  const {stdout, stderr, code} = run(place.path, ['--timing', '--only', 'status-enum', '--only', 'link-target'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^No problems in 1 file/u)
  const [head, ...rows] = stderr.trimEnd().split('\n')
  expect(head).toBe('      ms   share  rule')
  expect(rows.map((row) => row.trim().split(/\s+/u)[2]).toSorted((a = '', b = '') => (a < b ? -1 : 1))).toEqual([
    'link-target',
    'status-enum',
  ])
})
