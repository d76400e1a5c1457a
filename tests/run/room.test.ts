import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {type Answer, createEngine} from '../../src/run/engine.ts'
import {runOptions} from '../../src/run/options.ts'
import {findersOf} from '../../src/run/read.ts'
import {clean, numbered, place} from '../support/place.ts'

const linking = (text: string, to: string): string =>
  text.replace('## 4. Configuration', `See [that one](${to}).\n\n## 4. Configuration`)

/** What others are decides what is found in each but the two that stand alone. */
const files = {
  'a-alone.md': clean.replace(/^status: .*$/mu, 'status: Parked'),
  'b-twice.md': numbered(clean, 13),
  'c-twice.md': numbered(clean, 13),
  'd-forward.md': linking(numbered(clean, 14), 'e-target.md#no-such'),
  'e-target.md': numbered(clean, 15),
  'f-back.md': linking(numbered(clean, 16), 'e-target.md#nor-this'),
  'g-old.md': numbered(clean, 17),
  'h-new.md': numbered(clean, 18).replace('owner:', 'supersedes: "17"\nowner:'),
  'i-alone.md': numbered(clean, 19),
}

async function lint(cwd: string, room?: number): Promise<{readonly answers: readonly Answer[]; readonly runs: number}> {
  let runs = 0
  const options = runOptions({cwd, skip: ['stale-date'], measure: (rule) => (runs += Number(rule === 'status-enum'))})
  const engine = createEngine(options, findersOf(options), room)
  const paths = Object.keys(files).map((name) => join(cwd, name))
  const {facts} = await engine.read(paths)
  await engine.know(facts)
  const answers: Answer[] = []
  expect(await engine.lint(paths, (answer) => answers.push(answer))).toEqual([])
  return {answers, runs}
}

test('documents that there is no room for are found out about all the same, and most are linted once', async () => {
  const cwd = place(files)
  const [kept, read] = [await lint(cwd), await lint(cwd, 0)]
  expect(read.answers).toEqual(kept.answers)
  expect(kept.answers.map(({result}) => result.findings.map(({ruleId}) => ruleId))).toEqual([
    ['status-enum'],
    ['duplicate-document-id'],
    ['duplicate-document-id'],
    ['link-target'],
    [],
    ['link-target'],
    ['superseded-link'],
    [],
    [],
  ])
  expect(kept.runs).toBe(9)
  // Again for the two that share a number and for the two of which one supersedes the other; the one that links to a page that
  // isn't known yet waits for it.
  expect(read.runs).toBe(9 + 4)
})

test('a file that is gone when its turn comes is an error', async () => {
  const cwd = place({'a.md': linking(clean, 'b.md'), 'b.md': numbered(clean, 13)})
  const options = runOptions({cwd, skip: ['stale-date']})
  const engine = createEngine(options, findersOf(options), 0)
  const paths = [join(cwd, 'a.md'), join(cwd, 'b.md')]
  const {facts} = await engine.read(paths)
  await engine.know(facts)
  rmSync(join(cwd, 'a.md'))
  const answers: Answer[] = []
  const errors = await engine.lint(paths, (answer) => answers.push(answer))
  expect(answers.map(({path}) => path)).toEqual([join(cwd, 'b.md')])
  expect(errors).toEqual([{path: 'a.md', code: 'not-found', message: 'There is no such file'}])
})
