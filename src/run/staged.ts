import {once} from '../document/remembered.ts'
import {isUtf8} from 'node:buffer'
import {join} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import type {Overlay} from '../lint/paths.ts'
import {openGit, partsOf} from './git.ts'
import type {RunOptions} from './options.ts'

/** With `--staged` the files are those of the index, which is what a commit takes. */
export function settled(options: RunOptions): RunOptions {
  return options.changes?.staged === true && !options.overlay
    ? {...options, overlay: indexOverlay(options.cwd)}
    : options
}

/**
 * What differs between the working tree and the index: staged texts over edited and deleted files, and without files that git
 * does not know. Ignored files stay: they are made, and no commit takes them.
 */
function indexOverlay(cwd: string): Overlay {
  const git = openGit(cwd)
  const listed = git.ask([
    'diff',
    '--name-status',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--ignore-submodules=all',
  ])
  const untracked = git.ask(['ls-files', '--others', '--exclude-standard', '-z', '--full-name', '--', '.'])
  if (!listed || !untracked)
    throw new SpecLintError('git', 'git can not tell what is staged', 'Run `git status` to see why.')
  const parts = partsOf(listed)
  const present = new Map<string, () => string | undefined>()
  const absent = new Set(partsOf(untracked).map((path) => join(git.root, path)))
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [status = '', path = ''] = parts.slice(index, index + 2)
    const absolute = join(git.root, path)
    // `git add --intent-to-add`: a name without a text.
    if (status === 'A') absent.add(absolute)
    else
      present.set(
        absolute,
        once(() => stagedText(git.ask(['cat-file', 'blob', `:0:${path}`]))),
      )
  }
  return {present, absent}
}

function stagedText(bytes: Buffer | undefined): string | undefined {
  return bytes && isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : undefined
}

/** The state that comes of laying one over another. */
export function laidOverlay(under: Overlay | undefined, over: Overlay): Overlay {
  if (!under) return over
  return {
    present: new Map([...[...under.present].filter(([path]) => !over.absent.has(path)), ...over.present]),
    absent: new Set([...[...under.absent].filter((path) => !over.present.has(path)), ...over.absent]),
  }
}
