import {kept} from '../document/remembered.ts'
import {databaseOf, statesSchema} from '../lint/database.ts'
import {contentPrint} from '../lint/database-files.ts'
import {type Question, recorded} from '../lint/questions.ts'
import type {Page} from '../lint/workspace.ts'
import {lintAll} from './one.ts'
import {goOn, type RunOptions} from './options.ts'
import {type Finders, findersOf, pageOf, readAll, type Readied, type Ready} from './read.ts'
import {type Reading, readingOf} from './reading.ts'
import type {Linted, RunError} from './types.ts'

/** What others have to know of a document. */
export interface Fact {
  /** Absolute. */
  readonly path: string
  readonly page: Page
  readonly reading: Reading
}

export interface Facts extends Pick<Ready, 'errors' | 'noType' | 'ignored'> {
  readonly facts: readonly Fact[]
}

/** A document that was linted; its baseline is not held against it yet. */
export interface Answer {
  readonly path: string
  readonly text: string
  readonly page: Page
  readonly reading: Reading
  readonly result: Linted
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
  /** The documents among some files; those that are to be linted are kept. */
  read(files: readonly string[], keep?: boolean): Promise<Facts>
  /** Makes documents known that others read. */
  know(facts: readonly Fact[]): Promise<void>
  /** Lints documents that were read; when a thread dies its documents come back as errors. */
  lint(paths: readonly string[], tell: (answer: Answer) => void): Promise<readonly RunError[]>
  warnings(): Promise<readonly Warned[]>
  close(): Promise<void>
}

/** An engine in this thread. */
export function createEngine(options: RunOptions, finders: Finders = findersOf(options)): Engine {
  const ready = new Map<string, Readied>()
  const seen: Pick<Readied, 'path' | 'settings'>[] = []
  return {
    read: async (files, keep = true) => {
      const parts: Facts[] = []
      for (const path of files) {
        await goOn(options)
        const {ready: own, ...rest} = readAll({files: [path], ignored: []}, options, finders)
        parts.push({facts: own.map(factOf), ...rest})
        seen.push(...own.map(({path: at, settings}) => ({path: at, settings})))
        if (keep) for (const one of own) ready.set(one.path, one)
      }
      return allOf(parts)
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
        // A document takes a hundred times the memory of its text.
        ready.delete(path)
      }
      return []
    },
    warnings: async () => Promise.resolve(warned(seen)),
    close: async () => Promise.resolve(),
  }
}

/** Some facts as one. */
export function allOf(parts: readonly Facts[]): Facts {
  return {
    facts: parts.flatMap(({facts}) => facts),
    errors: parts.flatMap(({errors}) => errors),
    noType: parts.flatMap(({noType}) => noType),
    ignored: parts.flatMap(({ignored}) => ignored),
  }
}

function factOf({path, prepared, workspace}: Readied): Fact {
  return {path, page: pageOf(prepared, path, workspace), reading: readingOf(prepared)}
}

/** Lints a document, and writes down what its rules asked of the others. */
export async function answerOf(one: Readied, options: RunOptions): Promise<Answer> {
  const {text, prepared, settings} = one
  const {database} = settings
  const asked: {questions: () => readonly Question[]} = {questions: () => []}
  const result = await lintAll(one, options, (project) => {
    const recording = recorded(project, () => printOf(database))
    asked.questions = recording.questions
    return recording.project
  })
  const questions = asked.questions()
  const usesDatabase = statesSchema(prepared) && questions.some(({ask}) => ask === 'schema')
  return {...factOf(one), text, result, questions, usesDatabase}
}

const prints = kept<string>()

/** A print of the files that a database is known from. */
export function printOf(database: Readied['settings']['database']): string {
  if (!database) return ''
  return prints(database, () => contentPrint(database))
}

function warned(all: readonly Pick<Readied, 'path' | 'settings'>[]): readonly Warned[] {
  const first = new Map<object, Pick<Readied, 'path' | 'settings'>>()
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
