import {closeSync, constants, existsSync, fstatSync, openSync, readSync, realpathSync} from 'node:fs'
import {dirname, isAbsolute, join, relative, sep} from 'node:path'
import {isUtf8} from 'node:buffer'
import {mostBytes, noLimits} from './limits.ts'

/** Why a file can't be read: a word for tools and a sentence for people. */
export interface ReadProblem {
  readonly code: 'not-found' | 'not-a-file' | 'outside-root' | 'too-large' | 'not-utf8' | 'binary' | 'unreadable'
  readonly message: string
}

export type ReadResult = {readonly text: string} | {readonly problem: ReadProblem}

/**
 * Reads a regular file as UTF-8, at most `limit` bytes. It never blocks on a FIFO or a device, and follows a symbolic link only
 * to a regular file below `root`.
 */
export function readTextFile(path: string, root: string, limit = mostBytes(noLimits)): ReadResult {
  let file: number | undefined
  try {
    const real = realpathSync.native(path)
    if (!isInside(real, realpathSync.native(root)))
      return problem('outside-root', `It is a link to a file outside of ${root}`)
    // The path is real by now: what is opened must be no link, even if one was put there since.
    file = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const stat = fstatSync(file)
    if (!stat.isFile()) return problem('not-a-file', 'It is not a regular file')
    if (stat.size > limit) return problem('too-large', `It has ${stat.size} bytes; ${limit} is the most`)
    return decode(readAll(file, stat.size, limit))
  } catch (error) {
    return failure(error)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** `size` is what the file says that it has: one read takes a file that does not change meanwhile. */
function readAll(file: number, size: number, limit: number): Buffer {
  const chunks: Buffer[] = []
  let length = 0
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(4096, size + 1 - length))
    const count = readSync(file, chunk, 0, chunk.length, null)
    length += count
    if (count === 0 || length > limit) return Buffer.concat(chunks)
    chunks.push(chunk.subarray(0, count))
    if (length === size) return chunks.length === 1 ? chunk.subarray(0, count) : Buffer.concat(chunks)
  }
}

function decode(bytes: Buffer): ReadResult {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return problem('not-utf8', 'It is UTF-16, not UTF-8; save it as UTF-8')
  if (bytes.includes(0)) return problem('binary', 'It holds NUL bytes: a binary file, or text that is not UTF-8')
  if (!isUtf8(bytes)) return problem('not-utf8', `Line ${badLine(bytes)} is not UTF-8; save the file as UTF-8`)
  return {text: bytes.toString('utf8')}
}

function badLine(bytes: Buffer): number {
  let line = 1
  let start = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line
    line += 1
    start = end + 1
  }
  return line
}

function problem(code: ReadProblem['code'], message: string): ReadResult {
  return {problem: {code, message}}
}

function failure(error: unknown): ReadResult {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return problem('not-found', 'There is no such file')
  if (code === 'ELOOP') return problem('not-a-file', 'It is a link that leads to itself')
  if (code === 'EISDIR') return problem('not-a-file', 'It is a directory')
  if (code === 'EACCES' || code === 'EPERM') return problem('unreadable', 'Its permissions do not let it be read')
  if (code === 'ENXIO') return problem('not-a-file', 'It is not a regular file')
  return problem('unreadable', error instanceof Error ? error.message : String(error))
}

export function isInside(path: string, root: string): boolean {
  const way = relative(root, path)
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way))
}

/** A path with `/` on every system. */
export function posix(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

/** The directories from a place upwards, ending with the first that holds a `.git`. */
export function upwards(start: string, hasGit: (directory: string) => boolean): readonly string[] {
  const found: string[] = []
  for (let directory = start; ; directory = dirname(directory)) {
    found.push(directory)
    if (hasGit(join(directory, '.git')) || dirname(directory) === directory) return found
  }
}

/** The repository that a file stands in. */
export function repositoryRoot(path: string): string | undefined {
  const top = upwards(dirname(path), existsSync).at(-1)
  return top !== undefined && existsSync(join(top, '.git')) ? top : undefined
}

/** What the links of a file must not leave: its repository, else the working directory, else its own directory. */
export function projectRoot(path: string, cwd: string): string {
  return repositoryRoot(path) ?? rootWithout(path, cwd)
}

/** The same for a file that stands in no repository. */
export function rootWithout(path: string, cwd: string): string {
  return isInside(path, cwd) ? cwd : dirname(path)
}
