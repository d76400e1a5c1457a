import {execFileSync} from 'node:child_process'
import {mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {writeReport} from '../../src/cli/output.ts'
import {reportOf} from '../../src/report/report.ts'
import {emptyRun} from '../../src/run/types.ts'
import {fixPaths} from '../../src/run/fix.ts'
import {runOptions} from '../../src/run/options.ts'
import {createTextFile} from '../../src/run/write.ts'
import {clean, read} from '../support/place.ts'

const disk = mkdtempSync(join(tmpdir(), 'spec-lint-disk-'))

/** A disk of 64 kB, which only an administrator may mount; elsewhere these tests are shown as skipped. */
function isMounted(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], {stdio: 'ignore'})
    return true
  } catch {
    return false
  }
}

const mounted = isMounted()
afterAll(() => {
  if (mounted) execFileSync('umount', [disk])
  rmSync(disk, {recursive: true})
})

/** Leaves no block free. */
function fill(): void {
  const {bavail, bsize} = statfsSync(disk)
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize))
}

test.runIf(mounted)('on a full disk a document is left as it was, and all is told', async () => {
  const faulty = clean.replace(/^status: .*$/mu, 'status: draft')
  writeFileSync(join(disk, 'a.md'), faulty)
  fill()
  const options = runOptions({cwd: disk, config: false, cache: 'kept', skip: ['stale-date']})
  const {errors, fixed, files} = await fixPaths(['.'], options, {unsafe: false, write: true})
  expect(errors).toEqual([
    {path: 'a.md', code: 'no-space', message: 'There is no room to write it; it was left as it was'},
  ])
  expect(fixed).toEqual([])
  expect(files.flatMap(({result}) => result.findings.map(({ruleId}) => ruleId))).toEqual(['status-enum'])
  expect(read(disk, 'a.md')).toBe(faulty)

  const write = (): void =>
    writeReport(
      reportOf(emptyRun, 1, false),
      [{format: 'json', file: join(disk, 'out.json')}],
      {color: 'never'},
      'stdout',
    )
  expect(write).toThrow(/`.*out\.json` was not written\. There is no room to write it$/u)
  expect(createTextFile(join(disk, 'new.md'), clean)).toEqual({
    code: 'no-space',
    message: 'There is no room to write it',
  })
  // Nothing half is left, and a cache without room is none.
  expect(
    readdirSync(disk, {recursive: true, encoding: 'utf8'}).filter((name) => /\.(?:tmp|json)$|^new/u.test(name)),
  ).toEqual([])
})
