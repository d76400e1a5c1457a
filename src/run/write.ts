import {randomBytes} from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'
import {isInside, readTextFile} from '../config/files.ts'

/** Why a file was not written: a word for tools and a sentence for people. */
export interface WriteProblem {
  readonly code: 'changed' | 'exists' | 'missing' | 'outside-root' | 'read-only' | 'no-space' | 'unwritable'
  readonly message: string
}

/**
 * Puts `after` in the place of `before`, at once or not at all: a file beside is written and takes the other's name, mode and
 * owner. A symbolic link stays one; its target is written, below `root` only. A file that is no longer `before`, where that is
 * given, stays as it is.
 */
export function writeTextFile(
  path: string,
  root: string,
  before: string | undefined,
  after: string,
): WriteProblem | undefined {
  let temporary: string | undefined
  try {
    const real = realpathSync(path)
    if (!isInside(real, realpathSync(root)))
      return {code: 'outside-root', message: `It is a link to a file outside of ${root}, and was not written`}
    const stats = statSync(real)
    // A new file could take the place of one that no one may write.
    if ((stats.mode & 0o222) === 0) return readOnly
    if (stats.nlink > 1) return linked
    accessSync(real, constants.W_OK)
    sweep(dirname(real))
    temporary = nameBeside(real)
    writeBeside(temporary, after, stats)
    // A longer one is another one.
    const now = before === undefined ? undefined : readTextFile(real, root, Buffer.byteLength(before))
    if (now && ('problem' in now || now.text !== before))
      return {code: 'changed', message: 'It was changed by another program meanwhile, and was not written; run again'}
    renameSync(temporary, real)
    temporary = undefined
    return undefined
  } catch (error) {
    return problemOf(error, false)
  } finally {
    if (temporary !== undefined) rmSync(temporary, {force: true})
  }
}

export interface CreateOptions {
  /** A file of that name is replaced. */
  readonly force?: boolean
  /** Directories on the way to it are made. */
  readonly folders?: boolean
}

/** Makes a file, at once or not at all; one that is there already, or meanwhile, stays. */
export function createTextFile(
  path: string,
  text: string,
  {force = false, folders = false}: CreateOptions = {},
): WriteProblem | undefined {
  const temporary = nameBeside(path)
  try {
    if (folders) mkdirSync(dirname(path), {recursive: true})
    writeBeside(temporary, text, undefined)
    if (force) renameSync(temporary, path)
    else linkSync(temporary, path)
    return undefined
  } catch (error) {
    return problemOf(error, true)
  } finally {
    rmSync(temporary, {force: true})
  }
}

/** The other names would keep the old text. */
const linked: WriteProblem = {
  code: 'unwritable',
  message: 'It has another name as well (a hard link), which would no longer be the same file; it was not written',
}

/** Deletes what a run left that was killed while it wrote: no process is there any more that could go on. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = /^\.spec-lint-(\d{1,10})-[0-9a-f]{12}\.tmp$/u.exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), {force: true})
  }
}

function isRunning(pid: number): boolean {
  try {
    // Of a number that no process has, a system may make another one.
    return pid > 0 && pid < 2 ** 31 && process.kill(pid, 0)
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

function nameBeside(path: string): string {
  return join(dirname(path), `.spec-lint-${process.pid}-${randomBytes(6).toString('hex')}.tmp`)
}

const readOnly: WriteProblem = {code: 'read-only', message: 'It is read-only, and was not written'}

function writeBeside(path: string, text: string, stats: Stats | undefined): void {
  const file = openSync(path, 'wx', stats ? 0o600 : 0o666)
  try {
    writeFileSync(file, text)
    if (stats) {
      keepOwner(file, stats.uid, stats.gid)
      fchmodSync(file, stats.mode & 0o7777)
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Only an administrator may give a file away; to others it is theirs as any that they save. */
function keepOwner(file: number, uid: number, gid: number): void {
  try {
    if (process.platform !== 'win32') fchownSync(file, uid, gid)
  } catch {
    // It stays the owner's who runs this.
  }
}

function problemOf(error: unknown, isNew: boolean): WriteProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    return {code: 'read-only', message: 'Its permissions, or those of its directory, do not let it be written'}
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return {
      code: 'no-space',
      message: isNew ? 'There is no room to write it' : 'There is no room to write it; it was left as it was',
    }
  if (code === 'ENOENT') return {code: 'missing', message: 'There is no such file or directory'}
  if (code === 'EEXIST') return {code: 'exists', message: 'It is there already, and was not written'}
  const words = error instanceof Error ? error.message : String(error)
  return {code: 'unwritable', message: `It can't be written: ${words}`}
}
