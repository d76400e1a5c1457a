import {join} from 'node:path'
import {lintChanged} from './changed.ts'
import {discover} from './discover.ts'
import type {RunOptions} from './options.ts'
import {lintPlain} from './plain.ts'
import {findersOf, type Readied, readyText} from './read.ts'
import {settled} from './staged.ts'
import type {RunResult} from './types.ts'

/** Lints files, directories and patterns. Throws `SpecLintError` for what is wrong with the call or a configuration. */
export async function lintPaths(paths: readonly string[], given: RunOptions): Promise<RunResult> {
  const options = settled(given)
  const found = discover(paths.length === 0 ? ['.'] : paths, options)
  return options.changes ? lintChanged(paths, found, options, options.changes) : lintPlain(found, options)
}

/** A text that stands for the file at a path; `undefined` when it is of no type. */
export function inputOf(text: string, path: string, options: RunOptions): Readied | undefined {
  const one = readyText(text, join(options.cwd, path), findersOf(options), options)
  return one && {...one, name: path}
}
