import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import {formatNames} from '../../src/report/formats.ts'
import {folder, root, run} from '../support/cli.ts'
import {clean, numbered, place as folderWith} from '../support/place.ts'

const faulty = clean.replace(/^status: .*$/mu, 'status: "Parked"')
const warned = clean.replace('## 4. Configuration', '## 9. Configuration')

const place = folder({
  'docs/clean.md': clean,
  'docs/faulty.md': numbered(faulty, 13),
  'docs/warned.md': numbered(warned, 14),
  'docs/letter.md': '# Dear all\n\nNo specification.\n',
  'docs/empty.md': '',
  'docs/a b [c].md': numbered(clean, 15),
  'docs/crlf.md': `\uFEFF${numbered(faulty, 16).replaceAll('\n', '\r\n')}`,
  'other.txt': 'text',
})
afterAll(place.remove)
const {path} = place

describe('exit codes', () => {
  test.for([
    ['a clean document', ['docs/clean.md'], 0],
    ['an error', ['docs/faulty.md'], 1],
    ['a warning', ['docs/warned.md'], 0],
    ['a warning that counts', ['docs/warned.md', '--fail-on', 'warn'], 1],
    ['more warnings than allowed', ['docs/warned.md', '--max-warnings', '0'], 1],
    ['an error that does not count', ['docs/faulty.md', '--fail-on', 'never'], 0],
    ['a document of no type', ['docs/letter.md'], 0],
    ['an empty document', ['docs/empty.md'], 0],
    ['a path that matches nothing', ['nowhere.md'], 2],
    ['a pattern that matches nothing', ['nowhere/**/*.md'], 2],
    ['a path that may match nothing', ['nowhere.md', '--no-error-on-unmatched'], 0],
    ['an unknown flag', ['--fromat', 'json'], 2],
    ['an unknown format', ['--format', 'jsn', 'docs/clean.md'], 2],
    ['an unknown type', ['--type', 'prdd', 'docs/clean.md'], 2],
    ['an unknown rule', ['--only', 'status-enm', 'docs/clean.md'], 2],
    ['a bad number', ['--max-warnings', 'many'], 2],
    ['help', ['--help'], 0],
    ['the version', ['--version'], 0],
    ['a file name with spaces and brackets', ['docs/a b [c].md'], 0],
  ] as const)('%s', ([, args, code]) => {
    const outcome = run(path, args)
    expect(outcome.code, outcome.stderr).toBe(code)
    expect(outcome.stderr).not.toMatch(/\n\s+at /u)
  })

  test.for([
    [['--fromat', 'json'], /unknown option '--fromat'.*perhaps you meant --format/u],
    [['--format', 'jsn'], /There is no format `jsn`\n {2}Perhaps you meant `json`/u],
    [['--type', 'prdd', 'docs'], /There is no type `prdd`\n {2}Write `prd`/u],
    [['--rule', 'status-enm: off', 'docs'], /There is no rule `status-enm`\n {2}Perhaps you meant `status-enum`/u],
    [['nowhere/**/*.md'], /No file matches "nowhere\/\*\*\/\*\.md"/u],
    [
      ['docs/letter.md'],
      /no file to check\. 1 Markdown file was found: 1 of no type, 0 ignored\. Run `spec-lint inspect FILE`/u,
    ],
  ] as const)('%s says what is wrong', ([args, words]) => {
    const {stderr, stdout} = run(path, args)
    expect(stderr).toMatch(words)
    expect(stdout).toBe('')
  })
})

