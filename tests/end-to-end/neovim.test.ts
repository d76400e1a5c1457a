import {spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {binary, root, run} from '../support/cli.ts'
import {clean, place, read} from '../support/place.ts'

const present = spawnSync('nvim', ['--version']).status === 0
/** Where CI runs all tests; elsewhere an editor need not be there. */
const required = process.env['CI'] !== undefined && process.platform === 'linux'
if (!present && !required)
  console.warn('Neovim is not installed (`apt-get install neovim`), so that it is not tested with.')

const faulty = clean
  .replace(/^status: .*$/mu, (line) => line.toLowerCase())
  .replace('## 4. Configuration', '## 9. Configuration')

interface Seen {
  readonly failed?: string
  readonly diagnostics: readonly {
    readonly line: number
    readonly column: number
    readonly endLine: number
    readonly endColumn: number
    readonly message: string
  }[]
  readonly actions: readonly string[]
  readonly text: string
}

/** What Neovim has of a document and a server; the first code action at the first finding is applied. */
function inNeovim(path: string, server: readonly string[]): Seen {
  const result = join(path, 'result.json')
  const {stderr} = spawnSync(
    'nvim',
    [
      '--headless',
      '-n',
      '-u',
      'NONE',
      '-i',
      'NONE',
      '-c',
      `luafile ${join(root, 'tests/support/neovim.lua')}`,
      '-c',
      'qa!',
    ],
    {
      cwd: path,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 90_000,
      env: {
        ...process.env,
        HOME: path,
        XDG_STATE_HOME: path,
        XDG_CACHE_HOME: path,
        NVIM_DOCUMENT: join(path, 'a.md'),
        NVIM_SERVER: JSON.stringify([process.execPath, ...server]),
        NVIM_RESULT: result,
      },
    },
  )
  expect(existsSync(result), stderr).toBe(true)
  return JSON.parse(read(result)) as Seen
}

/** As the command line has them, counted from 0. */
function expected(path: string): readonly string[] {
  const {problems} = JSON.parse(run(path, ['--format', 'json', 'a.md']).stdout) as {
    readonly problems: readonly {
      readonly start: {readonly line: number; readonly column: number}
      readonly end: {readonly line: number; readonly column: number}
      readonly message: string
    }[]
  }
  return problems.map(
    ({start, end, message}) => `${start.line - 1}:${start.column - 1}-${end.line - 1}:${end.column - 1} ${message}`,
  )
}

const linesOf = ({diagnostics}: Seen): readonly string[] =>
  diagnostics.map(
    ({line, column, endLine, endColumn, message}) =>
      `${line}:${column}-${endLine}:${endColumn} ${message.split('\n')[0] ?? ''}`,
  )

const server = join(root, 'tests/support/remark-server.mjs')

test.skipIf(!present && !required).for([
  ['spec-lint lsp', [binary, 'lsp', '--stdio'], 'Change to `"Active"`'],
  ['a server of remark', [server, '--stdio'], 'Replace `"active"` with `"Active"`'],
] as const)('Neovim shows what %s finds, and mends it', ([, command, title]) => {
  expect(present, 'nvim can be started: `apt-get install neovim`').toBe(true)
  const path = place({
    'a.md': faulty,
    'spec-lint.yaml': 'rules: {}\n',
    '.remarkrc.json': '{"plugins": ["spec-lint/preset"]}',
  })
  mkdirSync(join(path, 'node_modules'))
  symlinkSync(root, join(path, 'node_modules/spec-lint'))
  const seen = inNeovim(path, command)
  expect(seen.failed).toBeUndefined()
  expect(linesOf(seen)).toEqual(expected(path))
  expect(seen.diagnostics.length).toBeGreaterThan(1)
  expect(seen.actions[0]).toBe(title)
  expect(`${seen.text}\n`).toBe(faulty.replace(/^status: .*$/mu, /^status: .*$/mu.exec(clean)?.[0] ?? ''))
})
