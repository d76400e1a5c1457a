import {dirname, relative} from 'node:path'
import {posix} from '../config/files.ts'
import {noLimits, secondsFor} from '../config/limits.ts'
import {within} from '../lint/within.ts'
import type {Overlay, Page, Past, Workspace} from '../lint/workspace.ts'
import {specificationOf} from '../lint/specification.ts'
import type {Specification} from '../rule/types.ts'
import type {Changes} from './changes.ts'
import type {RunOptions} from './options.ts'
import {configFinder, fileSettings, pageOf, type Readied, readyText, workspaceFinder} from './read.ts'
import type {Sheet} from './sheet.ts'
import {laidOverlay} from './staged.ts'

/** The documents of a run as they were before a change. */
export interface EarlierFiles {
  readonly changes: Changes
  /** What a document was; an unchanged one is itself, a new one `undefined`. */
  readonly of: (one: Sheet) => Readied | undefined
  readonly pastOf: (one: Sheet) => Past
  /** The world of that time. */
  readonly workspaceOf: (path: string) => Workspace
  /** Paths of which another document can see that they changed: what is new, gone or moved, and other anchors, titles, tables, … */
  readonly seen: readonly string[]
  /** What is known of the documents among them, where that is another thing now; before and now. */
  readonly touched: readonly {readonly path: string; readonly specification: Specification}[]
}

const markdown = /\.(?:md|markdown|mdown|mkd|mdx)$/i

/** Reads the earlier texts of all changed and deleted documents, and lays them over the files as they are. */
export function earlierFiles(sheets: readonly Sheet[], changes: Changes, options: RunOptions): EarlierFiles {
  const configOf = configFinder(options)
  const workspaceOf = workspaceFinder(options, configOf, laidOverlay(options.overlay, overlayOf(changes)))
  const byPath = new Map<string, Readied>()
  const read = (path: string, now?: Sheet): Readied | undefined => {
    const text = markdown.test(path) ? changes.before(path) : undefined
    if (text === undefined || fileSettings(path, configOf(dirname(path)), options).ignored) return undefined
    const given = now?.ready()?.prepared.type.type
    const one = readable(text.length, () => readyText(text, path, {configOf, workspaceOf}, options, {given}))
    if (one) byPath.set(path, one)
    return one
  }
  const fates = new Map<string, Readied | undefined>()
  for (const one of sheets) {
    if (changes.now.has(one.path)) {
      const from = changes.now.get(one.path)
      fates.set(one.path, from === undefined ? undefined : read(from, one))
    } else workspaceOf(one.path).add(one.path, one.page)
  }
  // What was moved out of the paths of the run is still there, unread.
  const moved = new Set(
    [...changes.now].flatMap(([path, from]) => (fates.has(path) || from === undefined ? [] : [from])),
  )
  const gone = [...changes.gone].flatMap((path) => (moved.has(path) ? [] : (byPath.get(path) ?? read(path) ?? [])))
  const pages = new Map(
    sheets.flatMap((one) => {
      const before = fates.get(one.path)
      return before?.path === one.path ? [[one.path, pageOf(before.prepared, before.path, before.workspace)]] : []
    }),
  )
  const isAs = (one: Sheet, print: (page: Page) => unknown): boolean => {
    const before = pages.get(one.path)
    return before !== undefined && JSON.stringify(print(before)) === JSON.stringify(print(one.page))
  }
  const inside = new Set(
    sheets.flatMap((one) => (isAs(one, (page) => [page.specification, [...page.anchors]]) ? [one.path] : [])),
  )
  const changed = sheets.filter((one) => changes.now.has(one.path) && !isAs(one, (page) => page.specification))
  const earlier = [...new Set([...fates.values(), ...gone])].filter((one) => one !== undefined)
  const touched = [
    ...changed.flatMap((one) => {
      const before = fates.get(one.path)
      const forms = [one.page.specification, before && specificationIn(before)]
      return forms.flatMap((specification) => (specification ? [{path: one.path, specification}] : []))
    }),
    ...gone.map((one) => ({path: one.path, specification: specificationIn(one)})),
  ]
  return {
    changes,
    workspaceOf,
    touched,
    seen: [...changes.gone, ...[...changes.now].flatMap(([path, from]) => (isSeen(path, from, inside) ? [path] : []))],
    of: (one) => (changes.now.has(one.path) ? fates.get(one.path) : one.ready()),
    pastOf: ({path}) => {
      const before = fates.get(path)?.prepared
      return {before: before && {document: before.document, type: before.type}, earlier: earlier.map(specificationIn)}
    },
  }
}

/** Of a file that stands where it stood, links see nothing but the headings of Markdown. */
function isSeen(path: string, from: string | undefined, inside: ReadonlySet<string>): boolean {
  return path !== from || (markdown.test(path) && !inside.has(path))
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
function readable<T>(length: number, read: () => T): T | undefined {
  try {
    return within(secondsFor(noLimits, length), read)?.value
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