describe('files', () => {
  test('a directory is searched, and what is no specification is skipped and counted', () => {
    const {stdout, code} = run(path, ['docs', '--format', 'compact'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^docs\/crlf\.md:3:9: error: Status `Parked`.*\[status-enum\]$/mu)
    expect(stdout).toMatch(/^2 errors, 1 warning in 3 of 5 files; skipped: 2 of no type \(/mu)
  })

  test('a pattern, a directory named as a file, and no path at all', () => {
    const inner = folder({'x.md/inside.md': faulty, 'y.markdown': clean})
    expect(run(inner.path, ['*.markdown', '--list-files']).stdout).toBe('y.markdown\n')
    expect(run(inner.path, ['x.md', '--list-files']).stdout).toBe('x.md/inside.md\n')
    expect(run(inner.path, ['**/{inside,y}.*', '--list-files']).stdout).toBe('x.md/inside.md\ny.markdown\n')
    expect(run(inner.path, ['--list-files']).stdout).toBe('x.md/inside.md\ny.markdown\n')
    inner.remove()
  })

  test('.gitignore holds in a search, not for a file by name', () => {
    const inner = folder({
      '.gitignore': 'drafts/\n',
      'drafts/a.md': faulty,
      'b.md': clean,
      'sub/.gitignore': '*.md\n!keep.md\n',
      'sub/c.md': faulty,
      'sub/keep.md': clean,
      'node_modules/d.md': faulty,
    })
    execFileSync('git', ['init', '-q'], {cwd: inner.path})
    expect(run(inner.path, ['.', '--list-files']).stdout).toBe('b.md\nsub/keep.md\n')
    expect(run(join(inner.path, 'sub'), ['.', '--list-files']).stdout).toBe('keep.md\n')
    expect(run(inner.path, ['.', '--no-ignore', '--list-files']).stdout).toBe(
      'b.md\ndrafts/a.md\nsub/c.md\nsub/keep.md\n',
    )
    expect(run(inner.path, ['drafts/a.md']).code).toBe(1)
    expect(run(inner.path, ['.', '--ignore-pattern', 'sub/**', '--list-files']).stdout).toBe('b.md\n')
    inner.remove()
  })

  test('standard input', () => {
    expect(
      run(path, ['--stdin', '--stdin-filename', 'docs/new.md', '--format', 'compact'], {input: faulty}).stdout,
    ).toMatch(/^docs\/new\.md:3:9: error: Status `Parked`/u)
    expect(run(path, ['--stdin', '--type', 'prd'], {input: clean}).code).toBe(0)
    expect(run(path, ['--stdin'], {input: clean})).toMatchObject({code: 2, stdout: ''})
    expect(run(path, ['--stdin', '--type', 'prd'], {input: Buffer.from([0xff, 0xfe, 0x41])}).code).toBe(2)
  })

  test('standard input among the files', () => {
    const of = (number: number): string => numbered(clean, number).replaceAll('FR12.', `FR${number}.`)
    const project = folderWith({'spec-lint.yaml': 'ignore: [old]\n', 'a.md': of(13), 'old/b.md': of(14)})
    const text = clean.replace('## 4. ', 'Rests on FR13.1 of PRD 13 and on FR14.1 of PRD 14.\n\n## 4. ')
    const linted = (name: string, ...more: readonly string[]) =>
      run(project, ['--stdin', '--stdin-filename', name, '--format', 'compact', ...more], {input: text})
    expect(linted('new.md')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^new\.md:\d+:\d+: error: `FR14\.1` is defined nowhere [^\n]*\n1 error[^\n]*\n$/u),
    })
    const left = {code: 0, stderr: expect.stringContaining('1 Markdown file was found: 0 of no type, 1 ignored')}
    expect(linted('old/new.md')).toMatchObject(left)
    expect(linted('new.md', '--ignore-pattern', 'n*')).toMatchObject(left)
    expect(linted('old/new.md', '--fix')).toMatchObject({...left, stdout: text})
  })
})

