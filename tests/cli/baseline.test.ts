import {execFileSync} from 'node:child_process'
import {readdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {formatNames} from '../../src/report/formats.ts'
import {run} from '../support/cli.ts'
import {clean, numbered, place, read} from '../support/place.ts'

const parked = clean.replace(/^status: .*$/mu, 'status: "Parked"')
const misnumbered = (text: string): string => text.replace('## 4. Configuration', '## 9. Configuration')
const config = 'baseline: ./known.json\n'

describe('spec-lint baseline', () => {
  test('update writes what is known; only what is new is reported, wherever the lines go and wherever it is started', () => {
    const path = place({'spec-lint.yaml': config, 'docs/a.md': parked, 'docs/b.md': numbered(clean, 13)})
    const update = run(path, ['baseline', 'update'])
    expect(update).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'spec-lint: known.json: 1 problem; 1 added, 0 removed.\n',
    })
    expect(read(path, 'known.json')).toMatch(
      /^\{\n {2}"version": 1,\n {2}"tool": "spec-lint [\d.]+",\n {2}"problems": \{\n {4}"docs\/a\.md": \[\n {6}\{"rule": "status-enum", "fingerprint": "[0-9a-f]{32}", "text": "Status `Parked` [^"]*"\}\n {4}\]\n {2}\}\n\}\n$/u,
    )
    expect(run(path, []).stdout).toMatch(/^No problems in 2 files; 1 in the baseline \(/u)
    writeFileSync(join(path, 'docs/a.md'), misnumbered(parked.replace('owner', 'x-note: 1\nowner')))
    const {stdout, code} = run(join(path, 'docs'), ['a.md'])
    expect(stdout).not.toContain('status-enum')
    expect(stdout).toMatch(/^a\.md:\d+:4: warning: Section number `9` follows `3` \[section-numbering\]$/mu)
    expect(code).toBe(0)
    const all = run(path, ['--no-baseline'])
    expect(all.stdout).toContain('[status-enum]')
    expect(all.code).toBe(1)
  })

  test('solved problems are a failure until they are pruned', () => {
    const path = place({'spec-lint.yaml': config, 'a.md': parked, 'b.md': numbered(misnumbered(clean), 13)})
    run(path, ['baseline', 'update'])
    writeFileSync(join(path, 'a.md'), clean)
    const stale = run(path, [])
    expect(stale.code).toBe(1)
    expect(stale.stderr).toBe('spec-lint: 1 problem in known.json no longer occurs. Run `spec-lint baseline prune`.\n')
    expect(run(path, ['--allow-stale-baseline', '--baseline', 'known.json'])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Run `spec-lint baseline prune --baseline known.json`'),
    })
    // Nothing is known of what did not run.
    for (const args of [
      ['b.md'],
      ['--only', 'section-numbering'],
      ['--skip', 'status-enum'],
      ['--rule', 'status-enum: off'],
    ])
      expect(run(path, args)).toMatchObject({code: 0, stderr: ''})
    expect(run(path, ['baseline', 'prune']).stderr).toBe('spec-lint: known.json: 1 problem; 0 added, 1 removed.\n')
    expect(run(path, [])).toMatchObject({code: 0, stderr: ''})
    rmSync(join(path, 'b.md'))
    expect(run(path, ['.']).stderr).toContain('1 problem in known.json no longer occurs')
    run(path, ['baseline', 'prune'])
    expect(JSON.parse(read(path, 'known.json'))).toMatchObject({version: 1, problems: {}})
  })

  test('prune adds nothing; update of one file leaves the others', () => {
    const path = place({'a.md': parked, 'b.md': numbered(parked, 13)})
    const flag = ['--baseline', 'k.json']
    run(path, ['baseline', 'update', ...flag])
    writeFileSync(join(path, 'a.md'), misnumbered(clean))
    run(path, ['baseline', 'prune', ...flag])
    expect(run(path, ['baseline', 'show', ...flag]).stdout).toMatch(/^b\.md: Status `Parked` .* \[status-enum\]\n$/u)
    run(path, ['baseline', 'update', 'a.md', ...flag])
    expect(run(path, ['baseline', 'show', ...flag]).stdout).toMatch(/^a\.md: Section number .*\nb\.md: Status .*\n$/u)
    expect(run(path, flag)).toMatchObject({code: 0})
    expect(readdirSync(path)).toEqual(['a.md', 'b.md', 'k.json'])
  })

  test('is the same from any directory of a repository', () => {
    const path = place({'docs/a.md': parked})
    execFileSync('git', ['init', '-q'], {cwd: path})
    run(path, ['baseline', 'update', '--baseline', 'k.json'])
    run(join(path, 'docs'), ['baseline', 'update', '--baseline', 'k.json'])
    expect(read(path, 'k.json')).toBe(read(path, 'docs/k.json'))
    expect(run(join(path, 'docs'), ['--baseline', '../k.json']).stdout).toMatch(/^No problems in 1 file; 1 in the/u)
  })

  test('of equal problems one more is reported', () => {
    const link = (count: number): string =>
      clean.replace('## 4. Configuration', `${'[gone](gone.md)\n\n'.repeat(count)}## 4. Configuration`)
    const path = place({'spec-lint.yaml': config, 'a.md': link(2)})
    run(path, ['baseline', 'update'])
    expect(run(path, []).stdout).toMatch(/^No problems in 1 file; 2 in the baseline/u)
    writeFileSync(join(path, 'a.md'), link(3))
    expect(run(path, []).stdout.match(/link-target/gu)).toHaveLength(1)
  })
})

describe('a baseline with other flags', () => {
  test('what it holds is not fixed', () => {
    const faulty = clean.replace(/^status: .*$/mu, 'status: draft')
    const path = place({'spec-lint.yaml': config, 'a.md': faulty})
    run(path, ['baseline', 'update'])
    expect(run(path, ['--fix']).stdout).toMatch(/^No problems in 1 file; 1 in the baseline/u)
    expect(read(path, 'a.md')).toBe(faulty)
    run(path, ['--fix', '--no-baseline'])
    expect(read(path, 'a.md')).not.toBe(faulty)
    expect(run(path, ['baseline', 'prune']).code).toBe(0)
  })

  test('JSON counts it, and every format leaves it out', () => {
    const path = place({'spec-lint.yaml': config, 'a.md': misnumbered(parked), 'b.md': numbered(clean, 13)})
    run(path, ['baseline', 'update'])
    writeFileSync(join(path, 'b.md'), numbered(parked, 13))
    const {summary, problems} = JSON.parse(run(path, ['--format', 'json']).stdout) as {
      summary: object
      problems: readonly {path: string; fingerprint: string}[]
    }
    expect(summary).toMatchObject({errors: 1, warnings: 0, baselined: 2, stale: 0, filesWithProblems: 1})
    expect(problems.map((problem) => problem.path)).toEqual(['b.md'])
    const formats = formatNames.filter((name) => name !== 'auto')
    expect(
      run(
        path,
        formats.flatMap((name) => ['--format', `${name}=out/${name}`]),
      ).code,
    ).toBe(1)
    for (const format of formats) {
      expect(read(path, 'out', format), format).toContain('b.md')
      expect(read(path, 'out', format), format).not.toContain('`9` follows')
    }
  })

  test('standard input is held against it', () => {
    const path = place({'spec-lint.yaml': config, 'a.md': parked})
    run(path, ['baseline', 'update'])
    const args = ['--stdin', '--stdin-filename', 'a.md']
    expect(run(path, args, {input: parked}).stdout).toMatch(/^No problems in 1 file; 1 in the baseline/u)
    expect(run(path, args, {input: clean})).toMatchObject({code: 0, stderr: ''})
  })
})

describe('a baseline that can not be used', () => {
  test.for([
    [
      'none',
      undefined,
      /^spec-lint: spec-lint\.yaml:1:11: The baseline that is named here is not there\n {2}`spec-lint baseline update` writes it\.\n$/u,
    ],
    [
      'no JSON',
      '{\n"version": 1,\n<<<<<<< HEAD\n',
      /^spec-lint: known\.json:3:1: The baseline is not JSON: invalid symbol/u,
    ],
    [
      'another version',
      '{"version": 2, "problems": {}}',
      /^spec-lint: known\.json:1:13: The baseline is of version `2`/u,
    ],
    ['no problems', '{"version": 1}', /^spec-lint: known\.json:1:1: The baseline has no `problems`/u],
    ['a list', '[]', /A baseline is an object/u],
    [
      'a problem without a name',
      '{"version": 1, "problems": {"a.md": [\n {"rule": "x"}]}}',
      /^spec-lint: known\.json:2:2: A problem of the baseline has no `fingerprint`/u,
    ],
    ['a file without a list', '{"version": 1, "problems": {"__proto__": 1}}', /The problems of a file are a list/u],
    ['bytes', Buffer.from([0xff, 0x00]), /The baseline can't be read/u],
  ] as const)('%s', ([, content, message]) => {
    const path = place({'spec-lint.yaml': config, 'a.md': clean, ...(content !== undefined && {'known.json': content})})
    const {code, stderr, stdout} = run(path, [])
    expect(stderr).toMatch(message)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('names that an object has by itself are names of files like others', () => {
    const path = place({'spec-lint.yaml': config, 'constructor.md': parked, 'a.md': numbered(clean, 13)})
    writeFileSync(join(path, 'known.json'), '{"version": 1, "problems": {"__proto__": [], "constructor": []}}')
    expect(run(path, []).code).toBe(1)
    run(path, ['baseline', 'update'])
    expect(run(path, []).code).toBe(0)
  })

  test('a path out of the project, and no name at all', () => {
    const outside = place({'spec-lint.yaml': 'baseline: ../known.json\n', 'a.md': clean})
    execFileSync('git', ['init', '-q'], {cwd: outside})
    expect(run(outside, [])).toMatchObject({code: 2, stderr: expect.stringContaining('leads out of the project')})
    const none = place({'a.md': clean})
    expect(run(none, ['baseline', 'update'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No baseline is named'),
    })
    expect(run(none, ['baseline', 'prune', '--baseline', 'k.json']).stderr).toMatch(
      /k\.json: There is no such baseline/u,
    )
  })
})
