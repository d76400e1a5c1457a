import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {loadConfig} from '../../src/config/load.ts'
import {mostBytes, secondsFor} from '../../src/config/limits.ts'
import {noProject} from '../../src/lint/no-project.ts'
import {type Prepared, prepare} from '../../src/lint/prepare.ts'
import {within} from '../../src/lint/within.ts'
import {defineRule} from '../../src/rule/index.ts'
import type {AnyRule} from '../../src/rule/types.ts'
import {lintInTime} from '../../src/run/lint-in-time.ts'
import {known, runOptions} from '../../src/run/options.ts'
import {inputOf, lintPaths} from '../../src/run/run.ts'
import {loadSchemaParsers} from '../../src/sql/load.ts'
import {parserOf} from '../../src/sql/parsers/loaded.ts'
import {files as encodings} from '../attacks/encodings.ts'
import {growing, small} from '../attacks/index.ts'
import {builtinType, findingsOf} from '../support/lint.ts'
import {clean, place} from '../support/place.ts'

const ever = (): never => {
  for (;;);
}

test.for([
  ['a loop', ever],
  [
    'a loop that catches all',
    () => {
      for (;;)
        try {
          ever()
        } finally {
          ever()
        }
    },
  ],
  ['a regular expression', () => /^(?:a+)+$/u.test(`${'a'.repeat(50)}b`)],
] as const)('%s is stopped', ([, call]) => {
  const started = performance.now()
  expect(within(0.05, call)).toBeUndefined()
  expect(performance.now() - started).toBeLessThan(5000)
})

test('what ends in its time, or throws, does as it would alone', () => {
  expect(within(5, () => 7)).toEqual({value: 7})
  expect(() => within(5, () => JSON.parse('{'))).toThrow(SyntaxError)
  // One in another: the inner one is stopped, the outer one goes on.
  expect(within(5, () => within(0.02, ever))).toEqual({value: undefined})
  expect(within(0.05, () => within(5, ever))).toBeUndefined()
})

function ruleThat(id: string, check: AnyRule['check']): AnyRule {
  return defineRule({
    id,
    category: 'structure',
    severity: 'warning',
    since: '0.1.0',
    options: {},
    docs: {summary: 'Is a test.', why: 'It is one.', remedy: 'None.'},
    messages: {seen: {reason: 'It was seen', note: 'Look.'}},
    check,
  }) as AnyRule
}

test('a rule that loops or throws is named, and the others go on', async () => {
  const prepared = prepare(clean, [], {type: builtinType('prd')})
  if (!prepared) throw new Error('no document')
  const speaks = (id: string): AnyRule =>
    ruleThat(id, ({document, report}: {document: {root: object}; report: {seen: (at: object) => void}}) =>
      report.seen(document.root),
    )
  const thrower = ruleThat('thrower', () => {
    throw new Error('no luck')
  })
  const run = (own: readonly AnyRule[]): Promise<readonly string[]> => reasons(prepared, own)
  const loops = (id: string): AnyRule => ruleThat(id, ever)
  expect((await run([speaks('first'), loops('endless'), thrower, speaks('last')])).toSorted()).toEqual([
    'first: It was seen',
    'internal-error: Rule `endless` was stopped after 0.1 s',
    'internal-error: Rule `thrower` failed: no luck',
    'last: It was seen',
  ])
  // Three are stopped, then no more is tried.
  expect(await run([speaks('first'), ...['a', 'b', 'c', 'd'].map(loops)])).toEqual([
    'internal-error: Rule `a` was stopped after 0.1 s',
    'internal-error: Rule `b` was stopped after 0.1 s',
    'internal-error: Rule `c` was stopped after 0 s',
  ])
})

async function reasons(prepared: Prepared, own: readonly AnyRule[]): Promise<readonly string[]> {
  const settings = {rules: own, config: new Map(), project: noProject('2026-11-21')}
  const {findings} = await lintInTime(prepared, settings, 0.1)
  return findings.map(({ruleId, reason}) => `${ruleId}: ${reason}`)
}

