import {isUtf8} from 'node:buffer'
import {extname, join} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {mergeBase} from './base.ts'
import {blobsOf, commitOf, type Git, openGit, partsOf, textOf} from './git.ts'
import type {ChangeOptions} from './options.ts'

/** What differs from an earlier state of the repository; paths are absolute. */
export interface Changes {
  /** Files that are there, and the path that each had; `undefined` for a new one. */
  readonly now: ReadonlyMap<string, string | undefined>
  /** Files that are no longer there, by the path that they had. */
  readonly gone: ReadonlySet<string>
  /** The text that a file had; `undefined` when there was none, or no text. */
  readonly before: (path: string) => string | undefined
}

/** What changed since the merge base, or in the index. Without git or a base, a `SpecLintError`. */
export function readChanges({base, staged}: ChangeOptions, cwd: string): Changes {
  const git = openGit(cwd)
  const commit = staged || base === 'HEAD' ? headOf(git) : mergeBase(git, base, process.env)
  const {now, gone} = differences(git, commit, staged)
  const were = [...now.values(), ...gone].filter((path) => path !== undefined)
  return {
    now: new Map([...now].map(([path, from]) => [join(git.root, path), from && join(git.root, from)])),
    gone: new Set([...gone].map((path) => join(git.root, path))),
    before: textsAt(git, commit, were),
  }
}

/** Files that are asked for at once. */
const most = 64

/** The texts of files in a commit; with one that is asked for, those that come behind it and end as it does are read. */
function textsAt(git: Git, commit: string, were: readonly string[]): Changes['before'] {
  const texts = new Map<string, string | undefined>()
  const places = new Map(were.map((path, index) => [path, index]))
  return (absolute) => {
    const path = absolute.slice(git.root.length).replaceAll('\\', '/').replace(/^\//u, '')
    if (texts.has(path)) return texts.get(path)
    const at = places.get(path)
    const ending = extname(path)
    const next = at === undefined ? [] : were.slice(at, at + most).filter((one) => extname(one) === ending)
    for (const [one, bytes] of next.length > 1 ? blobsOf(git, commit, next) : []) texts.set(one, textIn(bytes))
    if (!texts.has(path)) texts.set(path, textIn(git.ask(['cat-file', 'blob', `${commit}:${path}`])))
    return texts.get(path)
  }
}

function textIn(bytes: Buffer | undefined): string | undefined {
  return bytes && isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : undefined
}

/** In a repository without a commit, everything is new. */
function headOf(git: Git): string {
  return commitOf(git, 'HEAD') ?? textOf(git.ask(['hash-object', '-t', 'tree', '--stdin']) ?? Buffer.from(''))
}

interface Differences {
  readonly now: Map<string, string | undefined>
  readonly gone: Set<string>
}

/** By the paths from the root of the repository. */
function differences(git: Git, commit: string, staged: boolean): Differences {
  const options = ['--name-status', '-z', '-M', '--no-ext-diff', '--no-textconv', '--ignore-submodules=all']
  const listed = git.ask(['diff', ...options, ...(staged ? ['--cached'] : []), commit, '--'])
  const untracked = staged ? Buffer.from('') : git.ask(['ls-files', '--others', '--exclude-standard', '-z'])
  if (!listed || !untracked)
    throw new SpecLintError('git', 'git can not tell what changed', 'Run `git diff` to see why.')
  const found: Differences = {now: new Map(), gone: new Set()}
  const parts = partsOf(listed)
  for (let index = 0; index < parts.length;) {
    const [status = '', path = '', to = ''] = parts.slice(index, index + 3)
    const isMove = /^[RC]/u.test(status)
    if (isMove) found.now.set(to, path)
    else if (status === 'D') found.gone.add(path)
    else found.now.set(path, status === 'A' ? undefined : path)
    if (status.startsWith('R')) found.gone.add(path)
    index += isMove ? 3 : 2
  }
  for (const path of partsOf(untracked)) {
    // What is deleted in the index and there again was only changed.
    found.now.set(path, found.gone.delete(path) ? path : undefined)
  }
  return found
}
