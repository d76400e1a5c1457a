import {createHash} from 'node:crypto'
import {lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs'
import {dirname, join} from 'node:path'
import type {Question} from '../lint/questions.ts'
import type {Specification} from '../rule/types.ts'
import type {Reading} from './reading.ts'
import type {Linted} from './types.ts'
import {createTextFile} from './write.ts'

/** What is remembered of a file. */
export interface Entry {
  /** Of the text and of all that the document's own findings come from. */
  readonly key: string
  /** `undefined` for a file that is of no type. */
  readonly document: Document | undefined
  /** `undefined` for a document that others were held against, and on which no rule was run. */
  readonly checked: Checked | undefined
}

interface Document {
  readonly anchors: readonly string[]
  readonly specification: Specification | undefined
  readonly reading: Reading
}

export interface Checked {
  readonly questions: readonly Question[]
  readonly result: Linted
  /** Of the database, for a document that looked at it. */
  readonly warnings: readonly string[]
}

export type Entries = ReadonlyMap<string, Entry>

/** Files of other settings or versions that are kept. */
const mostFiles = 8

/** Reads a cache; one that is not as it was written is deleted, and none. */
export function readCacheFile(path: string): Entries {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return new Map()
  }
  const [print, body] = [text.slice(0, 64), text.slice(65)]
  try {
    if (print !== printOf(body)) throw new SyntaxError('changed')
    // The print says that this program wrote it.
    return new Map(Object.entries(JSON.parse(body) as Readonly<Record<string, Entry>>))
  } catch {
    rmSync(path, {force: true})
    return new Map()
  }
}

/** Writes a cache at once. One that can't be written is none: the next run finds out anew. */
export function writeCacheFile(path: string, entries: Entries): void {
  const body = JSON.stringify(Object.fromEntries(entries))
  const folder = dirname(path)
  try {
    mkdirSync(folder, {recursive: true})
    // A link of that name, wherever it leads, stays what it is.
    if (!lstatSync(join(folder, '.gitignore'), {throwIfNoEntry: false}))
      createTextFile(join(folder, '.gitignore'), '*\n')
    createTextFile(path, `${printOf(body)}\n${body}`, {force: true})
    prune(folder)
  } catch {
    // A cache is no reason to fail.
  }
}

function prune(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => /^[0-9a-f]{16}\.json$/u.test(name))
    .map((name) => ({path: join(folder, name), time: statSync(join(folder, name)).mtimeMs}))
    .toSorted((a, b) => b.time - a.time)
  for (const {path} of files.slice(mostFiles)) rmSync(path, {force: true})
}

function printOf(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}
