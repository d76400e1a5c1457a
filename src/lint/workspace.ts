import {dirname, join, relative, resolve} from 'node:path'
import {posix, readTextFile} from '../config/files.ts'
import {readDocument} from '../document/parse.ts'
import type {SpecDocument} from '../document/types.ts'
import {once} from '../document/remembered.ts'
import {localUrl} from '../document/url.ts'
import {relatedIn} from '../rule/related.ts'
import type {Project, Specification, SpecType, Target} from '../rule/types.ts'
import {entriesOf, find, type Kind, laidOver, type Overlay, written} from './paths.ts'
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
  /** The world as a document sees it before the others are read: it is alone, but for pages that it links to and that are known. */
  draftOf(path: string, document: Linking, database?: DatabasePort): Draft
}

interface Draft {
  readonly project: Project
  /** Whether no page was asked for that isn't known yet. */
  readonly isSettled: () => boolean
}

/** Of a document, where it links to. */
interface Linking {
  readonly links: readonly Pick<SpecDocument['links'][number], 'url'>[]
  readonly definitions: readonly Pick<SpecDocument['definitions'][number], 'url'>[]
}

/** What of the port comes from the database of the configuration. */
export type DatabasePort = Pick<Project, 'migrations' | 'schemaAround'>

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
  const targetWith = (pageAt: typeof pageOf, directory: string, path: string): Target => {
    const found = find(root, path.startsWith('/') ? join(root, path) : resolve(directory, path), list)
    if (found.kind === 'missing')
      return {kind: 'missing', nearest: found.nearest.map((near) => written(near, path, directory, root))}
    if (found.kind === 'directory') return directoryOf(list(found.path))
    if (found.kind === 'outside') return found
    const page = markdown.test(found.path) ? pageAt(found.path) : undefined
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
      if (before === page) return
      const isSame = before !== undefined && JSON.stringify(before.specification) === JSON.stringify(page.specification)
      added.set(path, isSame ? {...page, specification: before.specification} : page)
      if (!isSame) known = undefined
    },
    projectOf: (path, document, database = noDatabase, past = noPast) => {
      const targetFrom: Files['targetFrom'] = (from, to) => targetWith(pageOf, from, to)
      const files = {root, today, directory: dirname(path), specifications, targetFrom}
      return projectIn(files, added.get(path)?.specification, document, {...past, database})
    },
    draftOf: (path, document, database = noDatabase) => {
      let settled = true
      const pageAt = (to: string): Page | undefined => {
        const page = added.get(to)
        settled &&= page !== undefined
        return page
      }
      const self = added.get(path)?.specification
      const alone = self ? [self] : []
      const targetFrom: Files['targetFrom'] = (from, to) => targetWith(pageAt, from, to)
      const files = {root, today, directory: dirname(path), specifications: () => alone, targetFrom}
      return {project: projectIn(files, self, document, {...noPast, database}), isSettled: () => settled}
    },
  }
}

function directoryOf(entries: ReadonlyMap<string, Kind>): Target {
  const names = [...entries.keys()]
  return {kind: 'directory', documentsAlone: names.length > 0 && names.every((name) => markdown.test(name))}
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
  const all = once(() => withMore(specifications(), [...linked(), ...named()]))
  return {
    today,
    self,
    get specifications() {
      return all()
    },
    get related() {
      return relatedIn(all())
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