describe('bad input', () => {
  const bad = folder({
    'ok.md': faulty,
    'latin1.md': Buffer.concat([Buffer.from(`${clean}\n`), Buffer.from([0x63, 0x61, 0x66, 0xe9])]),
    'utf16.md': Buffer.from(`\uFEFF${clean}`, 'utf16le'),
    'binary.md': Buffer.from([0x23, 0x20, 0x00, 0x01]),
    'deep.md': '>'.repeat(60_000),
    'large.md': Buffer.alloc(5 * 1024 * 1024, 0x61),
  })
  afterAll(bad.remove)

  test.for([
    ['latin1.md', /latin1\.md: Line \d+ is not UTF-8/u],
    ['utf16.md', /utf16\.md: It is UTF-16/u],
    ['binary.md', /binary\.md: It holds NUL bytes/u],
    ['deep.md', /deep\.md: It is nested too deeply to be read/u],
    ['large.md', /large\.md: It has 5242880 bytes; 4194304 is the most/u],
  ] as const)('%s is named, and the other files are linted', ([name, words]) => {
    const {code, stdout, stderr} = run(bad.path, [name, 'ok.md', '--format', 'compact'])
    expect(code).toBe(2)
    expect(stderr).toMatch(words)
    expect(stdout).toContain('ok.md:3:9: error:')
  })

  test('links that leave the repository, loops, pipes and devices are refused', () => {
    const inner = folder({'in/ok.md': clean, 'secret.md': '# secret'})
    execFileSync('git', ['init', '-q'], {cwd: join(inner.path, 'in')})
    symlinkSync('../secret.md', join(inner.path, 'in/out.md'))
    symlinkSync('loop.md', join(inner.path, 'in/loop.md'))
    symlinkSync('/dev/zero', join(inner.path, 'in/zero.md'))
    execFileSync('mkfifo', [join(inner.path, 'in/fifo.md')])
    const {code, stderr, stdout} = run(join(inner.path, 'in'), ['ok.md', 'out.md', 'loop.md', 'zero.md', 'fifo.md'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/out\.md: It is a link to a file outside/u)
    expect(stderr).toMatch(/loop\.md: /u)
    expect(stderr).toMatch(/zero\.md: /u)
    expect(stderr).toMatch(/fifo\.md: It is not a regular file/u)
    expect(stderr + stdout).not.toContain('secret.md:')
    expect(run(join(inner.path, 'in'), ['.', '--list-files']).stdout).toBe('ok.md\n')
    inner.remove()
  })

  test('a file that can not be read', () => {
    if (process.getuid?.() === 0) return
    const inner = folder({'locked.md': clean})
    chmodSync(join(inner.path, 'locked.md'), 0)
    expect(run(inner.path, ['locked.md'])).toMatchObject({code: 2})
    inner.remove()
  })

  test('front matter that is none', () => {
    const inner = folder({})
    mkdirSync(join(inner.path, 'd'))
    writeFileSync(join(inner.path, 'd/unclosed.md'), clean.replace(/^---$/mu, '---').replace(/\n---\n/u, '\n'))
    writeFileSync(join(inner.path, 'd/alias.md'), clean.replace(/^status: .*$/mu, 'status: *x'))
    writeFileSync(join(inner.path, 'd/twice.md'), clean.replace(/^(status: .*)$/mu, '$1\n$1'))
    const {stdout, code} = run(inner.path, ['d', '--format', 'compact', '--type', 'prd', '--only', 'metadata-syntax'])
    expect(code).toBe(1)
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'd/alias.md:3:9: error: YAML anchors and aliases are not read in front matter [metadata-syntax]',
      'd/twice.md:4:1: error: `status` is already set on line 3 [metadata-syntax]',
      'd/unclosed.md:1:1: error: Front matter has no closing `---` [metadata-syntax]',
    ])
    inner.remove()
  })
})

describe('output', () => {
  test('pretty shows the line, underlines the range and says what to write', () => {
    const {stdout} = run(path, ['docs/faulty.md', '--format', 'pretty'])
    expect(stdout).toContain(
      [
        'docs/faulty.md:3:9 error status-enum',
        "  Status `Parked` is none of the type's values",
        '',
        '   2 | prd_version: "1.2"',
      ]
        .slice(0, 3)
        .join('\n'),
    )
    expect(stdout).toMatch(/ > 3 \| status: "Parked"\n {5}\| {9}\^{8}\n/u)
    expect(stdout).toContain('help: Set `status` to one of `Draft`, `Active`, `Deprecated`.')
    expect(stdout).not.toContain('\u001B')
  })

  test('carets stand under wide characters', () => {
    const {stdout} = run(path, ['--stdin', '--type', 'prd', '--format', 'pretty', '--only', 'no-placeholder'], {
      input: '# 12 – 漢字🚲\n\n漢字🚲\tx [Feature Name] y\n',
    })
    const [line, carets] = stdout.split('\n').filter((text) => text.includes('[Feature Name] y') || text.includes('^^'))
    expect(line).toBe(' > 3 | 漢字🚲 x [Feature Name] y')
    expect(carets).toBe('     |          ^^^^^^^^^^^^^^')
  })

  test('colour follows the flag, then NO_COLOR, then FORCE_COLOR, then the terminal', () => {
    const args = ['docs/faulty.md', '--format', 'pretty']
    const has = (more: readonly string[], env: Readonly<Record<string, string>> = {}): boolean =>
      run(path, [...args, ...more], {env}).stdout.includes('\u001B[')
    expect(has([])).toBe(false)
    expect(has(['--color', 'always'])).toBe(true)
    expect(has([], {FORCE_COLOR: '1'})).toBe(true)
    expect(has([], {FORCE_COLOR: '1', NO_COLOR: '1'})).toBe(false)
    expect(has(['--no-color'], {FORCE_COLOR: '1'})).toBe(false)
    expect(has([], {FORCE_COLOR: '0'})).toBe(false)
  })

  test('json is one document with a stable form', () => {
    const {stdout, stderr} = run(path, ['docs/faulty.md', 'docs/letter.md', '--format', 'json'])
    expect(stderr).toBe('')
    const report: unknown = JSON.parse(stdout)
    expect(report).toMatchObject({
      version: 1,
      tool: {name: 'spec-lint'},
      summary: {
        files: 1,
        filesWithProblems: 1,
        errors: 1,
        warnings: 0,
        infos: 0,
        suppressed: 0,
        baselined: 0,
        skipped: {noType: 1},
      },
      problems: [
        {
          path: 'docs/faulty.md',
          type: 'prd',
          ruleId: 'status-enum',
          severity: 'error',
          message: "Status `Parked` is none of the type's values",
          note: 'Set `status` to one of `Draft`, `Active`, `Deprecated`.',
          start: {line: 3, column: 9},
          end: {line: 3, column: 17},
          actual: '"Parked"',
          expected: [],
          suppressed: false,
        },
      ],
      errors: [],
    })
  })

  test('a fingerprint does not move with its line', () => {
    const moved = faulty.replace('status:', 'other: x\nstatus:')
    const print = (text: string): unknown =>
      (
        JSON.parse(
          run(path, ['--stdin', '--stdin-filename', 'a.md', '--only', 'status-enum', '--format', 'json'], {input: text})
            .stdout,
        ) as {problems: {fingerprint: string}[]}
      ).problems[0]?.fingerprint
    expect(print(faulty)).toMatch(/^[0-9a-f]{32}$/u)
    expect(print(moved)).toBe(print(faulty))
  })

  test('no text of a document reaches the terminal as a control', () => {
    const hostile = clean
      .replace(/^status: .*$/mu, 'status: "\\e[2J\\u202EParked\\a"')
      .replace('## 4. Configuration', '## 4. Conf\u001B]0;x\u0007iguration\u202E')
    for (const format of ['pretty', 'compact']) {
      const {stdout, stderr} = run(
        path,
        ['--stdin', '--stdin-filename', 'a\u001B[31m.md', '--type', 'prd', '--format', format],
        {input: hostile},
      )
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E]/u)
    }
  })

  test('a closed pipe is no error', () => {
    const shell = `"${process.execPath}" "${join(root, 'dist/src/cli/main.js')}" docs --format json | head -c 1; echo " \${PIPESTATUS[0]}"`
    expect(execFileSync('bash', ['-c', shell], {cwd: path, encoding: 'utf8'})).toMatch(/^\{ \d+\n$/u)
  })
})

