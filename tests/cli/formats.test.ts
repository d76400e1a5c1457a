import {mkdirSync, readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {folder, root, run} from '../support/cli.ts'

const clean = readFileSync(join(root, 'fixtures/types/prd/clean.md'), 'utf8')
const faulty = clean.replace(/^status: .*$/mu, 'status: "Parked"')
const place = folder({'docs/faulty.md': faulty, 'empty/readme.txt': ''})
mkdirSync(join(place.path, '.git'))
afterAll(place.remove)

const docs = join(place.path, 'docs')
const line = "faulty.md:3:9: error: Status `Parked` is none of the type's values [status-enum]"

test('several formats in one run, each where it is told', () => {
  const {code, stdout, stderr} = run(docs, [
    '-f',
    'compact',
    '-f',
    'sarif=out/a/report.sarif',
    '-f',
    'markdown=out/summary.md',
    '-f',
    'json=out/r.json',
  ])
  expect({code, stderr}).toEqual({code: 1, stderr: ''})
  expect(stdout.split('\n')[0]).toBe(line)
  const sarif: unknown = JSON.parse(readFileSync(join(docs, 'out/a/report.sarif'), 'utf8'))
  expect(sarif).toMatchObject({
    runs: [{results: [{locations: [{physicalLocation: {artifactLocation: {uri: 'docs/faulty.md'}}}]}]}],
  })
  expect(readFileSync(join(docs, 'out/summary.md'), 'utf8')).toMatch(/^## spec-lint: 1 error\n/u)
  expect(JSON.parse(readFileSync(join(docs, 'out/r.json'), 'utf8'))).toMatchObject({summary: {files: 1, errors: 1}})
  expect(readdirSync(join(docs, 'out')).toSorted()).toEqual(['a', 'r.json', 'summary.md'])
})

test('auto is github in a workflow, with paths of the repository', () => {
  const {stdout} = run(docs, [], {env: {GITHUB_ACTIONS: 'true'}})
  expect(stdout.split('\n')[0]).toMatch(
    /^::error file=docs\/faulty\.md,line=3,endLine=3,col=9,endColumn=17,title=spec-lint status-enum::/u,
  )
  expect(stdout).toContain(`\n${line}\n`)
})

test('the environment names a format, a flag goes before it', () => {
  const env = {SPEC_LINT_FORMAT: 'stylish'}
  expect(run(docs, [], {env}).stdout).toMatch(/^faulty\.md\n {2}3:9 {2}error /u)
  expect(run(docs, ['-f', 'compact'], {env}).stdout.split('\n')[0]).toBe(line)
})

test('with nothing to check a document for a machine is whole, and a text for people is left out', () => {
  const empty = join(place.path, 'empty')
  expect(JSON.parse(run(empty, ['-f', 'sarif']).stdout)).toMatchObject({version: '2.1.0', runs: [{results: []}]})
  expect(run(empty, ['-f', 'gitlab']).stdout).toBe('[]\n')
  expect(run(empty, ['-f', 'stylish']).stdout).toBe('')
})

test.for([
  [['-f', 'json', '-f', 'compact'], 'spec-lint: Two formats would go to standard output\n'],
  [['-f', 'sarfi'], 'spec-lint: There is no format `sarfi`\n  Perhaps you meant `sarif`.\n'],
  [['-f', 'json=faulty.md/report.json'], 'spec-lint: The report `faulty.md/report.json` was not written. '],
] as const)('%j could not run', ([args, message]) => {
  const {code, stderr} = run(docs, args)
  expect(code).toBe(2)
  expect(stderr).toContain(message)
})
