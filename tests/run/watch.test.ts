import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {runOptions} from '../../src/run/options.ts'
import {rootsOf, watchRuns} from '../../src/run/watch.ts'
import {place} from '../support/place.ts'

/** Watches a folder; `next` waits for the next run, `none` for a while in which none comes. */
function watching(
  cwd: string,
  during: () => void = () => undefined,
): {
  readonly next: () => Promise<number>
  readonly none: () => Promise<boolean>
} {
  const ended = new AbortController()
  let runs = 0
  let seen = 0
  let told: () => void = () => undefined
  const done = watchRuns({
    roots: () => rootsOf(runOptions({cwd})),
    isOwn: (path) => path.endsWith('report.json'),
    signal: ended.signal,
    run: async () => {
      runs += 1
      if (runs === 1) during()
      told()
      await Promise.resolve()
    },
  })
  onTestFinished(async () => {
    ended.abort()
    await done
  })
  return {
    next: async () => {
      const isNew = (): boolean => runs > seen
      while (!isNew()) await new Promise<void>((resolve) => (told = resolve))
      // What belongs to the same change comes together.
      await new Promise((resolve) => setTimeout(resolve, 400))
      const count = runs - seen
      seen = runs
      return count
    },
    none: async () => {
      await new Promise((resolve) => setTimeout(resolve, 600))
      return runs === seen
    },
  }
}

test('a file that is written, a new one, one in a new folder, one that is deleted', async () => {
  const cwd = place({'docs/a.md': 'a', 'spec-lint.yaml': 'types: {}\n'})
  const {next, none} = watching(cwd)
  expect(await next()).toBe(1)
  const changes: readonly (() => void)[] = [
    () => writeFileSync(join(cwd, 'docs/a.md'), 'b'),
    () => writeFileSync(join(cwd, 'docs/b.md'), 'b'),
    () => {
      mkdirSync(join(cwd, 'new/inner'), {recursive: true})
      writeFileSync(join(cwd, 'new/inner/c.md'), 'c')
    },
    () => writeFileSync(join(cwd, 'new/inner/c.md'), 'd'),
    () => rmSync(join(cwd, 'docs/b.md')),
    () => writeFileSync(join(cwd, 'spec-lint.yaml'), 'nonsense: [\n'),
    () => writeFileSync(join(cwd, 'spec-lint.yaml'), 'baseline: known.json\n'),
    () => writeFileSync(join(cwd, 'known.json'), '{}'),
    () => rmSync(join(cwd, 'new'), {recursive: true}),
  ]
  for (const change of changes) {
    change()
    expect(await next()).toBeGreaterThan(0)
  }
  writeFileSync(join(cwd, 'report.json'), '{}')
  expect(await none()).toBe(true)
})

test('many changes at once are one run, and one that comes while it goes is not lost', async () => {
  const cwd = place({'a.md': 'a'})
  const {next} = watching(cwd, () => writeFileSync(join(cwd, 'a.md'), 'during'))
  expect(await next()).toBe(2)
  for (let index = 0; index < 50; index += 1) writeFileSync(join(cwd, `${index}.md`), 'x')
  expect(await next()).toBe(1)
})

test('what the configuration names is watched, wherever it is', () => {
  const cwd = place({
    '.git/HEAD': '',
    'docs/spec-lint.yaml': 'extends: ../shared/base.yaml\nmigrations: ../db/migrations\nbaseline: ../known/b.json\n',
    'shared/base.yaml': '{}\n',
    'db/migrations/0001_x.sql': '',
    'docs/inner/a.md': '',
  })
  const inner = join(cwd, 'docs/inner')
  const names = ['docs/inner', 'docs', 'shared', 'known', 'db/migrations']
  expect(new Set(rootsOf(runOptions({cwd: inner})))).toEqual(new Set(names.map((name) => join(cwd, name))))
})
