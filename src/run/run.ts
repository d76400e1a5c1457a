import {dirname, join, relative} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {isInside, posix} from '../config/files.ts'
import {matcher} from '../config/glob.ts'
import {withoutBaseline} from './baseline.ts'
import {lintChanged} from './changed.ts'
import {discover} from './discover.ts'
import {answerOf} from './engine.ts'
import {lintReady} from './one.ts'
import type {RunOptions} from './options.ts'
import {othersThat} from './others.ts'
import {lintPlain} from './plain.ts'
import {configFinder, fileSettings, findersOf, pageOf, readAll, type Readied, readyInTime} from './read.ts'
import {settled} from './staged.ts'
import type {Linted, RunResult} from './types.ts'

/** Lints files, directories and patterns. Throws `SpecLintError` for what is wrong with the call or a configuration. */
export async function lintPaths(paths: readonly string[], given: RunOptions): Promise<RunResult> {
  const options = settled(given)
  const found = discover(paths.length === 0 ? ['.'] : paths, options)
  return options.changes ? lintChanged(paths, found, options, options.changes) : lintPlain(found, options)
}

/** Whether the file at a path, relative to the working directory, is left alone even where it is named. */
export function isIgnored(path: string, options: RunOptions): boolean {
  const at = join(options.cwd, path)
  return (
    fileSettings(at, configFinder(options)(dirname(at)), options).ignored ||
    (isInside(at, options.cwd) && matcher(options.ignorePatterns)(posix(relative(options.cwd, at))))
  )
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

/** What is found in a text that stands for a file; of the other documents those that it names are read, where it needs them. */
export async function lintInput(one: Readied, options: RunOptions): Promise<Linted> {
  const {questions, result} = await answerOf(one, options)
  const finders = findersOf(options)
  const others = othersThat({files: [one.path], questions, isStale: false}, finders, options)
  if (others.length === 0) return withoutBaseline(result, one)
  const {ready} = readAll({files: others, ignored: []}, options, finders)
  for (const {path, prepared} of ready) one.workspace.add(path, pageOf(prepared, path, one.workspace))
  return lintReady(one, options)
}
