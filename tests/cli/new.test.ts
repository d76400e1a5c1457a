import {execFileSync} from 'node:child_process'
import {existsSync, readFileSync, readdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {folder, root, run} from '../support/cli.ts'

const prd = readFileSync(join(root, 'examples/prd/0007-ticket-photos.md'), 'utf8')
const config = `types:
  prd:
    files: ['docs/prd/**/*.md']
  rfc:
    template: docs/rfc-template.md
    files: ['docs/rfcs/*.md']
`
const rfc = `---
status: Draft # Draft | Accepted
created: YYYY-MM-DD
owner: "[Your Name]"
---

# RFC NNNN: [Title]

## Why [Title]

[What is wrong today?]
`

let made = folder({})
afterEach(() => made.remove())

/** With a git that knows who works here, whatever the machine says. */
function inside(files: Readonly<Record<string, string>>): string {
  made = folder(files)
  execFileSync('git', ['init', '-q'], {cwd: made.path})
  execFileSync('git', ['config', 'user.name', 'Ada King'], {cwd: made.path})
  return made.path
}

const today = new Date().toISOString().slice(0, 10)

describe('new', () => {
  test('takes the next number and the form of the names beside it', () => {
    const path = inside({'spec-lint.yaml': config, 'docs/rfc-template.md': rfc, 'docs/prd/0012-tickets.md': prd})
    const {code, stderr} = run(path, ['new', 'prd', 'Shorter  queues'])
    expect({code, stderr}).toEqual({
      code: 0,
      stderr:
        'spec-lint: written to docs/prd/0013-shorter-queues.md; `spec-lint docs/prd/0013-shorter-queues.md` lists what is left to be filled in.\n',
    })
    const text = readFileSync(join(path, 'docs/prd/0013-shorter-queues.md'), 'utf8')
    expect(text).toContain('# 13 – Shorter queues\n')
    expect(text).toContain(`last_updated: ${today}\nowner: "@ada-king"\n`)
    expect(text).toContain('### FR13.1 – ')
    const linted = run(path, ['docs/prd/0013-shorter-queues.md', '--format', 'compact'])
    expect(linted.code).toBe(0)
    expect(linted.stdout).toMatch(/8 warnings in 1 of 1 file/u)
  })

  test.for<readonly [string, Readonly<Record<string, string>>, string]>([
    ['beside the others, where all stand in one folder', {'docs/prd/0012-tickets.md': prd}, 'docs/prd/0013-queues.md'],
    ['here, where they stand in several', {'a/0012-tickets.md': prd, 'b/0013-doors.md': prd}, '0008-queues.md'],
    ['here, where there is none', {'README.md': '# Halls\n'}, '0001-queues.md'],
  ])('without a configuration goes %s', ([, files, expected]) => {
    const path = inside(files)
    const {code, stderr} = run(path, ['new', 'prd', 'Queues'])
    expect(stderr).toContain(`written to ${expected};`)
    expect(code).toBe(0)
    expect(existsSync(join(path, expected))).toBe(true)
  })

  test('a numbered process: number and title in the front matter, a list of one, names that are numbers alone', () => {
    const sip = (number: string): string =>
      `---\nsip: ${number}\ntitle: The title of it\nauthors:\n  - <name>\nstatus: Draft | Final\n---\n\n## Why\n\nWords.\n\n## How\n\nMore words.\n`
    const path = inside({
      'spec-lint.yaml': 'types:\n  sip:\n    template: sip-template.md\n    files: [sips/*.md]\n',
      'sip-template.md': sip('0000'),
      'sips/sip-98.md': sip('98'),
      'sips/sip-99.md': sip('99'),
    })
    expect(run(path, ['new', 'sip', 'Shorter queues']).code).toBe(0)
    expect(readFileSync(join(path, 'sips/sip-100.md'), 'utf8')).toContain(
      '---\nsip: 100\ntitle: Shorter queues\nauthors:\n  - Ada King\nstatus: Draft\n---\n',
    )
  })

  test("fills a template's own text and leaves the rest of it alone", () => {
    const path = inside({'spec-lint.yaml': config, 'docs/rfc-template.md': rfc.replaceAll('\n', '\r\n')})
    expect(run(path, ['new', 'rfc', 'Queues', '--set', 'status=Accepted']).code).toBe(0)
    expect(readdirSync(join(path, 'docs/rfcs'))).toEqual(['rfc-0001-queues.md'])
    expect(readFileSync(join(path, 'docs/rfcs/rfc-0001-queues.md'), 'utf8').split('\r\n')).toEqual([
      '---',
      'status: Accepted # Draft | Accepted',
      `created: ${today}`,
      'owner: Ada King',
      '---',
      '',
      '# RFC 0001: Queues',
      '',
      '## Why Queues',
      '',
      '[What is wrong today?]',
      '',
    ])
  })

  test('writes over nothing, not through a link either', () => {
    const path = inside({'a.md': 'mine', 'spec-lint.yaml': 'types: {}\n'})
    symlinkSync('elsewhere.md', join(path, 'link.md'))
    for (const name of ['a.md', 'link.md']) {
      const {code, stderr} = run(path, ['new', 'prd', 'Queues', '-o', name])
      expect({code, stderr}).toEqual({
        code: 2,
        stderr: `spec-lint: ${name} is there already\n  Write to another file.\n`,
      })
    }
    expect(readFileSync(join(path, 'a.md'), 'utf8')).toBe('mine')
    expect(existsSync(join(path, 'elsewhere.md'))).toBe(false)
    expect(readdirSync(path).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('prints instead, without a title and without git', () => {
    made = folder({})
    const {code, stdout} = run(made.path, ['new', 'data-migration', '--stdout'], {
      env: {GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', PATH: '/nowhere'},
    })
    expect(code).toBe(0)
    expect(stdout).toContain('# Specification: DATA-001 [Name of the document]\n')
    expect(readdirSync(made.path)).toEqual([])
  })

  test.for([
    {args: ['prds'], message: 'There is no type `prds`', help: 'Write `prd`.'},
    {args: ['prd', '--set', 'ownr=@me'], message: '`ownr` is no key of the type prd', help: 'Write `owner`.'},
    {
      args: ['prd', '--set', 'status=Drft'],
      message: '`Drft` is no value of `status`',
      help: 'Write one of `Draft`, `Active`, `Deprecated`.',
    },
    {args: ['prd', '--set', 'status'], message: '`status` sets no key', help: 'Write `--set key=value`.'},
  ])('refuses $args', ({args, message, help}) => {
    made = folder({})
    const {code, stdout, stderr} = run(made.path, ['new', ...args])
    expect({code, stdout, stderr}).toEqual({code: 2, stdout: '', stderr: `spec-lint: ${message}\n  ${help}\n`})
    expect(readdirSync(made.path)).toEqual([])
  })
})
