import {spawnSync} from 'node:child_process'
import {mkdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {root} from '../support/cli.ts'
import {clean, place, read} from '../support/place.ts'

/** Each example with what it prints. */
const examples = [
  ...read(root, 'docs/library.md').matchAll(/^```js\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```$/gmu),
].map(([, code = '', printed = '']) => ({code, printed}))

test('every example of the page prints what stands below it', () => {
  expect(read(root, 'docs/library.md').match(/^```js$/gmu)).toHaveLength(examples.length)
  const path = place({
    'docs/queues.md': clean,
    'all.mjs': examples.map((_, index) => `await import('./${index}.mjs')\nconsole.log('-----')\n`).join(''),
    ...Object.fromEntries(examples.map(({code}, index) => [`${index}.mjs`, code])),
  })
  mkdirSync(join(path, 'node_modules'))
  symlinkSync(root, join(path, 'node_modules/spec-lint'))
  const {stdout, stderr} = spawnSync(process.execPath, ['all.mjs'], {cwd: path, encoding: 'utf8'})
  expect(stderr).toBe('')
  expect(stdout.split('-----\n').slice(0, -1)).toEqual(examples.map(({printed}) => printed))
})
