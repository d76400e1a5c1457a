import {join} from 'node:path'
import fc from 'fast-check'
import {afterAll, describe, expect, test} from 'vitest'
import {mergeReports, type NamedReport} from '../../src/report/merge.ts'
import {render} from '../../src/report/formats.ts'
import {readReport} from '../../src/report/read.ts'
import {reportOf} from '../../src/report/report.ts'
import {painter} from '../../src/report/style.ts'
import type {FormatOptions, Report} from '../../src/report/types.ts'
import {runOptions} from '../../src/run/options.ts'
import {lintPaths} from '../../src/run/run.ts'
import {inShard, type Shard, shardOf} from '../../src/run/shard.ts'
import {folder, run} from '../support/cli.ts'
import {clean, numbered, place} from '../support/place.ts'

const options: FormatOptions = {
  paint: painter(false),
  limit: Number.POSITIVE_INFINITY,
  prefix: '',
  rules: [],
  symbols: false,
  includeSuppressed: true,
}

const parked = (text: string): string => text.replace(/^status: .*$/mu, 'status: 😀 Parked')
const files = {
  ...Object.fromEntries(
    Array.from({length: 9}, (_, index) => [
      `${index % 2 === 0 ? 'a' : 'a-b'}/${index}.md`,
      index % 3 === 0 ? numbered(clean, 20 + index) : parked(numbered(clean, 20 + index)),
    ]),
  ),
  // What is told of two documents, what a comment suppresses, what can't be read, what is of no type, what is ignored.
  'same.md': clean,
  'twin.md': clean.replace('\n## 5. ', '\n<!-- spec-lint disable-line -->\n\n## 5. '),
  'quiet.md': `${parked(numbered(clean, 40))}\n<!-- spec-lint disable-file status-enum -- not ours -->\n`,
  'z/broken.md': Buffer.from([0xff, 0xfe, 0x20, 0x00]),
  'z/letter.md': '# Dear all\n',
  'z/left.md': clean,
  'spec-lint.yaml':
    'baseline: ./known.json\nignore: [z/left.md]\ntypes:\n  prd: {files: ["*.md", "a/*.md", "a-b/*.md", "z/b*.md", "!z/letter.md"]}\n',
  'known.json': JSON.stringify({
    version: 1,
    problems: {'gone.md': [{rule: 'status-enum', fingerprint: '0', text: 'x'}], 'also-gone.md': []},
  }),
}

async function reportIn(cwd: string, shard: Shard | undefined): Promise<Report> {
  return reportOf(await lintPaths([], runOptions({cwd, shard, skip: ['stale-date']})), 5, false)
}

const formats = ['json', 'jsonl', 'sarif', 'junit', 'checkstyle', 'pretty', 'compact', 'gitlab', 'rdjson', 'markdown']

describe('parts of a run', async () => {
  const {path: cwd, remove} = folder(files)
  afterAll(remove)
  const whole = await reportIn(cwd, undefined)
  const parts = new Map<number, readonly NamedReport[]>()
  for (const count of [1, 3, 8]) {
    const own: NamedReport[] = []
    for (let index = 1; index <= count; index += 1) {
      const shard = {index, count}
      const text = render('json', await reportIn(cwd, shard), {...options, shard})
      own.push({file: `${index}.json`, report: readReport(text, `${index}.json`)})
    }
    parts.set(count, own)
  }

  test('there is something to part', () => {
    expect(whole.counts).toMatchObject({files: 12, suppressed: 1, noType: 1, ignored: 1, stale: 1})
    expect(whole.errors).toHaveLength(1)
    expect(whole.problems.length).toBeGreaterThan(6)
    expect((parts.get(8) ?? []).filter(({report}) => report.files.length > 0).length).toBeGreaterThan(2)
  })

  test('merged in any order they are the whole, in every format', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...parts.values())
          .chain((all) => fc.shuffledSubarray([...all], {minLength: all.length, maxLength: all.length})),
        fc.constantFrom(...formats),
        (own, format) => {
          const merged = mergeReports(own, () => undefined)
          expect(render(format, merged, options)).toBe(render(format, whole, options))
        },
      ),
    )
  })

  test('without the texts in them they are read where the documents are', () => {
    const bare = (parts.get(3) ?? []).map(({file, report: {summary, problems, errors, files: paths}}) => ({
      file,
      report: {summary, problems, errors, files: paths},
    }))
    const texts: Readonly<Record<string, string | Buffer>> = files
    const merged = mergeReports(bare, (path) => String(texts[path]))
    expect(render('sarif', merged, options)).toBe(render('sarif', whole, options))
    expect(() => mergeReports(bare, () => 'another text')).toThrow(/is not here as \d\.json has it$/u)
    expect(() => mergeReports([...bare, ...bare.slice(0, 1)], () => '')).toThrow(/^1\.json is given twice$/u)
  })

  test('SARIF of a part has a category of its own', () => {
    const sarif = render('sarif', whole, {...options, shard: {index: 2, count: 3}})
    expect(JSON.parse(sarif)).toMatchObject({runs: [{automationDetails: {id: 'spec-lint/shard-2/'}}]})
  })
})

test('each path is in one part, whatever else there is', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({min: 1, max: 20}), (path, count) => {
      const own = Array.from({length: count}, (_, index) => inShard(path, {index: index + 1, count}))
      expect(own.filter(Boolean)).toHaveLength(1)
    }),
  )
  expect(['a.md', 'b.md', 'docs/c.md', 'd.md'].map((path) => inShard(path, {index: 1, count: 2})))
    .toMatchInlineSnapshot(`
    [
      false,
      true,
      false,
      false,
    ]
  `)
})

test.for(['0/2', '3/2', '1', '1/0', 'a/b', '1/1001', '-1/2'])('--shard %s is no part', (text) => {
  expect(() => shardOf(text)).toThrow(/is no part of a whole/u)
})

test.for([
  ['{', /^r\.json is not JSON: /u],
  ['[]', /^r\.json is no JSON report of this program: `\/`/u],
  ['{"version": 2}', /^r\.json is no JSON report/u],
] as const)('%s is no report', ([text, words]) => {
  expect(() => readReport(text, 'r.json')).toThrow(words)
})

test('on the command line', () => {
  const cwd = place({'a.md': clean, 'b.md': parked(numbered(clean, 13)), 'c.md': parked(numbered(clean, 14))})
  const args = ['--skip', 'stale-date', '--fail-on', 'never']
  for (const part of ['1', '2']) run(cwd, ['--shard', `${part}/2`, '-f', `json=out/${part}.json`, ...args])
  const {code, stdout, stderr} = run(cwd, ['report', 'merge', 'out/1.json', 'out/2.json', '-f', 'compact'])
  expect({code, stderr}).toEqual({code: 1, stderr: ''})
  expect(stdout).toMatch(/^b\.md:3:12: error: .*\nc\.md:3:12: error: .*\n2 errors in 2 of 3 files \(/u)
  expect(run(cwd, ['report', 'merge', join(cwd, 'a.md')])).toMatchObject({code: 2, stdout: ''})
})
