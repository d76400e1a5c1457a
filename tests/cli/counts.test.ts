import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {run} from '../support/cli.ts'
import {clean, numbered, place, read} from '../support/place.ts'

const status = (text: string, value: string): string => text.replace(/^status: .*$/mu, `status: ${value}`)
const files = {
  'a.md': status(clean, 'draft'),
  'b.md': status(numbered(clean, 13), 'Parked').replace('## 4. Configuration', '## 9. Configuration'),
}

test('--statistics counts in the place of problems, and reports in files are whole', () => {
  const cwd = place(files)
  const formats = ['json=r.json', 'sarif=r.sarif', 'junit=r.xml', 'markdown=r.md'].flatMap((one) => ['-f', one])
  const {code, stdout, stderr} = run(cwd, ['--skip', 'stale-date', '--statistics', '-f', 'compact', ...formats])
  expect({code, stderr}).toEqual({code: 1, stderr: ''})
  expect(stdout.replace(/\(.* s\)/u, '(0.00 s)')).toBe(
    [
      '2  status-enum        1 fixable',
      '1  section-numbering  1 with --unsafe-fixes',
      '2 errors, 1 warning in 2 of 2 files (0.00 s)',
      '',
    ].join('\n'),
  )
  expect(JSON.parse(read(cwd, 'r.json'))).toMatchObject({
    summary: {errors: 2, warnings: 1},
    statistics: [
      {ruleId: 'status-enum', count: 2, fixable: 1, fixableUnsafe: 0},
      {ruleId: 'section-numbering', count: 1, fixable: 0, fixableUnsafe: 1},
    ],
    problems: [{path: 'a.md'}, {path: 'b.md'}, {path: 'b.md'}],
  })
  expect(JSON.parse(read(cwd, 'r.sarif'))).toMatchObject({runs: [{results: [{}, {}, {}]}]})
  expect(read(cwd, 'r.xml')).toContain('<testsuites name="spec-lint" tests="3" failures="3"')
  expect(read(cwd, 'r.md')).toMatch(/^## spec-lint: 2 errors, 1 warning\n/u)
})

test('two formats can not share standard output', () => {
  const cwd = place(files)
  expect(run(cwd, ['-f', 'json', '-f', 'sarif'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('Give one of them a file: `--format sarif=report.txt`'),
  })
})

test('the level info is shown, counts for --fail-on info alone, and is left out by --quiet', () => {
  const cwd = place(files)
  const only = ['--only', 'status-enum', '-f', 'compact']
  writeFileSync(join(cwd, 'spec-lint.yaml'), 'types: {prd: {files: ["*.md"]}}\nrules: {status-enum: info}\n')
  const plain = run(cwd, only)
  expect(plain.code).toBe(0)
  expect(plain.stdout).toMatch(/^a\.md:3:9: info: Status `draft`.*\n.*\n2 infos in 2 of 2 files/u)
  expect(run(cwd, [...only, '--fail-on', 'info']).code).toBe(1)
  expect(run(cwd, [...only, '-q'])).toEqual({code: 0, stdout: '', stderr: ''})
})

test('a run that fails for its warnings alone says so', () => {
  const cwd = place(files)
  const warned = ['--only', 'status-enum', '--rule', 'status-enum: warn', '-f', 'compact', '--max-warnings']
  expect(run(cwd, [...warned, '1'])).toMatchObject({
    code: 1,
    stderr: 'spec-lint: 2 warnings, and `--max-warnings` allows 1.\n',
  })
  expect(run(cwd, [...warned, '2'])).toMatchObject({code: 0, stderr: ''})
})
