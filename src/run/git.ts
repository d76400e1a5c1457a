import {execFileSync} from 'node:child_process'
import {resolve} from 'node:path'
import {SpecLintError} from '../config/error.ts'

/** Bytes of a listing or a file. */
const largest = 64 * 1024 * 1024

/** A repository as it is asked; nothing in it is run or written, and nothing is fetched. */
export interface Git {
  /** Absolute. */
  readonly root: string
  /** Standard output of a command that reads; `undefined` when it fails. */
  readonly ask: (args: readonly string[]) => Buffer | undefined
}

/** The repository around a directory; without git, or outside of one, a `SpecLintError`. */
export function openGit(cwd: string): Git {
  const up = askIn(cwd, ['rev-parse', '--show-cdup'])
  if (!up)
    throw new SpecLintError(
      'git',
      'What changed is known from git, and this directory is in no repository that git can read',
      'Run it in the working tree of a repository, or leave `--changed` and `--staged` out.',
    )
  const root = resolve(cwd, textOf(up))
  return {root, ask: (args) => askIn(root, args)}
}

/** The object name of a commit; `undefined` when there is none. */
export function commitOf(git: Git, name: string): string | undefined {
  const found = git.ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`])
  return found && textOf(found)
}

/** The parts of an answer that `-z` divided. */
export function partsOf(answer: Buffer): readonly string[] {
  return answer
    .toString('utf8')
    .split('\0')
    .filter((part) => part !== '')
}

export function textOf(answer: Buffer): string {
  return answer.toString('utf8').replace(/\r?\n$/u, '')
}

const quiet = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.untrackedCache', 'false'],
  ['diff.external', ''],
].flatMap(([key, value]) => ['-c', `${key}=${value}`])

function askIn(cwd: string, args: readonly string[]): Buffer | undefined {
  try {
    return execFileSync('git', ['--no-pager', '--literal-pathspecs', ...quiet, ...args], {
      cwd,
      env: {...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C'},
      maxBuffer: largest,
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new SpecLintError(
        'git',
        'What changed is known from git, which is not installed here',
        'Install git, or leave `--changed` and `--staged` out.',
      )
    return undefined
  }
}
