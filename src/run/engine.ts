import {dirname} from 'node:path'
import {kept, rememberLess} from '../document/remembered.ts'
import {databaseFor, databaseOf, statesSchema} from '../lint/database.ts'
import {contentPrint} from '../lint/database-files.ts'
import {areAnswered, type Question, recorded} from '../lint/questions.ts'
import type {Page} from '../lint/workspace.ts'
import {type Around, itsOwn, lintAll} from './one.ts'
import {goOn, type RunOptions} from './options.ts'
import {fileSettings, type Finders, findersOf, pageOf, readAll, type Readied, type Ready} from './read.ts'
import {linkingOf, type Reading, readingOf} from './reading.ts'
import {inShard} from './shard.ts'
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

/** An engine in this thread. `room` is for the characters of the documents that it keeps from reading till linting; half of it for those that wait for others. */
export function createEngine(options: RunOptions, finders: Finders = findersOf(options), room = usualRoom): Engine {
  rememberLess()
  const drafts = new Map<string, Answer>()
  const store = createStore()
  const seen: Pick<Readied, 'path' | 'settings'>[] = []
  return {
    read: async (files, keep = true) => {
      const parts: Facts[] = []
      for (const path of files) {
        await goOn(options)
        const {ready: own, ...rest} = readAll({files: [path], ignored: []}, options, finders)
        parts.push({facts: own.map(factOf), ...rest})
        seen.push(...own.map(({path: at, settings}) => ({path: at, settings})))
        for (const one of keep ? own : []) {
          if (!inShard(one.name, options.shard)) continue
          if (store.put(one, room / 16)) continue
          const draft = await draftOf(one, options)
          if (draft) drafts.set(path, draft)
          else store.put(one, room)
        }
      }
      return allOf(parts)
    },
    know: async (facts) => {
      for (const {path, page} of facts) finders.workspaceOf(path).add(path, page)
      await Promise.resolve()
    },
    lint: async (paths, tell) => {
      const errors: RunError[] = []
      for (const path of paths) {
        const draft = drafts.get(path)
        drafts.delete(path)
        if (draft && holds(path, draft, finders, options)) {
          tell(draft)
          continue
        }
        await goOn(options)
        const stored = store.take(path)
        const read = stored ? undefined : readAll({files: [path], ignored: []}, options, finders)
        errors.push(...(read?.errors ?? []))
        const one = stored ?? read?.ready[0]
        if (one) tell(await answerOf(one, options))
      }
      return errors
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

/** A document takes a hundred times the memory of its text. */
const usualRoom = 2_097_152

interface Store {
  /** Keeps a document, if there is room with so many characters. */
  put(one: Readied, room: number): boolean
  /** Gives it away. */
  take(path: string): Readied | undefined
}

function createStore(): Store {
  const ready = new Map<string, Readied>()
  let length = 0
  return {
    put: (one, room) => {
      if (length + one.text.length > room) return false
      length += one.text.length
      ready.set(one.path, one)
      return true
    },
    take: (path) => {
      const one = ready.get(path)
      length -= one?.text.length ?? 0
      ready.delete(path)
      return one
    },
  }
}

/**
 * What is found in a document before the others are read. Mostly nothing of it changes when they are, and the document needn't be
 * kept till then, nor read again. `undefined` for one that links to a page that isn't known yet.
 */
async function draftOf(one: Readied, options: RunOptions): Promise<Answer | undefined> {
  const {path, prepared, settings, workspace} = one
  const database = databaseFor(databaseOf(settings.database), prepared)
  const {project, isSettled} = workspace.draftOf(path, prepared.document, database)
  // What is related to it may be among the pages that it links to.
  return project.specifications.length > 0 && isSettled() ? answerOf(one, options, () => project) : undefined
}

/** Whether all that the rules asked of the world around is as it was. */
export function holds(
  path: string,
  {reading, questions}: Pick<Answer, 'reading' | 'questions'>,
  {configOf, workspaceOf}: Finders,
  options: RunOptions,
): boolean {
  const {database} = fileSettings(path, configOf(dirname(path)), options)
  // The answers of the database are held by the print of its files.
  return areAnswered(questions, workspaceOf(path).projectOf(path, linkingOf(reading)), () => printOf(database))
}

/** Lints a document, and writes down what its rules asked of the others. */
export async function answerOf(one: Readied, options: RunOptions, around: Around = itsOwn): Promise<Answer> {
  const {text, prepared, settings} = one
  const asked: {questions: () => readonly Question[]} = {questions: () => []}
  const result = await lintAll(one, options, (own, database) => {
    const recording = recorded(around(own, database), () => printOf(settings.database))
    asked.questions = recording.questions
    return recording.project
  })
  const questions = asked.questions()
  const usesDatabase = statesSchema(prepared) && questions.some(({ask}) => ask === 'schema')
  return {...factOf(one), text, result, questions, usesDatabase}
}

const prints = kept<string>()

/** A print of the files that a database is known from. */
function printOf(database: Readied['settings']['database']): string {
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
