import {dirname} from 'node:path'
import type {Root} from 'mdast'
import {rules} from '../../rules/index.ts'
import {SpecLintError} from '../config/error.ts'
import {isInside, readTextFile} from '../config/files.ts'
import {noLimits, secondsFor} from '../config/limits.ts'
import {readDocument} from '../document/parse.ts'
import {type Parsed, reparse} from '../document/reparse.ts'
import {type Prepared, prepare} from '../lint/prepare.ts'
import {today} from '../lint/today.ts'
import type {Finding} from '../lint/types.ts'
import {noProject} from '../lint/no-project.ts'
import {discover} from '../run/discover.ts'
import {lintInTime} from '../run/lint-in-time.ts'
import {lintReady} from '../run/one.ts'
import {type RunOptions, runOptions} from '../run/options.ts'
import {fileSettings, type Finders, findersOf, mayBeDocument, type Readied, readyText} from '../run/read.ts'
import {loadSchemaParsers} from '../sql/load.ts'
import {builtinTypes} from '../type/builtin.ts'
import {type Entry, entryOf} from './entries.ts'
import {createReader} from './in-time.ts'

/** A text in the editor; without a path it was never saved. */
export interface OpenText {
  readonly uri: string
  readonly path: string | undefined
  readonly text: string
}

/** What is known of a text: that it is no specification, that the configuration is wrong, or its findings. */
export type Linted =
  | {readonly kind: 'none'}
  | {readonly kind: 'refused'; readonly error: SpecLintError}
  | {readonly kind: 'linted'; readonly prepared: Prepared; readonly findings: readonly Finding[]}

/** The documents below some folders, those in the editor as they stand there. */
export interface Session {
  /** The text as a document of its type; `undefined` when it is of none, or its configuration can't be read. */
  readonly prepared: (text: OpenText) => Prepared | undefined
  readonly lint: (text: OpenText) => Promise<Linted>
  /** Reads what is not open, so that documents know each other. It lets other work go first, and stops when it should. */
  readonly index: (isOpen: (path: string) => boolean, isStopped: () => boolean) => Promise<void>
  /** What each document defines and names, by absolute path. */
  readonly entries: ReadonlyMap<string, Entry>
  /** The file at a path, which is not open, as a document. */
  readonly preparedFile: (path: string) => Prepared | undefined
  /** A document that is no longer in the editor is what its file is. */
  readonly close: (path: string) => void
}

/** A text as it was last seen in the editor. */
interface Open {
  readonly text: string
  readonly one: Readied | undefined
  readonly parsed: Parsed
}

/** What is known of a text before it is read: the document that it was, and its tree. */
interface Edited {
  readonly one?: Readied | undefined
  readonly tree?: Root
}

/** Milliseconds that reading may keep an editor waiting. */
const turn = 15

export function createSession(folders: readonly string[]): Session {
  const entries = new Map<string, Entry>()
  /** What is open. */
  const open = new Map<string, Open>()
  const findings = findingsOnce()
  /** Grows with every text that is read: findings may be of other documents than their own. */
  let texts = 0
  const around = surroundingsIn(folders)
  const inTime = createReader()
  /** Throws `SpecLintError` for a configuration that can't be read. */
  const read = (path: string, text: string): Readied | undefined => {
    const before = open.get(path)
    if (before?.text === text) return before.one
    return inTime(path, secondsAt(around(path), path, text), () => {
      const parsed = reparse(before?.parsed, text.replace(/^\uFEFF/u, ''))
      const one = enter(path, text, {one: before?.one, tree: parsed.tree})
      open.set(path, {text, one, parsed})
      return one
    })
  }
  return {
    entries,
    prepared: ({uri, path, text}) => {
      const found = unlessRefused(() => (path === undefined ? readUnsaved(uri, text) : read(path, text)?.prepared))
      return found instanceof SpecLintError ? undefined : found
    },
    lint: ({uri, path, text}) =>
      orRefused(async () => (path === undefined ? lintUnsaved(readUnsaved(uri, text)) : lintSaved(path, text))),
    index: (isOpen, isStopped) => inTurns(folders, (path) => isOpen(path) || readFile(path), isStopped),
    preparedFile: (path) => readFile(path)?.prepared,
    close: (path) => {
      open.delete(path)
      findings.forget(path)
      readFile(path)
    },
  }

  function lintSaved(path: string, text: string): Linted | Promise<Linted> {
    const one = read(path, text)
    return one ? findings.of(one, texts, around(path).options) : {kind: 'none'}
  }

  function readUnsaved(uri: string, text: string): Prepared | undefined {
    return inTime(uri, secondsFor(noLimits, text.length), () => prepare(text, builtinTypes()))
  }

  function enter(path: string, text: string, edited: Edited = {}): Readied | undefined {
    texts += 1
    const one = readIn(around(path), path, text, edited)
    if (one) entries.set(path, entryOf(one))
    else entries.delete(path)
    return one
  }

  /** What can't be read is no document for others. */
  function readFile(path: string): Readied | undefined {
    try {
      const file = readTextFile(path, around(path).finders.workspaceOf(path).root)
      if ('text' in file) return inTime(path, secondsAt(around(path), path, file.text), () => enter(path, file.text))
    } catch (error) {
      if (!(error instanceof SpecLintError)) throw error
    }
    entries.delete(path)
    return undefined
  }
}

