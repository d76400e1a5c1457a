import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {runWarm} from './warm.ts'

export const root = join(import.meta.dirname, '../..')
export const binary = join(root, 'dist/src/cli/main.js')

/** Builds the program once a test run, so that the tests start what users start. */
export default function setup(): void {
  execFileSync(process.execPath, [join(root, '.ci/build.mjs')], {stdio: 'inherit'})
  if (!existsSync(binary) || !statSync(binary).isFile()) throw new Error(`the build did not make ${binary}`)
}

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A temporary folder with files; removed by the returned function. */
export function folder(files: Readonly<Record<string, string | Buffer>>): {
  readonly path: string
  readonly remove: () => void
} {
  const path = mkdtempSync(join(tmpdir(), 'spec-lint-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), {recursive: true})
    writeFileSync(join(path, name), content)
  }
  return {path, remove: () => rmSync(path, {recursive: true, force: true})}
}

/**
 * Calls the real program: in a process that has it loaded, or, for what comes through standard input and under `SPEC_LINT_COLD`, in one
 * of its own.
 */
export function run(
  cwd: string,
  args: readonly string[],
  options: {readonly input?: string | Buffer; readonly env?: Readonly<Record<string, string>>} = {},
): Outcome {
  const {NO_COLOR: _no, FORCE_COLOR: _force, CI: _ci, ...inherited} = process.env
  const env = {...inherited, ...options.env}
  const isWarm = options.input === undefined && process.env['SPEC_LINT_COLD'] === undefined
  return (isWarm ? runWarm(binary, {cwd, args, env}) : undefined) ?? start(cwd, args, {...options, env})
}

function start(
  cwd: string,
  args: readonly string[],
  options: {readonly input?: string | Buffer; readonly env: Readonly<Record<string, string | undefined>>},
): Outcome {
  const {status, stdout, stderr} = spawnSync(process.execPath, [binary, ...args], {
    ...options,
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
  })
  return {code: status, stdout, stderr}
}
