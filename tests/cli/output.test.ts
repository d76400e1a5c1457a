import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {writeReport} from '../../src/cli/output.ts'
import {reportOf} from '../../src/report/report.ts'
import {emptyRun} from '../../src/run/types.ts'
import {binary, run} from '../support/cli.ts'
import {clean, place, read} from '../support/place.ts'
const whole = /^\[\]\n$/u

function write(file: string): void {
  writeReport(reportOf(emptyRun, 1, false), [{format: 'gitlab', file}], {color: 'never'}, 'stdout')
}

test('a report takes the place of an older one at once, with its mode', () => {
  const folder = place({'out.json': 'old'})
  const file = join(folder, 'out.json')
  chmodSync(file, 0o640)
  const reader = openSync(file, 'r')
  write(file)
  expect(read(file)).toMatch(whole)
  expect(statSync(file).mode & 0o777).toBe(0o640)
  // Who had it open goes on to read the old one.
  expect(readFileSync(reader, 'utf8')).toBe('old')
  closeSync(reader)
  expect(readdirSync(folder)).toEqual(['out.json'])
})

test('folders are made, and links are written through', () => {
  const folder = place({'real.json': 'old'})
  write(join(folder, 'a/b/new.json'))
  expect(read(folder, 'a/b/new.json')).toMatch(whole)
  symlinkSync('real.json', join(folder, 'link.json'))
  write(join(folder, 'link.json'))
  expect(read(folder, 'real.json')).toMatch(whole)
  expect(readdirSync(folder).toSorted()).toEqual(['a', 'link.json', 'real.json'])
})

test('what can not be written is told, and nothing is left behind', () => {
  const folder = place({'readonly.json': 'old'})
  chmodSync(join(folder, 'readonly.json'), 0o444)
  mkdirSync(join(folder, 'directory'))
  expect(() => write(join(folder, 'readonly.json'))).toThrow(/was not written\. It is read-only/u)
  expect(() => write(join(folder, 'directory'))).toThrow(/was not written\. EISDIR/u)
  expect(() => write(join(folder, 'readonly.json/x.json'))).toThrow(/was not written\./u)
  expect(read(folder, 'readonly.json')).toBe('old')
  expect(readdirSync(folder).toSorted()).toEqual(['directory', 'readonly.json'])
})

test.runIf(existsSync('/dev/full'))('a full disk is told in a line', () => {
  const folder = place({'a.md': clean})
  const {status, stderr} = spawnSync('sh', ['-c', '"$0" "$1" . -f json > /dev/full', process.execPath, binary], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(stderr).toMatch(/^spec-lint: Standard output can't be written: ENOSPC.*\.\n$/u)
  expect(status).toBe(2)
})

test('SARIF lists what a comment suppresses, with its reason, and standard output may be named', () => {
  const folder = place({})
  const comment = '<!-- spec-lint disable-file status-enum -- not ours -->'
  writeFileSync(join(folder, 'a.md'), `${clean.replace(/^status: .*$/mu, 'status: Parked')}\n${comment}\n`)
  const args = ['a.md', '--skip', 'stale-date', '-f', 'sarif=/dev/stdout']
  const results = (more: readonly string[]): unknown => {
    const {stdout} = run(folder, [...args, ...more])
    return (JSON.parse(stdout) as {runs: {results: unknown}[]}).runs[0]?.results
  }
  expect(results([])).toEqual([])
  expect(results(['--include-suppressed'])).toMatchObject([
    {ruleId: 'status-enum', suppressions: [{kind: 'inSource', justification: 'not ours'}]},
  ])
})
