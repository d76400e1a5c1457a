import {describe, expect, test} from 'vitest'
import {fixPaths} from '../../src/run/fix.ts'
import {type RunOptions, runOptions} from '../../src/run/options.ts'
import {lintPaths} from '../../src/run/run.ts'
import {run} from '../support/cli.ts'
import {clean, numbered, place} from '../support/place.ts'

const telling = (text: string, sentence: string): string => text.replace('## 4. ', `${sentence}\n\n## 4. `)
const of = (number: number): string => numbered(clean, number).replaceAll('FR12.', `FR${number}.`)
const files = {
  'spec-lint.yaml': 'types: {prd: {files: ["docs/**"]}}\nignore: ["docs/old/**"]\n',
  'docs/a.md': telling(clean, 'Rests on FR13.1 of PRD 13, FR14.1 of PRD 14 and FR15.1 of PRD 15.'),
  'docs/b.md': of(13),
  'docs/old/c.md': of(14),
  // Nobody asks what is wrong with these.
  'docs/d.md': Buffer.from([0xff, 0xfe, 0x41, 0x00]),
  'docs/e.md': of(16).replace(/^status: .*$/mu, 'status: "Parked"'),
}

async function told(paths: readonly string[], options: RunOptions): Promise<readonly string[]> {
  const {files: linted, errors} = await lintPaths(paths, {...options, only: ['reference-exists', 'status-enum']})
  const findings = linted.flatMap(({path, result}) => result.findings.map(({reason}) => `${path}: ${reason}`))
  return [...findings, ...errors.map(({path, message}) => `${path}: ${message}`)]
}

describe('documents that are named one by one', () => {
  test.each([
    ['in one thread', {}],
    ['in two threads', {concurrency: 2}],
    ['with a cache', {cache: true}],
  ] as const)('what the others define is known, %s', async (_, given) => {
    const options = runOptions({cwd: place(files), ...given})
    const alone = ['docs/a.md: `FR14.1` is defined nowhere', 'docs/a.md: `FR15.1` is defined nowhere']
    expect(await told(['docs/a.md'], options)).toEqual(alone)
    expect(await told(['docs/a.md'], options)).toEqual(alone)
    expect(await told(['docs/a.md', 'docs/b.md'], options)).toEqual(alone)
    expect(await told(['docs/b.md'], options)).toEqual([])
    expect(await told(['docs/a.md'], {...options, ignorePatterns: ['**/b.md']})).toHaveLength(3)
    expect(await told(['docs/[a]*'], options)).toHaveLength(3)
  })

  test('nothing is fixed in the others', async () => {
    const options = runOptions({cwd: place(files), only: ['reference-exists', 'status-enum']})
    const {files: linted, fixed} = await fixPaths(['docs/a.md'], options, {unsafe: true, write: false})
    expect(linted.map(({path, result}) => [path, result.findings.length])).toEqual([['docs/a.md', 2]])
    expect(fixed).toEqual([])
  })

  test('a problem of the baseline that two documents have together goes on occurring', () => {
    const path = place({
      'spec-lint.yaml': 'baseline: ./known.json\n',
      'a.md': clean,
      'b.md': clean,
      'c.md': numbered(clean, 13),
    })
    expect(run(path, ['baseline', 'update']).stderr).toMatch(/: 2 problems; 2 added/u)
    expect(run(path, ['a.md'])).toMatchObject({code: 0, stderr: ''})
    expect(run(path, ['a.md', 'c.md'])).toMatchObject({code: 0, stderr: ''})
    expect(run(path, ['--no-baseline', 'a.md', 'b.md'])).toMatchObject({code: 1})
  })
})
