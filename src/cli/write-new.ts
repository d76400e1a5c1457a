import {relative} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {posix} from '../config/files.ts'
import {type CreateOptions, createTextFile} from '../run/write.ts'

/**
 * Writes a file that is not there yet, or with `force` in the place of another. Throws `SpecLintError` with the code `exists`
 * where there is one, `output` where it can't be written.
 */
export function writeNew(path: string, text: string, options: CreateOptions = {}): void {
  const problem = createTextFile(path, text, options)
  if (!problem) return
  const shown = posix(relative(process.cwd(), path)) || path
  if (problem.code === 'exists')
    throw new SpecLintError(
      'exists',
      `${shown} is there already`,
      options.force === undefined ? 'Write to another file.' : 'Write to another file, or add `--force`.',
    )
  if (problem.code === 'missing')
    throw new SpecLintError('output', `There is no directory for ${shown}`, 'Make the directory first.')
  throw new SpecLintError('output', `${shown} can't be written. ${problem.message}`, 'Name a file that can be written.')
}
