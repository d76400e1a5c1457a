import {dirname, relative} from 'node:path'
import {posix} from '../config/files.ts'
import type {Overlay, Past, Workspace} from '../lint/workspace.ts'
import {specificationOf} from '../lint/specification.ts'
import type {Specification} from '../rule/types.ts'
import type {Changes} from './changes.ts'
import type {RunOptions} from './options.ts'
import {configFinder, fileSettings, pageOf, type Readied, readyText, workspaceFinder} from './read.ts'
import {laidOverlay} from './staged.ts'

/** The documents of a run as they were before a change. */
export interface EarlierFiles {
  readonly changes: Changes
  /** What a document was; an unchanged one is itself, a new one `undefined`. */
  readonly of: (one: Readied) => Readied | undefined
  readonly pastOf: (one: Readied) => Past
  /** The world of that time. */
  readonly workspaceOf: (path: string) => Workspace
  /** Every changed or deleted document, before and now, with its path now, or the one that it had. */
  readonly touched: readonly {readonly path: string; readonly specification: Specification}[]
}

const markdown = /\.(?:md|markdown|mdown|mkd)$/i

/** Reads the earlier texts of all changed and deleted documents, and lays them over the files as they are. */
export function earlierFiles(ready: readonly Readied[], changes: Changes, options: RunOptions): EarlierFiles {
  const configOf = configFinder(options)
  const workspaceOf = workspaceFinder(options, configOf, laidOverlay(options.overlay, overlayOf(changes)))
  const byPath = new Map<string, Readied>()
  const read = (path: string, now?: Readied): Readied | undefined => {
    const text = markdown.test(path) ? changes.before(path) : undefined
    if (text === undefined || fileSettings(path, configOf(dirname(path)), options).ignored) return undefined
    const one = readable(() =>
      readyText(text, path, {configOf, workspaceOf}, options, {given: now?.prepared.type.type}),
    )
    if (one) byPath.set(path, one)
    return one
  }
  const fates = new Map<string, Readied | undefined>()
  for (const one of ready) {
    if (changes.now.has(one.path)) {
      const from = changes.now.get(one.path)
      fates.set(one.path, from === undefined ? undefined : read(from, one))
    } else workspaceOf(one.path).add(one.path, pageOf(one.prepared, one.path, one.workspace))
  }
  // What was moved out of the paths of the run is still there, unread.
  const moved = new Set(
    [...changes.now].flatMap(([path, from]) => (fates.has(path) || from === undefined ? [] : [from])),
  )
  const gone = [...changes.gone].flatMap((path) => (moved.has(path) ? [] : (byPath.get(path) ?? read(path) ?? [])))
  const changed = ready.filter(({path}) => changes.now.has(path))
  const earlier = [...new Set([...fates.values(), ...gone])].filter((one) => one !== undefined)
  const touched = [
    ...changed.flatMap((one) => [one, fates.get(one.path) ?? one].map((form) => ({path: one.path, form}))),
    ...gone.map((form) => ({path: form.path, form})),
  ].map(({path, form}) => ({path, specification: specificationIn(form)}))
  return {
    changes,
    workspaceOf,
    touched,
    of: (one) => (changes.now.has(one.path) ? fates.get(one.path) : one),
    pastOf: ({path}) => {
      const before = fates.get(path)?.prepared
      return {before: before && {document: before.document, type: before.type}, earlier: earlier.map(specificationIn)}
    },
  }
}

function overlayOf({now, gone, before}: Changes): Overlay {
  const were = [...gone, ...[...now.values()].filter((path) => path !== undefined)]
  return {
    present: new Map(were.map((path) => [path, () => before(path)])),
    absent: new Set([...now].flatMap(([path, from]) => (from === path || gone.has(path) ? [] : [path]))),
  }
}

function specificationIn({prepared, path, workspace}: Readied): Specification {
  return specificationOf(prepared, posix(relative(workspace.root, path)))
}

/** An earlier text that is nested too deeply to be read is none. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