test('a rule that is stopped in the middle of a parser leaves the next rule a whole one', async () => {
  const prepared = prepare(`${clean}\n\`\`\`mysql\nSELECT 1;\n\`\`\`\n`, [], {type: builtinType('prd')})
  if (!prepared) throw new Error('no document')
  await loadSchemaParsers(prepared.document)
  const sql = "SELECT a FROM t WHERE b = 'c'"
  const inside = ruleThat('inside', () => void parserOf('mysql').read(sql, ever))
  const next = ruleThat(
    'next',
    ({document, report}: {document: {root: object}; report: {seen: (at: object) => void}}) => {
      if (parserOf('mysql').read(sql, () => false)) report.seen(document.root)
    },
  )
  expect((await reasons(prepared, [inside, next])).toSorted()).toEqual([
    'internal-error: Rule `inside` was stopped after 0.1 s',
    'next: It was seen',
  ])
})

const slow = growing['em-stars-a-stars']?.(30_000) ?? ''

test('a document that takes too much is named, and the others are linted', async () => {
  const cwd = place({
    'a.md': clean,
    'deep.md': '> - '.repeat(2000),
    'large.md': 'x'.repeat(40_001),
    'slow.md': slow,
    'z.md': clean.replace(/^status: .*$/mu, 'status: Parked').replace('# 12 –', '# 13 –'),
    'spec-lint.yaml': 'types: {prd: {files: ["*.md"]}}\nlimits: {seconds: 1.5, bytes: 40000}\n',
  })
  const options = runOptions({cwd, only: ['status-enum']})
  const {files, errors} = await lintPaths(['.'], options)
  expect(errors.map(({path, code}) => [path, code])).toEqual([
    ['deep.md', 'too-deep'],
    ['large.md', 'document-too-large'],
    ['slow.md', 'document-timeout'],
  ])
  expect(errors[1]?.message).toBe(
    'It has 40001 bytes; 40000 is the most. `limits.bytes` in the configuration allows more',
  )
  expect(errors[2]?.message).toContain('stopped after 1.5 s')
  expect(files.map(({path, result}) => [path, result.findings.length])).toEqual([
    ['a.md', 0],
    ['z.md', 1],
  ])
  expect(() => inputOf(slow, 'slow.md', options)).toThrow(
    /slow\.md can't be read\. Reading it was stopped after 1\.5 s/u,
  )
  expect(() => inputOf('> - '.repeat(2000), 'deep.md', options)).toThrow(/nested too deeply/u)
})

test('what a configuration says of limits holds over its bases', () => {
  const cwd = place({
    'base.yaml': 'limits: {bytes: 1000, seconds: 5}\n',
    'spec-lint.yaml': 'extends: ./base.yaml\nlimits: {seconds: 2}\n',
    'bad.yaml': 'limits: {seconds: 0}\n',
    'none.yaml': '{}\n',
  })
  expect(loadConfig(join(cwd, 'spec-lint.yaml'), known).limits).toEqual({bytes: 1000, seconds: 2})
  expect(() => loadConfig(join(cwd, 'bad.yaml'), known)).toThrow(/seconds/u)
  const {limits} = loadConfig(join(cwd, 'none.yaml'), known)
  expect([mostBytes(limits), secondsFor(limits, 0), secondsFor(limits, 1_000_000)]).toEqual([4_194_304, 10, 40])
  expect(readFileSync(join(cwd, 'none.yaml'), 'utf8')).toBe('{}\n')
})

test('bytes that are not the text that they look like are read or named', async () => {
  const cwd = place(Object.fromEntries(Object.entries(encodings).map(([name, make]) => [`${name}.md`, make()])))
  const {files, errors} = await lintPaths(['.'], runOptions({cwd, config: false, type: builtinType('prd')}))
  expect(files.length + errors.length).toBe(Object.keys(encodings).length)
  expect(files.flatMap(({result}) => result.findings.filter(({ruleId}) => ruleId === 'internal-error'))).toEqual([])
  expect(errors.map(({path, code}) => `${path} ${code}`)).toEqual([
    'invalid-utf8-ff.md not-utf8',
    'invalid-utf8-overlong.md not-utf8',
    'invalid-utf8-surrogate.md not-utf8',
    'invalid-utf8-trunc.md not-utf8',
    'latin1.md not-utf8',
    'nul-in-text.md binary',
    'utf16be-bom.md not-utf8',
    'utf16le-bom.md not-utf8',
    'utf16le-nobom.md binary',
    'utf32le.md not-utf8',
  ])
})

test('front matter that means something odd makes no rule fail', () => {
  for (const [name, make] of Object.entries(small)) {
    const found = findingsOf(make(), rules, builtinType('prd'))
    expect(
      found.filter(({ruleId}) => ruleId === 'internal-error'),
      name,
    ).toEqual([])
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})
