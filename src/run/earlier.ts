import {dirname} from 'node:path'
import {noLimits, secondsFor} from '../config/limits.ts'
import {within} from '../lint/within.ts'
import type {Overlay} from '../lint/paths.ts'
import type {Page, Past, Workspace} from '../lint/workspace.ts'
import type {Specification, SpecType} from '../rule/types.ts'
import type {Changes} from './changes.ts'
import type {RunOptions} from './options.ts'
import {configFinder, fileSettings, pageOf, type Readied, readyText, workspaceFinder} from './read.ts'
import {lastOnly, type Sheet} from './sheet.ts'
import {laidOverlay} from './staged.ts'

/** A document as it was: what others know of it, and it, parsed again when it is asked for. */
interface Former {
  readonly path: string
  readonly page: Page
  readonly ready: () => Readied | undefined
}

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
  const byPath = new Map<string, Former>()
  const typeOf = typesOnce()
  const remember = lastOnly()
  const read = (path: string, now?: Sheet): Former | undefined => {
    const text = markdown.test(path) ? changes.before(path) : undefined
    if (text === undefined || fileSettings(path, configOf(dirname(path)), options).ignored) return undefined
    const given = now && typeOf(now)
    const make = (): Readied | undefined =>
      readable(text.length, () => readyText(text, path, {configOf, workspaceOf}, options, {given}))
    const one = make()
    const former = one && {path, page: pageOf(one.prepared, path, one.workspace), ready: remember(make)}
    if (former) byPath.set(path, former)
    return former
  }
  const fates = new Map<string, Former | undefined>()
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
  const isAs = (one: Sheet, print: (page: Page) => unknown): boolean => {
    const before = fates.get(one.path)
    return before?.path === one.path && JSON.stringify(print(before.page)) === JSON.stringify(print(one.page))
  }
  const inside = new Set(
    sheets.flatMap((one) => (isAs(one, (page) => [page.specification, [...page.anchors]]) ? [one.path] : [])),
  )
  const changed = sheets.filter((one) => changes.now.has(one.path) && !isAs(one, (page) => page.specification))
  const earlier = [...new Set([...fates.values(), ...gone])].filter((one) => one !== undefined)
  const touched = [
    ...changed.flatMap((one) => {
      const before = fates.get(one.path)
      const forms = [one.page.specification, before?.page.specification]
      return forms.flatMap((specification) => (specification ? [{path: one.path, specification}] : []))
    }),
    ...gone.flatMap(({path, page: {specification}}) => (specification ? [{path, specification}] : [])),
  ]
  // Once for all: each of thousands of changed documents is told what the others were.
  const specifications = earlier.flatMap(({page: {specification}}) => specification ?? [])
  return {
    changes,
    workspaceOf,
    touched,
    seen: [...changes.gone, ...[...changes.now].flatMap(([path, from]) => (isSeen(path, from, inside) ? [path] : []))],
    of: (one) => (changes.now.has(one.path) ? fates.get(one.path)?.ready() : one.ready()),
    pastOf: ({path}) => {
      const before = fates.get(path)?.ready()?.prepared
      return {before: before && {document: before.document, type: before.type}, earlier: specifications}
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

/** The type that a document has, which its earlier text is read as; found out once for those of one name and one configuration. */
function typesOnce(): (one: Sheet) => SpecType | undefined {
  const found = new Map<unknown, Map<string, SpecType | undefined>>()
  return ({settings, page, ready}) => {
    const name = page.specification?.type
    const types = found.get(settings.type) ?? new Map<string, SpecType | undefined>()
    found.set(settings.type, types)
    if (name !== undefined && types.has(name)) return types.get(name)
    const type = ready()?.prepared.type.type
    if (name !== undefined) types.set(name, type)
    return type
  }
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