describe('commands', () => {
  test('the page of `lint` has every option and format', () => {
    const {code, stdout} = run(path, ['help', 'lint'])
    expect(code).toBe(0)
    const named = stdout.slice(stdout.indexOf('Formats:')).match(/\w+/gu) ?? []
    expect(formatNames.filter((name) => !new Set<string>(named).has(name))).toEqual([])
    expect(stdout).toContain('--no-error-on-unmatched')
  })

  test('help fits a small terminal', () => {
    const lines = run(path, ['--help']).stdout.trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(40)
    expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(80)
  })

  test('explain prints the page of a rule', () => {
    expect(run(path, ['explain', 'status-enum']).stdout).toMatch(/^# status-enum\n/u)
    expect(JSON.parse(run(path, ['explain', 'status-enum', '--json']).stdout)).toMatchObject({
      id: 'status-enum',
      category: 'metadata',
    })
    expect(run(path, ['explain', 'status-enm'])).toMatchObject({code: 2, stdout: ''})
    expect(run(path, ['explain', 'status-enm']).stderr).toContain('Perhaps you meant `status-enum`')
  })

  test('rules and types', () => {
    expect(run(path, ['rules']).stdout).toMatch(/^migration-required +error +migration /mu)
    expect((JSON.parse(run(path, ['rules', '--json']).stdout) as unknown[]).length).toBeGreaterThan(25)
    expect(run(path, ['types']).stdout).toMatch(/^prd-iosm +detected /mu)
  })

  test('inspect says why', () => {
    const {stdout} = run(path, ['inspect', 'docs/faulty.md'])
    expect(stdout).toMatch(/^Type +prd \(detected\)$/mu)
    expect(stdout).toMatch(/^ {2}status +Parked \(line 3, frontMatter\)$/mu)
    expect(stdout).toMatch(/^ {4}Database Schema +found +line \d+$/mu)
    expect(run(path, ['inspect', 'docs/letter.md']).stdout).toMatch(/^Type +none \(no type reaches its minimum\)$/mu)
    expect(JSON.parse(run(path, ['inspect', 'docs/clean.md', '--json']).stdout)).toMatchObject({
      type: 'prd',
      phase: 'final',
    })
    expect(run(path, ['inspect', 'nowhere.md']).code).toBe(2)
  })
})
