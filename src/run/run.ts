import {dirname, join} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {lintChanged} from './changed.ts'
import {discover} from './discover.ts'
import type {RunOptions} from './options.ts'
import {lintPlain} from './plain.ts'
import {fileSettings, findersOf, type Readied, readyInTime} from './read.ts'
import {settled} from './staged.ts'
import type {RunResult} from './types.ts'

/** Lints files, directories and patterns. Throws `SpecLintError` for what is wrong with the call or a configuration. */
export async function lintPaths(paths: readonly string[], given: RunOptions): Promise<RunResult> {
  const options = settled(given)
  const found = discover(paths.length === 0 ? ['.'] : paths, options)
  return options.changes ? lintChanged(paths, found, options, options.changes) : lintPlain(found, options)
}

/** A text that stands for the file at a path; `undefined` when it is of no type. Throws `SpecLintError` when it can't be read. */
export function inputOf(text: string, path: string, options: RunOptions): Readied | undefined {
  const at = join(options.cwd, path)
  const finders = findersOf(options)
  const made = readyInTime(text, at, finders, options, fileSettings(at, finders.configOf(dirname(at)), options).limits)
  if ('problem' in made)
    throw new SpecLintError(
      made.problem.code,
      `${path} can't be read. ${made.problem.message}`,
      'Make the document smaller.',
    )
  return made.one && {...made.one, name: path}
}
