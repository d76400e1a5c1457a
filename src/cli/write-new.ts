import {linkSync, mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {basename, dirname, join, relative} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {posix} from '../config/files.ts'

/**
 * Writes a file that is not there yet, at once or not at all: one of its own beside it takes its name; with `force` it takes the
 * place of another. Throws `SpecLintError` with the code `exists` where there is one, `output` where it can't be written.
 */
export function writeNew(
  path: string,
  text: string,
  options: {readonly force?: boolean; readonly folders?: boolean} = {},
): void {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    if (options.folders === true) mkdirSync(dirname(path), {recursive: true})
    writeFileSync(draft, text, {flag: 'wx'})
    if (options.force === true) renameSync(draft, path)
    else linkSync(draft, path)
  } catch (error) {
    throw problemOf(error, posix(relative(process.cwd(), path)) || path, options.force !== undefined)
  } finally {
    rmSync(draft, {force: true})
  }
}

function problemOf(error: unknown, shown: string, forceable: boolean): SpecLintError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EEXIST')
    return new SpecLintError(
      'exists',
      `${shown} is there already`,
      forceable ? 'Write to another file, or add `--force`.' : 'Write to another file.',
    )
  if (code === 'ENOENT')
    return new SpecLintError('output', `There is no directory for ${shown}`, 'Make the directory first.')
  return new SpecLintError(
    'output',
    `${shown} can't be written (${code || String(error)})`,
    'Name a file that can be written.',
  )
}
