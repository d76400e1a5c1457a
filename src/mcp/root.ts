import {realpathSync} from 'node:fs'
import {dirname, join, relative, resolve} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {isInside, posix} from '../config/files.ts'

/**
 * A path or pattern that a client names, relative to the root, with `/`. The root is absolute and real. Throws `SpecLintError`
 * when the path, or what a symbolic link on the way makes of it, is outside.
 */
export function inRoot(path: string, root: string): string {
  if (path === '' || path.includes('\0')) throw refused(path, 'It is no path')
  const absolute = resolve(root, path)
  const real = realOf(absolute)
  if (real === undefined) throw refused(path, "It can't be followed")
  if (!isInside(real, root))
    throw refused(path, isInside(absolute, root) ? 'A link leads out of the root' : 'It is outside')
  // The root may be written through a link: `/tmp/project` for `/private/tmp/project`.
  return posix(relative(root, isInside(absolute, root) ? absolute : real)) || '.'
}

function refused(path: string, why: string): SpecLintError {
  return new SpecLintError(
    'outside-root',
    `\`${path.slice(0, 200)}\` was not touched. ${why}`,
    'Name a path below the root that this server was started in.',
  )
}

/** Where a path leads: its existing part followed, the rest as it is written. */
function realOf(path: string): string | undefined {
  let rest = ''
  for (let at = path; ; at = dirname(at)) {
    try {
      return join(realpathSync(at), rest)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || dirname(at) === at) return undefined
      rest = join(relative(dirname(at), at), rest)
    }
  }
}
