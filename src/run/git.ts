import {execFileSync} from 'node:child_process'
import {resolve} from 'node:path'
import {SpecLintError} from '../config/error.ts'

/** Bytes of a listing or a file. */
const largest = 64 * 1024 * 1024

/** A repository as it is asked; nothing in it is run or written, and nothing is fetched. */
export interface Git {
  /** Absolute. */
  readonly root: string
  /** Standard output of a command that reads, and may be given something to read; `undefined` when it fails. */
  readonly ask: (args: readonly string[], input?: string) => Buffer | undefined
}

/** The repository around a directory; without git, or outside of one, a `SpecLintError`. */
export function openGit(cwd: string): Git {
  const up = askIn(cwd, ['rev-parse', '--show-cdup'])
  if (!up)
    throw new SpecLintError(
      'git',
      'What changed is known from git, and this directory is in no repository that git can read',
      'Run it in the working tree of a repository, or leave `--changed` and `--staged` out; in the action, set `scope: all`.',
    )
  const root = resolve(cwd, textOf(up))
  return {root, ask: (args, input) => askIn(root, args, input)}
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

/**
 * What stood at some paths from the root; `undefined` where no file was. A process for all of them takes a hundredth of one for
 * each. A path with a line break can't be asked for so; none is answered when git can't tell, or the files are too much at once.
 */
export function blobsOf(git: Git, commit: string, paths: readonly string[]): ReadonlyMap<string, Buffer | undefined> {
  const asked = paths.filter((path) => !/[\r\n]/u.test(path))
  const answer = git.ask(['cat-file', '--batch'], asked.map((path) => `${commit}:${path}\n`).join(''))
  const found = new Map<string, Buffer | undefined>()
  if (!answer) return found
  let at = 0
  for (const path of asked) {
    const end = answer.indexOf('\n', at)
    if (end < 0) break
    const [, kind, size = ''] = / (\w+) (\d+)$/u.exec(answer.toString('utf8', at, end)) ?? []
    at = end + 1
    found.set(path, kind === 'blob' ? answer.subarray(at, at + Number(size)) : undefined)
    // Of what is missing there is no more than this line.
    if (kind !== undefined) at += Number(size) + 1
  }
  return found
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

function askIn(cwd: string, args: readonly string[], input = ''): Buffer | undefined {
  try {
    return execFileSync('git', ['--no-pager', '--literal-pathspecs', ...quiet, ...args], {
      cwd,
      env: {...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C'},
      input,
      maxBuffer: largest,
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new SpecLintError(
        'git',
        'What changed is known from git, which is not installed here',
        'Install git, or leave `--changed` and `--staged` out; in the action, set `scope: all`.',
      )
    return undefined
  }
}
