import {readFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {loadConfig} from '../../src/config/load.ts'
import {rulesTold, toldBy} from '../../src/config/origins.ts'
import {settingsFor} from '../../src/config/settings.ts'
import {known} from '../../src/run/options.ts'
import {folder, root, run} from '../support/cli.ts'
import {clean} from '../support/place.ts'

const place = folder({
  'docs/a.md': clean,
  'spec-lint.yaml': `extends: [./base.yaml, ./other.yaml]
types:
  prd:
    files: ["docs/*.md"]
    rules: {title-format: info}
rules:
  no-placeholder: warn
suppressions:
  requireReason: true
overrides:
  - files: ["docs/a.md"]
    rules: {status-enum: off}
ignore: ["x.md"]
`,
  'base.yaml': `dialect: mysql
types:
  note: {files: ["a/*.md"], type: prd}
rules:
  no-placeholder: [error, {allow: ["TBD"]}]
  status-enum: info
overrides:
  - files: ["docs/**"]
    rules: {json-syntax: error}
ignore: ["b/**"]
`,
  'other.yaml': 'dialect: sqlite\ntypes:\n  note: {files: ["c/*.md"], type: prd}\n',
})
afterAll(place.remove)
const config = loadConfig(join(place.path, 'spec-lint.yaml'), known)

const told = toldBy(config).map(({key, value, from}) => [
  key.join('.'),
  value,
  from.map(({file, line}) => `${relative(place.path, file)}:${line}`).join(', '),
])

test('each value with the file and the line that it is from', () => {
  expect(told).toEqual([
    ['types.prd.files', ['docs/*.md'], 'spec-lint.yaml:4'],
    ['types.prd.rules.title-format', 'info', 'spec-lint.yaml:5'],
    ['types.note.files', ['c/*.md'], 'other.yaml:3'],
    ['types.note.type', 'prd', 'other.yaml:3'],
    ['dialect', 'sqlite', 'other.yaml:1'],
    ['rules.no-placeholder', ['warning', {allow: ['TBD']}], 'spec-lint.yaml:7, base.yaml:5'],
    ['rules.status-enum', 'info', 'base.yaml:6'],
    ['rules.suppression-reason', 'error', 'spec-lint.yaml:9'],
    ['overrides.0.files', ['docs/**'], 'base.yaml:8'],
    ['overrides.0.rules.json-syntax', 'error', 'base.yaml:9'],
    ['overrides.1.files', ['docs/a.md'], 'spec-lint.yaml:11'],
    ['overrides.1.rules.status-enum', 'off', 'spec-lint.yaml:12'],
    ['ignore.0', 'b/**', 'base.yaml:10'],
    ['ignore.1', 'x.md', 'spec-lint.yaml:13'],
  ])
})

test.for([
  ['docs/a.md', 'prd'],
  ['docs/b.md', 'prd'],
  ['c/x.md', 'note'],
  ['../x.md', undefined],
] as const)('%s: what is told is what holds', ([path, type]) => {
  const settings = settingsFor(config, path, new Map())
  expect(settings.type?.name).toBe(type)
  const own = [...rulesTold(config, {path, type})].map(([rule, {severity, options}]) => [rule, {severity, options}])
  expect(new Map(own as never)).toEqual(settings.rules)
})

test('print, for all and for a file, and the schema', () => {
  const {stdout, code} = run(place.path, ['config', 'print'])
  expect(code).toBe(0)
  expect(stdout).toContain('# spec-lint.yaml over other.yaml, base.yaml\n')
  expect(stdout).toMatch(
    /^ {2}no-placeholder: \["warning",\{"allow":\["TBD"\]\}\] +# spec-lint\.yaml:7, base\.yaml:5$/mu,
  )
  const {values} = JSON.parse(run(place.path, ['config', 'print', 'docs/a.md', '--json']).stdout) as {
    readonly values: readonly {readonly key: string; readonly value: unknown; readonly why?: string}[]
  }
  const at = (key: string): unknown => values.find((one) => one.key === key)
  expect(at('/type')).toMatchObject({value: 'prd', from: [{file: 'spec-lint.yaml', line: 3}]})
  expect(at('/rules/status-enum')).toMatchObject({value: 'off', from: [{file: 'spec-lint.yaml', line: 12}]})
  expect(at('/rules/date-order')).toMatchObject({value: 'warning', from: [], why: 'default'})
  const schema = run(place.path, ['config', 'schema']).stdout
  expect(JSON.parse(schema)).toEqual(JSON.parse(readFileSync(join(root, 'schemas/config.schema.json'), 'utf8')))
  const alone = run(place.path, ['config'])
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('`spec-lint help config`')])
})
