import {posix} from 'node:path'

/** A path of the report, which is relative to the working directory, relative to the repository's root. */
export function inRepository(path: string, prefix: string): string {
  return path.startsWith('/') ? path : posix.normalize(posix.join(prefix, path))
}
