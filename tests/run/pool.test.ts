import {availableParallelism} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {expect, test} from 'vitest'
import {runOptions} from '../../src/run/options.ts'
import {createPool, threadsFor} from '../../src/run/pool.ts'
import type {Answer} from '../../src/run/engine.ts'
import {run} from '../support/cli.ts'
import {clean, numbered, place} from '../support/place.ts'

const parked = (text: string): string => text.replace(/^status: .*$/mu, 'status: Parked')
const files = {
  'a.md': parked(clean),
  'b.md': clean,
  'c.md': parked(numbered(clean, 14)).replace('## 4. Configuration', 'See [it](b.md#no-such).\n\n## 4. Configuration'),
  'd.md': numbered(clean, 15),
  'letter.md': '# Dear all\n',
  'broken.md': Buffer.from([0xff, 0xfe, 0, 0]),
  'spec-lint.yaml': 'types:\n  prd: {files: ["*.md", "!letter.md"]}\n',
}

test('threads find what one finds, in its order', () => {
  const cwd = place(files)
  const outcome = (threads: string): unknown => {
    const {code, stdout, stderr} = run(cwd, ['--concurrency', threads, '-f', 'json'])
    return {code, stderr, report: stdout.replace(/"durationMs": \d+/u, '')}
  }
  const one = outcome('off')
  expect(one).toMatchObject({code: 2, report: expect.stringContaining('duplicate-document-id')})
  expect(outcome('3')).toEqual(one)
  // A mistake in the configuration reads the same.
  const call = ['--baseline', 'none.json', '-f', 'json', '--concurrency']
  expect(run(cwd, [...call, '2'])).toEqual(run(cwd, [...call, 'off']))
})

test('a thread that dies takes its own documents with it, and no others', async () => {
  const cwd = place({'a.md': parked(clean), 'deadly.md': numbered(clean, 13), 'z.md': parked(numbered(clean, 14))})
  const paths = Object.fromEntries(['a', 'deadly', 'z'].map((name) => [name, join(cwd, `${name}.md`)]))
  const worker = pathToFileURL(join(import.meta.dirname, '../support/dying-worker.mjs'))
  const pool = createPool(runOptions({cwd, skip: ['stale-date']}), 2, worker)
  const {facts} = await pool.read(Object.values(paths))
  expect(facts).toHaveLength(3)
  await pool.know(facts)
  const answers: Answer[] = []
  const errors = await pool.lint(Object.values(paths), (answer) => answers.push(answer))
  expect(errors).toEqual([
    {path: 'deadly.md', code: 'worker', message: 'The thread that had it ended: exit code 3. The others were linted'},
  ])
  expect(answers.map(({path, result}) => [path, result.findings.map(({ruleId}) => ruleId)])).toEqual([
    [paths['a'], ['status-enum']],
    [paths['z'], ['status-enum']],
  ])
  expect(await pool.warnings()).toEqual([])
  await pool.close()
})

test.for([
  [5000, 8000, 'off', 0],
  [170, 8000, 'auto', 0],
  [1, 200_000, 'auto', 1],
  [1000, 8000, 'auto', availableParallelism() < 2 ? 0 : Math.min(availableParallelism(), 11)],
  [3, 8000, 2, 2],
  [1, 8000, 4, 1],
  [10_000, 100, 1000, 64],
] as const)('for %i files of %i bytes --concurrency %s takes %i threads', ([count, size, concurrency, threads]) => {
  expect(
    threadsFor(
      Array.from({length: count}, () => size),
      concurrency,
    ),
  ).toBe(threads)
})
