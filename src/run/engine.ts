import {databaseOf, statesSchema} from '../lint/database.ts'
import {contentPrint} from '../lint/database-files.ts'
import {type Question, recorded} from '../lint/questions.ts'
import type {Page} from '../lint/workspace.ts'
import type {Discovered} from './discover.ts'
import {lintAll} from './one.ts'
import {goOn, type RunOptions} from './options.ts'
import {findersOf, pageOf, readAll, type Readied, type Ready} from './read.ts'
import type {Linted, RunError} from './types.ts'

/** What others have to know of a document. */
export interface Fact {
  /** Absolute. */
  readonly path: string
  readonly page: Page
}

export interface Facts extends Pick<Ready, 'errors' | 'noType' | 'ignored'> {
  readonly facts: readonly Fact[]
}

/** A document that was linted; its baseline is not held against it yet. */
export interface Answer {
  readonly path: string
  readonly text: string
  readonly page: Page
  readonly result: Linted
  /** Addresses that it links to. */
  readonly urls: readonly string[]
  readonly questions: readonly Question[]
  /** Whether its rules looked at the database, and so at what could not be read of it. */
  readonly usesDatabase: boolean
}

/** Sentences on what a database is known from, with the first document that has it. */
export interface Warned {
  readonly path: string
  readonly warnings: readonly string[]
}

/** Reads and lints documents: here, or in other threads. All data can be sent between threads. */
export interface Engine {
  /** The documents among some files. */
  read(files: readonly string[]): Promise<Facts>
  /** Makes documents known that others read. */
  know(facts: readonly Fact[]): Promise<void>
  /** Lints documents that were read; when a thread dies its documents come back as errors. */
  lint(paths: readonly string[], tell: (answer: Answer) => void): Promise<readonly RunError[]>
  warnings(): Promise<readonly Warned[]>
  close(): Promise<void>
}

/** An engine in this thread. */
export function createEngine(options: RunOptions): Engine {
  const finders = findersOf(options)
  const ready = new Map<string, Readied>()
  const read = (found: Discovered): Ready => {
    const all = readAll(found, options, finders)
    for (const one of all.ready) ready.set(one.path, one)
    return all
  }
  return {
    read: async (files) => {
      const parts: Ready[] = []
      for (const path of files) {
        await goOn(options)
        parts.push(read({files: [path], ignored: []}))
      }
      return {
        facts: parts.flatMap((part) =>
          part.ready.map((one) => ({path: one.path, page: pageOf(one.prepared, one.path, one.workspace)})),
        ),
        errors: parts.flatMap(({errors}) => errors),
        noType: parts.flatMap(({noType}) => noType),
        ignored: parts.flatMap(({ignored}) => ignored),
      }
    },
    know: async (facts) => {
      for (const {path, page} of facts) finders.workspaceOf(path).add(path, page)
      await Promise.resolve()
    },
    lint: async (paths, tell) => {
      for (const path of paths) {
        const one = ready.get(path)
        await goOn(options)
        if (one) tell(await answerOf(one, options))
      }
      return []
    },
    warnings: async () => Promise.resolve(warned([...ready.values()])),
    close: async () => Promise.resolve(),
  }
}

async function answerOf(one: Readied, options: RunOptions): Promise<Answer> {
  const {path, text, prepared, workspace, settings} = one
  const {database} = settings
  const asked: {questions: () => readonly Question[]} = {questions: () => []}
  const result = await lintAll(one, options, (project) => {
    const recording = recorded(project, () => printOf(database))
    asked.questions = recording.questions
    return recording.project
  })
  const {links, definitions} = prepared.document
  const urls = [...new Set([...links, ...definitions].map(({url}) => url))]
  const questions = asked.questions()
  const usesDatabase = statesSchema(prepared) && questions.some(({ask}) => ask === 'schema')
  return {path, text, result, urls, page: pageOf(prepared, path, workspace), questions, usesDatabase}
}

const prints = new WeakMap<object, string>()

/** A print of the files that a database is known from. */
export function printOf(database: Readied['settings']['database']): string {
  if (!database) return ''
  const known = prints.get(database) ?? contentPrint(database)
  prints.set(database, known)
  return known
}

function warned(all: readonly Readied[]): readonly Warned[] {
  const first = new Map<object, Readied>()
  for (const one of all) {
    const database = databaseOf(one.settings.database)
    if (database && !first.has(database)) first.set(database, one)
  }
  return [...first.values()].map(({path, settings}) => ({
    path,
    warnings: databaseOf(settings.database)?.warnings() ?? [],
  }))
}

/** Sentences once each, in the order of the documents. */
export function inOrder(all: readonly Warned[]): readonly string[] {
  const sorted = all.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  return [...new Set(sorted.flatMap(({warnings}) => warnings))]
}
