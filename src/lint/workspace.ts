import {readdirSync, realpathSync, statSync} from 'node:fs'
import {basename, dirname, extname, join, relative, resolve} from 'node:path'
import {isInside, posix, readTextFile} from '../config/files.ts'
import {readDocument} from '../document/parse.ts'
import type {SpecDocument} from '../document/types.ts'
import {localUrl} from '../document/url.ts'
import type {Project, Specification, SpecType, Target} from '../rule/types.ts'
import {nearest} from '../type/nearest.ts'
import {prepareDocument} from './prepare.ts'
import {specificationOf, unique, withMore} from './specification.ts'
import {within} from './within.ts'

/** Seconds for a document that another one links to; one that takes longer is known by its name alone. */
const patience = 5

/** What a Markdown file is to those that link to it. */
export interface Page {
  readonly anchors: ReadonlySet<string>
  readonly specification: Specification | undefined
}

/** The files below a root, each looked at once and only when a document asks. */
export interface Workspace {
  /** Absolute. */
  readonly root: string
  /** Makes a specification of the run known; its file is not read again. */
  add(path: string, page: Page): void
  /** The world as a document sees it. */
  projectOf(path: string, document: Linking, database?: DatabasePort, past?: Past): Project
}

/** Of a document, where it links to. */
interface Linking {
  readonly links: readonly Pick<SpecDocument['links'][number], 'url'>[]
  readonly definitions: readonly Pick<SpecDocument['definitions'][number], 'url'>[]
}

/** What of the port comes from the database of the configuration. */
type DatabasePort = Pick<Project, 'migrations' | 'schemaAround'>

/** What of the port comes from a change. */
export type Past = Pick<Project, 'before' | 'earlier'>

const noPast: Past = {before: undefined, earlier: []}

const noDatabase: DatabasePort = {migrations: undefined, schemaAround: () => undefined}

export interface WorkspaceOptions {
  readonly root: string
  /** `YYYY-MM-DD`. */
  readonly today: string
  /** The types that a file may be of; a given one is certain. */
  readonly typesOf: (
    path: string,
    stated: string | undefined,
  ) => {readonly given: SpecType | undefined; readonly detected: readonly SpecType[]}
  /** Makes of the files those of an earlier time. */
  readonly overlay?: Overlay
}

/** Files that are there, or have another text, and files that are not there; absolute paths. */
export interface Overlay {
  readonly present: ReadonlyMap<string, () => string | undefined>
  readonly absent: ReadonlySet<string>
}

type Kind = 'file' | 'directory' | 'link'

export function createWorkspace({root, today, typesOf, overlay}: WorkspaceOptions): Workspace {
  const added = new Map<string, Page>()
  const read = new Map<string, Page | undefined>()
  const listings = new Map<string, ReadonlyMap<string, Kind>>()
  let known: readonly Specification[] | undefined
  const specifications = (): readonly Specification[] =>
    (known ??= unique([...added.values()].flatMap(({specification}) => specification ?? [])))

  const list = (directory: string): ReadonlyMap<string, Kind> => {
    const entries = listings.get(directory) ?? laidOver(entriesOf(directory), directory, overlay)
    listings.set(directory, entries)
    return entries
  }
  const pageOf = (path: string): Page | undefined => {
    const own = added.get(path)
    if (own || read.has(path)) return own ?? read.get(path)
    const page = readPage(path, root, typesOf, overlay)
    read.set(path, page)
    return page
  }
  const targetFrom = (directory: string, path: string): Target => {
    const found = find(root, path.startsWith('/') ? join(root, path) : resolve(directory, path), list)
    if (found.kind === 'missing')
      return {kind: 'missing', nearest: found.nearest.map((near) => written(near, path, directory, root))}
    if (found.kind === 'directory') {
      const entries = [...list(found.path)]
      return {kind: 'directory', documentsAlone: entries.length > 0 && entries.every(([name]) => markdown.test(name))}
    }
    if (found.kind === 'outside') return found
    const page = markdown.test(found.path) ? pageOf(found.path) : undefined
    return {
      kind: 'file',
      path: posix(relative(root, found.path)),
      anchors: page?.anchors,
      specification: page?.specification,
    }
  }
  return {
    root,
    add: (path, page) => {
      // A document that is read again is the same to the others: their list is not made anew for each of thousands.
      const before = added.get(path)
      const isSame = before !== undefined && JSON.stringify(before.specification) === JSON.stringify(page.specification)
      added.set(path, isSame ? {...page, specification: before.specification} : page)
      if (!isSame) known = undefined
    },
    projectOf: (path, document, database = noDatabase, past = noPast) => {
      const files = {root, today, directory: dirname(path), specifications, targetFrom}
      return projectIn(files, added.get(path)?.specification, document, {...past, database})
    },
  }
}

interface Files {
  readonly root: string
  readonly today: string
  /** Of the document. */
  readonly directory: string
  /** Of the run, in the order of their paths; the same list as long as none is added. */
  readonly specifications: () => readonly Specification[]
  readonly targetFrom: (directory: string, path: string) => Target
}

