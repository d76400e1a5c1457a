import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {chmodSync, lstatSync, readFileSync, readdirSync, statSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {writeTextFile} from '../../src/run/write.ts'
import {binary, root, run} from '../support/cli.ts'
import {clean, numbered, place, read} from '../support/place.ts'

/** A safe fix (the case of the status) and an unsafe one (a number). */
const faulty = clean.replace(/^status: .*$/mu, 'status: draft').replace('## 4. Configuration', '## 9. Configuration')
const safely = clean.replace(/^status: .*$/mu, 'status: Draft').replace('## 4. Configuration', '## 9. Configuration')
const wholly = clean.replace(/^status: .*$/mu, 'status: Draft')

describe('--fix', () => {
  test('makes safe fixes, says how many, and reports what is left', () => {
    const path = place({'a.md': faulty, 'b.md': numbered(faulty, 13), 'c.md': numbered(clean, 14)})
    const before = statSync(join(path, 'c.md')).mtimeMs
    const {stdout, code} = run(path, ['--fix', '.'])
    expect(read(path, 'a.md')).toBe(safely)
    expect(read(path, 'b.md')).toBe(numbered(safely, 13))
    expect(statSync(join(path, 'c.md')).mtimeMs).toBe(before)
    expect(stdout).toMatch(/^a\.md:\d+:4: warning: Section number `9` follows `3` \[section-numbering\]$/mu)
    expect(stdout).toMatch(/^Fixed 2 problems in 2 files\.\n2 warnings in 2 of 3 files/mu)
    expect(stdout).not.toContain('status-enum')
    expect(code).toBe(0)
    expect(readdirSync(path)).toEqual(['a.md', 'b.md', 'c.md'])
  })

  test('with --unsafe-fixes makes all, and a second time nothing', () => {
    const path = place({'a.md': faulty})
    const first = run(path, ['--fix', '--unsafe-fixes', '.'])
    expect(read(path, 'a.md')).toBe(wholly)
    expect(first.stdout).toMatch(/^Fixed 2 problems in 1 file\.\nNo problems in 1 file \(/u)
    expect(run(path, ['--fix', '--unsafe-fixes', '.']).stdout).toMatch(/^No problems in 1 file \(/u)
  })

  test('--unsafe-fixes alone is a mistake of the call', () => {
    const path = place({'a.md': faulty})
    const {code, stderr} = run(path, ['--unsafe-fixes', '.'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/`--unsafe-fixes` alone fixes nothing\n {2}Add `--fix`/u)
  })

  test('--list-files and --only fix no more than they should', () => {
    const path = place({'a.md': faulty})
    run(path, ['--fix', '--list-files', '.'])
    expect(read(path, 'a.md')).toBe(faulty)
    run(path, ['--fix', '--unsafe-fixes', '--only', 'section-numbering', '.'])
    expect(read(path, 'a.md')).toBe(faulty.replace('## 9. Conf', '## 4. Conf'))
  })

  test('what a comment suppresses is not fixed', () => {
    const text = faulty.replace('status: draft', 'status: draft # spec-lint disable-line status-enum')
    const path = place({'a.md': text})
    expect(run(path, ['--fix', '.']).stdout).toMatch(/^1 warning in 1 of 1 file; 1 suppressed \(/mu)
    expect(read(path, 'a.md')).toBe(text)
  })

  test.for([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['no final newline', (text: string) => text.trimEnd()],
    ['many final newlines', (text: string) => `${text}\n\n\n`],
    ['trailing spaces and tabs', (text: string) => text.replaceAll('.\n', '.  \n').replaceAll('\n\n', '\n\t\n')],
    ['mixed line endings', (text: string) => text.replace('owner', 'x-note: 1\r\nowner')],
  ] as const)('keeps %s', ([, change]) => {
    const path = place({'a.md': change(faulty)})
    run(path, ['--fix', '--unsafe-fixes', '.'])
    expect(read(path, 'a.md')).toBe(change(wholly))
  })

  test('JSON says what was fixed', () => {
    const path = place({'a.md': faulty})
    const {stdout} = run(path, ['--fix', '--format', 'json', '.'])
    const {summary, problems} = JSON.parse(stdout) as {summary: object; problems: readonly {ruleId: string}[]}
    expect(summary).toMatchObject({fixed: 1, fixedFiles: 1, fixable: 0, fixableUnsafe: 1})
    expect(problems.map(({ruleId}) => ruleId)).toEqual(['section-numbering'])
  })
})

describe('files that can not be written', () => {
  test('keep their text; the others go on; exit code 2', () => {
    const path = place({'a.md': faulty, 'b.md': numbered(faulty, 13), 'bad.md': Buffer.from([0x23, 0x20, 0xff, 0x0a])})
    chmodSync(join(path, 'a.md'), 0o444)
    const {code, stderr, stdout} = run(path, ['--fix', '.'])
    expect(code).toBe(2)
    expect(stderr).toContain('a.md: It is read-only, and was not written.')
    expect(stderr).toContain('bad.md: Line 1 is not UTF-8')
    expect(read(path, 'a.md')).toBe(faulty)
    expect([...readFileSync(join(path, 'bad.md'))]).toEqual([0x23, 0x20, 0xff, 0x0a])
    expect(read(path, 'b.md')).toBe(numbered(safely, 13))
    expect(stdout).toMatch(/^a\.md:\d+:\d+: error: Status `draft`/mu)
    expect(stdout).toMatch(/^Fixed 1 problem in 1 file\.$/mu)
  })

  test.skipIf(process.platform === 'win32')('a full disk leaves the old text and nothing beside it', () => {
    const path = place({'a.md': faulty})
    // A limit on the size of files fails as a full disk does, in the middle of the write.
    const {status, stderr} = spawnSync(
      'sh',
      ['-c', 'ulimit -f 4; exec "$0" "$@"', process.execPath, binary, '--fix', 'a.md'],
      {
        cwd: path,
        encoding: 'utf8',
      },
    )
    expect(stderr).toContain('a.md: There is no room to write it; it was left as it was.')
    expect(status).toBe(2)
    expect(read(path, 'a.md')).toBe(faulty)
    expect(readdirSync(path)).toEqual(['a.md'])
  })

  test('a file that was changed since it was read is not overwritten', () => {
    const path = place({'a.md': 'changed by another\n'})
    const file = join(path, 'a.md')
    expect(writeTextFile(file, path, faulty, safely)).toMatchObject({code: 'changed'})
    expect(read(file)).toBe('changed by another\n')
    expect(writeTextFile(join(path, 'gone.md'), path, faulty, safely)).toMatchObject({code: 'missing'})
    expect(readdirSync(path)).toEqual(['a.md'])
  })
})

describe.skipIf(process.platform === 'win32')('what a file is', () => {
  test.for([0o600, 0o640, 0o755])('mode %o stays', (mode) => {
    const path = place({'a.md': faulty})
    chmodSync(join(path, 'a.md'), mode)
    run(path, ['--fix', '.'])
    expect(statSync(join(path, 'a.md')).mode & 0o7777).toBe(mode)
    expect(read(path, 'a.md')).toBe(safely)
  })

  test('a link stays a link, and its target is written', () => {
    const path = place({'real/a.md': faulty, '.git/HEAD': ''})
    symlinkSync('real/a.md', join(path, 'link.md'))
    run(path, ['--fix', 'link.md'])
    expect(lstatSync(join(path, 'link.md')).isSymbolicLink()).toBe(true)
    expect(read(path, 'real/a.md')).toBe(safely)
  })

  test('a link to a file outside is not followed', () => {
    const outside = place({'a.md': faulty})
    const path = place({'.git/HEAD': ''})
    symlinkSync(join(outside, 'a.md'), join(path, 'link.md'))
    expect(run(path, ['--fix', 'link.md']).code).toBe(2)
    expect(read(outside, 'a.md')).toBe(faulty)
    expect(writeTextFile(join(path, 'link.md'), path, faulty, safely)).toMatchObject({code: 'outside-root'})
  })
})

test('two runs at once leave whole files', async () => {
  const names = Array.from({length: 6}, (_, index) => `${index}.md`)
  const path = place(Object.fromEntries(names.map((name, index) => [name, numbered(faulty, index + 20)])))
  const start = (): Promise<unknown> =>
    new Promise((done) => {
      spawn(process.execPath, [binary, '--fix', '--unsafe-fixes', '.'], {cwd: path, stdio: 'ignore'}).on('exit', done)
    })
  await Promise.all([start(), start()])
  expect(names.map((name) => read(path, name))).toEqual(names.map((_, index) => numbered(wholly, index + 20)))
  expect(readdirSync(path)).toEqual(names)
})

describe('--diff', () => {
  test.for([
    ['plain', faulty, wholly],
    ['CRLF', faulty.replaceAll('\n', '\r\n'), wholly.replaceAll('\n', '\r\n')],
    ['no final newline', faulty.trimEnd(), wholly.trimEnd()],
  ] as const)('prints a patch that git applies, and writes nothing: %s', ([, before, after]) => {
    const path = place({'docs/a b.md': before, 'docs/c.md': numbered(before, 13)})
    const {stdout, stderr, code} = run(path, ['--diff', '--unsafe-fixes', '.'])
    expect(code).toBe(1)
    expect(stderr).toBe('spec-lint: Would fix 4 problems in 2 files.\n')
    expect(read(path, 'docs/a b.md')).toBe(before)
    expect(stdout).toMatch(/^--- a\/docs\/a b\.md\t\n\+\+\+ b\/docs\/a b\.md\t\n@@ /u)
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {cwd: path, input: stdout})
    expect(read(path, 'docs/a b.md')).toBe(after)
    expect(read(path, 'docs/c.md')).toBe(numbered(after, 13))
  })

  test('is empty where there is nothing to fix', () => {
    const path = place({'a.md': clean.replace('## 4. Configuration', '## 9. Configuration')})
    const {stdout, stderr, code} = run(path, ['--diff', '.'])
    expect([stdout, stderr, code]).toEqual(['', 'spec-lint: There is nothing to fix.\n', 0])
  })

  test('of standard input', () => {
    const path = place({})
    const {stdout, code} = run(path, ['--diff', '--stdin', '--stdin-filename', 'docs/a.md'], {input: faulty})
    expect(stdout).toMatch(
      /^--- a\/docs\/a\.md\n\+\+\+ b\/docs\/a\.md\n@@ .*\n[^]*\n-status: draft\n\+status: Draft\n/u,
    )
    expect(code).toBe(1)
  })
})

describe('--fix --stdin', () => {
  const args = ['--fix', '--stdin', '--stdin-filename', 'a.md']

  test('the document on standard output, the report on standard error', () => {
    const {stdout, stderr, code} = run(place({}), args, {input: faulty})
    expect(stdout).toBe(safely)
    expect(stderr).toMatch(/^a\.md:\d+:4: warning: .*\[section-numbering\]\nFixed 1 problem in 1 file\.\n/u)
    expect(code).toBe(0)
  })

  test('JSON on standard error', () => {
    const {stdout, stderr} = run(place({}), [...args, '--format', 'json'], {input: faulty})
    expect(stdout).toBe(safely)
    expect(JSON.parse(stderr)).toMatchObject({summary: {fixed: 1}})
  })

  test.for([
    ['a clean one', clean, 0],
    ['one of no type', '# Dear all\r\n\r\nNo specification.', 0],
    ['nothing', '', 0],
  ] as const)('%s comes out as it went in', ([, input, code]) => {
    const outcome = run(place({}), args, {input})
    expect([outcome.stdout, outcome.code]).toEqual([input, code])
  })

  test('bytes that are not UTF-8 come out as they went in', () => {
    const input = Buffer.from([0x23, 0xff, 0x0a])
    const {status, stdout} = spawnSync(process.execPath, [binary, ...args], {cwd: place({}), input})
    expect([...stdout]).toEqual([...input])
    expect(status).toBe(2)
  })
})

test('--show-fixes shows what each fix changes', () => {
  const {stdout} = run(place({'a.md': faulty}), ['--format', 'pretty', '--show-fixes', '.'])
  expect(stdout).toMatch(/error status-enum \[fixable\]\n/u)
  expect(stdout).toContain('  fix: Change to `Draft`\n\n    - status: draft\n    + status: Draft\n')
  expect(stdout).toContain('  fix: Change 9 to 4 (unsafe)\n\n    - ## 9. Configuration\n    + ## 4. Configuration\n')
  expect(stdout).toMatch(/\n1 fixable with --fix, 1 more with --fix --unsafe-fixes\n$/u)
})

describe('comments', () => {
  const quiet = faulty
    .replace('status: draft', 'status: draft # spec-lint disable-line status-enum -- taken over')
    .replace('## 9. Conf', '<!-- spec-lint disable-next-line section-numbering -->\n## 9. Conf')

  test('suppress, and are counted', () => {
    const {stdout, code} = run(place({'a.md': quiet}), ['.'])
    expect(stdout).toMatch(/^No problems in 1 file; 2 suppressed \(/u)
    expect(code).toBe(0)
  })

  test('--no-inline-config disregards them', () => {
    expect(run(place({'a.md': quiet}), ['--no-inline-config', '.']).stdout).toMatch(
      /^1 error, 1 warning in 1 of 1 file \(/mu,
    )
  })

  test('--include-suppressed lists what they suppress', () => {
    const {stdout} = run(place({'a.md': quiet}), ['--format', 'json', '--include-suppressed', '.'])
    const {summary, problems} = JSON.parse(stdout) as {
      summary: {suppressed: number; errors: number}
      problems: readonly {ruleId: string; suppressed: boolean; suppression?: {kind: string; justification: string}}[]
    }
    expect(summary).toMatchObject({suppressed: 2, errors: 0})
    expect(
      problems.map(({ruleId, suppressed, suppression}) => [
        ruleId,
        suppressed,
        suppression?.kind,
        suppression?.justification,
      ]),
    ).toEqual([
      ['status-enum', true, 'inSource', 'taken over'],
      ['section-numbering', true, 'inSource', ''],
    ])
    expect(
      (JSON.parse(run(place({'a.md': quiet}), ['--format', 'json', '.']).stdout) as {problems: unknown[]}).problems,
    ).toEqual([])
  })

  test.for([
    ['requireReason: true', 1, /\d+:1: error: Comment .* gives no reason \[suppression-reason\]/u],
    ['requireReason: warn', 0, /\d+:1: warning: Comment .* gives no reason \[suppression-reason\]/u],
    ['requireRule: true', 1, /10:1: error: Comment .* names no rule \[suppression-rule\]/u],
    ['reportUnused: error', 1, /10:1: error: Comment .* suppresses nothing \[suppression-unused\]/u],
    ['reportUnused: off', 0, /^No problems/u],
  ] as const)('configuration %s', ([setting, code, words]) => {
    const text = quiet.replace('## 1.', '<!-- spec-lint disable-next-line -- because -->\n## 1.')
    const outcome = run(place({'a.md': text, 'spec-lint.yaml': `suppressions: {${setting}}\n`}), ['.'])
    expect(outcome.stdout).toMatch(words)
    expect(outcome.code).toBe(code)
  })

  test.for([
    [
      'suppressions: {requireReasons: true}',
      /`requireReasons` is no key of a configuration\n {2}Write `requireReason`/u,
    ],
    ['suppressions: {reportUnused: eror}', /`eror` is no severity\n {2}Write `error`/u],
    ['supressions: {}', /`supressions` is no key of a configuration\n {2}Write `suppressions`/u],
  ] as const)('%s is a mistake', ([text, words]) => {
    const {stderr, code} = run(place({'a.md': clean, 'spec-lint.yaml': `${text}\n`}), ['.'])
    expect(stderr).toMatch(words)
    expect(code).toBe(2)
  })
})

test('help fits a screen', () => {
  const lines = run(root, ['--help']).stdout.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(40)
  expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(80)
  const whole = run(root, ['help', 'lint']).stdout
  for (const flag of ['--fix', '--unsafe-fixes', '--diff', '--show-fixes', '--no-inline-config', '--rule', '--fail-on'])
    expect(whole).toContain(flag)
})
