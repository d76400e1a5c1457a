import {asksForProof} from './asking.ts'
import {staleEntries} from './baseline.ts'
import {readChanges} from './changes.ts'
import type {Discovered} from './discover.ts'
import {gather, type Gathered} from './gather.ts'
import {warningsOf} from './one.ts'
import {type ChangeOptions, goOn, type RunOptions} from './options.ts'
import type {Readied} from './read.ts'
import {rememberRead} from './remember.ts'
import {changedSchemaFiles} from './schema-files.ts'
import {partOf} from './shard.ts'
import {type Sheet, sheetsOf} from './sheet.ts'
import type {FileResult, Linted, RunResult} from './types.ts'
import {changedView, type View} from './view.ts'

/** A document that a change concerns. */
export interface Concerned {
  readonly name: string
  readonly path: string
  readonly text: string
  /** It, parsed, with what it was; `undefined` for what is no document any more. */
  readonly ready: () => Readied | undefined
  readonly lint: (one: Readied) => Promise<Linted>
}

export interface Change {
  readonly gathered: Gathered
  readonly concerned: readonly Concerned[]
  /** The result of a run that looked at some files of the change. */
  readonly resultOf: (looked: Looked) => Promise<RunResult>
}

interface Looked extends Pick<RunResult, 'errors' | 'fixed'> {
  readonly files: readonly FileResult[]
  /** Beside those on the database. */
  readonly warnings: readonly string[]
}

/** Reads what changed, and of all the others what they are to it. */
export async function ofChange(
  paths: readonly string[],
  found: Discovered,
  options: RunOptions,
  wanted: ChangeOptions,
  use: (change: Change) => Promise<RunResult>,
): Promise<RunResult> {
  // A base that isn't there is told before thousands of files are read.
  const changes = readChanges(wanted, options.cwd)
  return gather(found, options, false, async (gathered) => {
    rememberRead(gathered)
    gathered.cache?.save()
    await gathered.engine.close()
    const sheets = sheetsOf(gathered)
    const view = changedView(sheets, changes, wanted, options)
    return use({
      gathered,
      concerned: view.members.map((sheet) => concernedOf(sheet, view)),
      resultOf: async (looked) => resultOf(paths, gathered, sheets, view, looked),
    })
  })
}

function concernedOf(sheet: Sheet, {pastOf, lint}: View): Concerned {
  const {name, path, text} = sheet
  const ready = (): Readied | undefined => {
    const one = sheet.ready()
    return one && {...one, past: pastOf(sheet)}
  }
  return {name, path, text, ready, lint: async (now) => lint(now, sheet)}
}

async function resultOf(
  paths: readonly string[],
  {options, errors, noType, ignored}: Gathered,
  sheets: readonly Sheet[],
  {members, changes}: View,
  looked: Looked,
): Promise<RunResult> {
  const files = [...looked.files, ...(await changedSchemaFiles({paths, sheets, changes}, options))]
  const result = {
    files,
    errors: [...errors, ...looked.errors],
    warnings: [...warningsOf(sheets), ...looked.warnings],
    skipped: {noType, ignored},
    fixed: looked.fixed,
    asking: asksForProof(members, options),
    stale: staleEntries(members, files, options),
  }
  return partOf(result, options.shard)
}

/** Lints what a change concerns. */
export async function lintChanged(
  paths: readonly string[],
  found: Discovered,
  options: RunOptions,
  wanted: ChangeOptions,
): Promise<RunResult> {
  return ofChange(paths, found, options, wanted, async ({concerned, resultOf: result}) => {
    const files: FileResult[] = []
    for (const [index, {name, text, ready, lint}] of concerned.entries()) {
      await goOn(options)
      const one = ready()
      if (one) files.push({path: name, text, result: await lint(one)})
      options.progress?.(index + 1, concerned.length)
    }
    return result({files, errors: [], fixed: [], warnings: []})
  })
}