function projectIn(
  {root, today, directory, specifications, targetFrom}: Files,
  self: Specification | undefined,
  document: Linking,
  {before, earlier, database}: Past & {readonly database: DatabasePort},
): Project {
  let all: readonly Specification[] | undefined
  const linked = (): readonly Specification[] =>
    [...document.links, ...document.definitions].flatMap(({url}) => {
      const to = localUrl(url)
      const target = to && to.path !== '' ? targetFrom(directory, to.path) : undefined
      return target?.kind === 'file' ? (target.specification ?? []) : []
    })
  const named = (): readonly Specification[] =>
    (self?.relations ?? []).flatMap((relation) => {
      const target = relation.path === undefined ? undefined : targetFrom(root, relation.path)
      return target?.kind === 'file' ? (target.specification ?? []) : []
    })
  return {
    today,
    self,
    get specifications() {
      all ??= withMore(specifications(), [...linked(), ...named()])
      return all
    },
    target: (to) => targetFrom(directory, to),
    before,
    earlier,
    get migrations() {
      return database.migrations
    },
    schemaAround: (names) => database.schemaAround(names),
  }
}

const markdown = /\.(?:md|markdown|mdown|mkd|mdx)$/i

function readPage(
  path: string,
  root: string,
  typesOf: WorkspaceOptions['typesOf'],
  overlay: Overlay | undefined,
): Page | undefined {
  const text = textOf(path, root, overlay)
  if (text === undefined) return undefined
  try {
    const read = within(patience, () => {
      const document = readDocument(text, {path})
      const {given, detected} = typesOf(path, document.typeComment?.name)
      const prepared = prepareDocument(document, detected, given)
      const specification = prepared && specificationOf(prepared, posix(relative(root, path)))
      return {anchors: document.anchors, specification}
    })
    return read?.value
  } catch (error) {
    // Nested too deeply for the parser: a file all the same, but nothing is known of its inside.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function textOf(path: string, root: string, overlay: Overlay | undefined): string | undefined {
  const laid = overlay?.present.get(path)
  if (laid) return laid()
  const result = readTextFile(path, root)
  return 'text' in result ? result.text : undefined
}

/** The entries of a directory at the time of the overlay. */
function laidOver(
  entries: ReadonlyMap<string, Kind>,
  directory: string,
  overlay: Overlay | undefined,
): ReadonlyMap<string, Kind> {
  if (!overlay) return entries
  const present = [...overlay.present.keys()].flatMap((path): [string, Kind][] => {
    const [name = '', ...rest] = isInside(path, directory) ? posix(relative(directory, path)).split('/') : []
    return name === '' || entries.has(name) ? [] : [[name, rest.length > 0 ? 'directory' : 'file']]
  })
  return new Map([...[...entries].filter(([name]) => !overlay.absent.has(join(directory, name))), ...present])
}

type Found =
  | {readonly kind: 'file'; readonly path: string}
  | {readonly kind: 'directory'; readonly path: string}
  | {readonly kind: 'outside'}
  | {readonly kind: 'missing'; readonly nearest: readonly string[]}

/** Follows a path from the root, name by name and in the right case, whatever the file system thinks of case. */
function find(root: string, path: string, list: (directory: string) => ReadonlyMap<string, Kind>): Found {
  if (!isInside(path, root)) return {kind: 'outside'}
  const names = posix(relative(root, path))
    .split('/')
    .filter((name) => name !== '')
  let at = root
  for (const [index, name] of names.entries()) {
    const entries = list(at)
    const kind = entries.get(name) ?? entries.get(name.normalize('NFC'))
    const last = index === names.length - 1
    if (kind === undefined) {
      const other = last ? pageNamed(name, entries) : undefined
      if (other !== undefined) return {kind: 'file', path: join(at, other)}
      const rest = names.slice(index + 1)
      return {kind: 'missing', nearest: closest(name, entries, last).map((near) => join(at, near, ...rest))}
    }
    const next = kind === 'link' ? followed(join(at, name), root) : {path: join(at, name), kind}
    if (!next) return {kind: 'outside'}
    if (next.kind === 'file') return last ? {kind: 'file', path: next.path} : {kind: 'missing', nearest: []}
    at = next.path
  }
  return {kind: 'directory', path: at}
}

function followed(
  link: string,
  root: string,
): {readonly path: string; readonly kind: 'file' | 'directory'} | undefined {
  try {
    const path = realpathSync(link)
    if (!isInside(path, realpathSync(root))) return undefined
    return {path, kind: statSync(path).isDirectory() ? 'directory' : 'file'}
  } catch {
    return undefined
  }
}

/** Sites that are made from Markdown link to pages by other names: `guide`, `guide.html` for `guide.md`. */
function pageNamed(name: string, entries: ReadonlyMap<string, Kind>): string | undefined {
  const ending = extname(name)
  if (ending !== '' && ending !== '.html') return undefined
  const stem = basename(name, ending)
  return ['.md', '.mdx'].map((other) => stem + other).find((other) => entries.get(other) === 'file')
}

function closest(name: string, entries: ReadonlyMap<string, Kind>, last: boolean): readonly string[] {
  const names = [...entries].flatMap(([entry, kind]) => (last || kind === 'directory' ? [entry] : []))
  return nearest(name, names.slice(0, 2000)).slice(0, 3)
}

function entriesOf(directory: string): ReadonlyMap<string, Kind> {
  try {
    return new Map(
      readdirSync(directory, {withFileTypes: true}).map((entry) => [
        entry.name,
        entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'directory' : 'file',
      ]),
    )
  } catch {
    return new Map()
  }
}

/** A path as the document would write it: from its own directory or from the root, with `./` where it had one. */
function written(path: string, sample: string, directory: string, root: string): string {
  if (sample.startsWith('/')) return `/${posix(relative(root, path))}`
  const way = posix(relative(directory, path))
  return sample.startsWith('./') && !way.startsWith('.') ? `./${way}` : way
}
