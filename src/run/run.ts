import {join} from 'node:path'
import {staleEntries} from './baseline.ts'
import {type Discovered, discover} from './discover.ts'
import {warningsOf} from './one.ts'
import {lintPlain} from './plain.ts'
import type {RunOptions} from './options.ts'
import {changedSchemaFiles} from './schema-files.ts'
import {partOf} from './shard.ts'
import {settled} from './staged.ts'
import {findersOf, readAll, type Readied, readyText} from './read.ts'
import type {FileResult, RunResult} from './types.ts'
import {judgedBy, viewOf} from './view.ts'

/** Lints files, directories and patterns. Throws `SpecLintError` for what is wrong with the call or a configuration. */
export async function lintPaths(paths: readonly string[], given: RunOptions): Promise<RunResult> {
  const options = settled(given)
  const found = discover(paths.length === 0 ? ['.'] : paths, options)
  return options.changes ? lintChanged(paths, found, options) : lintPlain(found, options)
}

async function lintChanged(paths: readonly string[], found: Discovered, options: RunOptions): Promise<RunResult> {
  const {ready, errors, noType, ignored} = readAll(found, options)
  const view = viewOf(ready, options)
  const files: FileResult[] = []
  for (const one of view.members) {
    files.push({path: one.name, text: one.text, result: await view.lint(one)})
    options.progress?.(files.length, view.members.length)
  }
  files.push(...(await changedSchemaFiles({paths, ready, changes: view.changes}, options)))
  const stale = staleEntries(judgedBy(ready, view, options), files, options)
  const result = {files, errors, warnings: warningsOf(ready), skipped: {noType, ignored}, fixed: [], stale}
  return partOf(result, options.shard)
}

/** A text that stands for the file at a path; `undefined` when it is of no type. */
export function inputOf(text: string, path: string, options: RunOptions): Readied | undefined {
  const one = readyText(text, join(options.cwd, path), findersOf(options), options)
  return one && {...one, name: path}
}
