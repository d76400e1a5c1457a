import {execFileSync} from 'node:child_process'
import {commitOfEvent, type Environment} from '../run/event.ts'
import {commitOf, openGit, textOf} from '../run/git.ts'

/** The commit to compare with, or why there is none. */
export type Base = {readonly commit: string} | {readonly problem: string}

/**
 * The commit that the change of an event began from. A checkout of depth 1 lacks it: then it is fetched, and nothing else; the
 * documents of a pull request are compared, none of its code runs.
 */
export function baseOf(directory: string, env: Environment): Base {
  const git = openGit(directory)
  const head = commitOf(git, 'HEAD')
  if (head === undefined) return {problem: 'nothing is checked out'}
  const wanted = mergedInto(head, env) ?? commitOfEvent(env)
  if (wanted === undefined) return {problem: 'the event names no commit to compare with'}
  const isKnown = (): boolean => {
    const commit = commitOf(git, wanted)
    return commit !== undefined && git.ask(['merge-base', 'HEAD', commit]) !== undefined
  }
  if (isKnown()) return {commit: wanted}
  const isShallow = textOf(git.ask(['rev-parse', '--is-shallow-repository']) ?? Buffer.from('')) === 'true'
  for (const args of waysTo(wanted, head, isShallow)) {
    fetch(git.root, args)
    if (isKnown()) return {commit: wanted}
  }
  return {problem: 'the commit to compare with can not be fetched; check out with `fetch-depth: 0`'}

  /** `refs/pull/N/merge`: its first parent is the base as it is now. */
  function mergedInto(commit: string, {GITHUB_EVENT_NAME, GITHUB_SHA}: Environment): string | undefined {
    if (GITHUB_EVENT_NAME !== 'pull_request' || commit !== GITHUB_SHA) return undefined
    // A shallow commit still names its parents.
    const text = textOf(git.ask(['cat-file', 'commit', commit]) ?? Buffer.from(''))
    const parents = text.split('\n\n', 1)[0]?.match(/^parent [0-9a-f]+$/gmu) ?? []
    return parents.length > 1 ? parents[0]?.slice('parent '.length) : undefined
  }
}

/** The least first: a commit and its parents, then all that came before. */
function waysTo(wanted: string, head: string, isShallow: boolean): readonly (readonly string[])[] {
  return isShallow
    ? [
        ['--depth=2', 'origin', head],
        ['--unshallow', 'origin', wanted],
      ]
    : [['origin', wanted]]
}

function fetch(root: string, args: readonly string[]): void {
  try {
    execFileSync(
      'git',
      ['-c', 'core.hooksPath=/dev/null', 'fetch', '--no-tags', '--no-recurse-submodules', '--quiet', ...args],
      {cwd: root, env: {...process.env, GIT_TERMINAL_PROMPT: '0'}, stdio: 'ignore', timeout: 120_000},
    )
  } catch {
    // Whether it helped is seen by what is there afterwards.
  }
}