/** A mistake of the configuration, or a document that can't be read. */
function unlessRefused<T>(call: () => T): T | SpecLintError {
  try {
    return call()
  } catch (error) {
    if (error instanceof SpecLintError) return error
    throw error
  }
}

async function orRefused(lint: () => Promise<Linted>): Promise<Linted> {
  try {
    return await lint()
  } catch (error) {
    if (error instanceof SpecLintError) return {kind: 'refused', error}
    throw error
  }
}

/** What was found in each document, kept while neither it nor another one (`at` counts them) changes. */
function findingsOnce(): {
  readonly of: (one: Readied, at: number, options: RunOptions) => Promise<Linted>
  readonly forget: (path: string) => void
} {
  const kept = new Map<string, {readonly one: Readied; readonly at: number; readonly linted: Promise<Linted>}>()
  return {
    of: (one, at, options) => {
      const before = kept.get(one.path)
      if (before?.one === one && before.at === at) return before.linted
      const linted = lintOne(one, options)
      kept.set(one.path, {one, at, linted})
      return linted
    },
    forget: (path) => kept.delete(path),
  }
}

async function lintOne(one: Readied, options: RunOptions): Promise<Linted> {
  const {findings} = await lintReady(one, options)
  return {kind: 'linted', prepared: one.prepared, findings}
}

/** Visits the documents below some folders, and lets other work go first now and then. */
async function inTurns(
  folders: readonly string[],
  visit: (path: string) => unknown,
  isStopped: () => boolean,
): Promise<void> {
  let started = performance.now()
  for (const folder of folders) {
    for (const path of discover(['.'], {...runOptions({cwd: folder}), errorOnUnmatched: false}).files) {
      if (isStopped()) return
      visit(path)
      if (performance.now() - started < turn) continue
      await new Promise((resolve) => setImmediate(resolve))
      started = performance.now()
    }
  }
}

function innermost(folders: readonly string[]): readonly string[] {
  return folders.toSorted((a, b) => b.length - a.length)
}

interface Surroundings {
  readonly options: RunOptions
  readonly finders: Finders
}

/** What holds around a path, by the innermost folder that it is in. */
function surroundingsIn(folders: readonly string[]): (path: string) => Surroundings {
  const byFolder = new Map<string, Surroundings>()
  return (path) => {
    // A file that is outside of all folders is looked at alone.
    const [cwd = dirname(path)] = innermost(folders.filter((one) => isInside(path, one)))
    const known = byFolder.get(cwd) ?? surroundings(cwd)
    byFolder.set(cwd, known)
    return known
  }
}

function surroundings(folder: string): Surroundings {
  const options = runOptions({cwd: folder})
  return {options, finders: findersOf(options)}
}

function readIn(
  {options, finders}: Surroundings,
  path: string,
  text: string,
  {one: before, tree}: Edited,
): Readied | undefined {
  const settings = fileSettings(path, finders.configOf(dirname(path)), options)
  if (settings.ignored || !mayBeDocument(text, settings, options)) return undefined
  const parsed = tree && {tree}
  const one = readyText(text, path, finders, options, parsed)
  if (one || !before) return one
  // Front matter that is being written shows no type; it is still the document that it was.
  return readDocument(text, parsed).metadata.problems.length > 0
    ? readyText(text, path, finders, options, {...parsed, given: before.prepared.type.type})
    : undefined
}

async function lintUnsaved(prepared: Prepared | undefined): Promise<Linted> {
  if (!prepared) return {kind: 'none'}
  await loadSchemaParsers(prepared.document)
  const settings = {rules, config: new Map(), project: noProject(today())}
  const {findings} = await lintInTime(prepared, settings, secondsFor(noLimits, prepared.document.text.length))
  return {kind: 'linted', prepared, findings}
}

/** What its configuration gives a document for being read. */
function secondsAt({options, finders}: Surroundings, path: string, {length}: string): number {
  return secondsFor(fileSettings(path, finders.configOf(dirname(path)), options).limits, length)
}
