import {builtinModules} from 'node:module'
import {join} from 'node:path'
import {createContext, runInContext} from 'node:vm'
import {type OutputChunk, rolldown} from 'rolldown'
import {beforeAll, expect, test} from 'vitest'
import type * as Browser from '../../src/browser.ts'
import {lintText} from '../../src/index.ts'
import type {LintTextResult} from '../../src/library.ts'
import {cases} from '../support/cases.ts'
import {root, run} from '../support/cli.ts'
import {read} from '../support/place.ts'

let chunk: OutputChunk | undefined
let web: typeof Browser

/** What a worker of a browser has and this library uses; no `process`, no `require`, no `Buffer`. */
const globals = {TextEncoder, TextDecoder, URL, performance}

beforeAll(async () => {
  const {exports} = JSON.parse(read(root, 'package.json')) as {readonly exports: {readonly './browser': string}}
  const bundle = await rolldown({
    input: join(root, exports['./browser']),
    platform: 'browser',
  })
  const {output} = await bundle.generate({format: 'iife', name: 'SpecLint', codeSplitting: false})
  chunk = output[0]
  const context = createContext({...globals})
  runInContext(chunk.code, context)
  web = runInContext('SpecLint', context) as typeof Browser
}, 60_000)

/** Without those that don't run there, and without what can only be told when all ran. */
const keysOf = (result: LintTextResult): readonly string[] =>
  result.kind !== 'linted'
    ? []
    : result.findings
        .filter(({ruleId}) => !web.uncheckedRules.includes(ruleId) && ruleId !== 'suppression-unused')
        .map(({ruleId, start, end, reason}) => `${ruleId} ${start}-${end} ${reason}`)

test('a bundle for browsers imports nothing of Node.js', () => {
  expect(chunk?.imports).toEqual([])
  expect(web.rules.map(({id}) => id)).toEqual(expect.arrayContaining([...web.uncheckedRules]))
  const names = new Set<string | undefined>(builtinModules.flatMap((name) => [name, `node:${name}`]))
  const used = [...(chunk?.code ?? '').matchAll(/(?:\brequire|\bimport)\(\s*(["'`])([^"'`]+)\1\s*\)/gu)]
  expect(used.map(([, , name]) => name).filter((name) => names.has(name))).toEqual([])
})

interface Report {
  readonly files: readonly string[]
  readonly problems: readonly {
    readonly path: string
    readonly ruleId: string
    readonly message: string
    readonly start: {readonly offset: number}
    readonly end: {readonly offset: number}
  }[]
}

test('there it finds in the examples what the command line finds, as far as no file is asked', async () => {
  const {files, problems} = JSON.parse(run(root, ['--format', 'json', 'examples']).stdout) as Report
  expect(files.length).toBeGreaterThan(8)
  for (const path of files) {
    const expected = problems
      .filter((one) => one.path === path && one.ruleId !== 'link-target' && !web.uncheckedRules.includes(one.ruleId))
      .map(({ruleId, start, end, message}) => `${ruleId} ${start.offset}-${end.offset} ${message}`)
    expect(keysOf(await web.lintText(read(root, path)))).toEqual(expected)
  }
})

// What no parser of ours would take is read there all the same.
const some = cases.filter(({name}, index) => index % 8 === 0 && !name.startsWith('rules/sql-syntax/'))

test('and in the fixtures what it finds in Node.js', async () => {
  expect(some.length).toBeGreaterThan(40)
  for (const {name, text, type} of some) {
    const options = type ? {type} : {}
    expect([name, keysOf(await web.lintText(text, options))]).toEqual([name, keysOf(await lintText(text, options))])
  }
})

test('types and fixes work there', async () => {
  const [loaded] = web.loadTypes([{name: 'note', title: 'Note', description: 'A note.', extends: 'prd'}])
  expect(loaded && 'type' in loaded ? loaded.type.name : loaded).toBe('note')
  const text = read(root, 'fixtures/types/prd/clean.md').replace(/^status: .*$/mu, (line) => line.toLowerCase())
  const result = await web.lintText(text)
  const fixed = result.kind === 'linted' ? web.applyFixes(text, result.findings) : undefined
  expect(fixed?.text).toBe(read(root, 'fixtures/types/prd/clean.md'))
  await expect(web.lintText(text, {type: 'novel'})).rejects.toThrow('There is no built-in type novel')
})
