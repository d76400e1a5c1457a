import {statSync} from 'node:fs'
import {dirname} from 'node:path'
import {openCache, type Cache} from './cache.ts'
import type {Entry} from './cache-file.ts'
import type {Discovered} from './discover.ts'
import {allOf, createEngine, type Engine, type Fact, type Facts} from './engine.ts'
import type {RunOptions} from './options.ts'
import {createPool, threadsFor} from './pool.ts'
import {fileSettings, type Finders, findersOf, readFor, shown} from './read.ts'
import type {RunError} from './types.ts'

/** A file, and what the cache knows of it where its text and settings are as they were. */
interface Kept {
  readonly entry: Entry
  readonly text: string
}

/** The documents of a run, known to the workspaces; each was parsed only if the cache did not know it. */
export interface Gathered {
  readonly options: RunOptions
  readonly finders: Finders
  readonly cache: Cache | undefined
  readonly kept: ReadonlyMap<string, Kept>
  /** With a cache, what stood in the others before they were read. */
  readonly texts: ReadonlyMap<string, string>
  /** By their absolute paths, in the order of the files. */
  readonly facts: ReadonlyMap<string, Fact>
  readonly errors: readonly RunError[]
  readonly noType: readonly string[]
  readonly ignored: readonly string[]
  readonly engine: Engine
}

/**
 * Reads files here, or in threads. With `keep` the engine can lint those that it read. `use` is given what was found, and the engine
 * is closed afterwards.
 */
export async function gather<T>(
  found: Discovered,
  options: RunOptions,
  keep: boolean,
  use: (gathered: Gathered) => Promise<T>,
): Promise<T> {
  const finders = findersOf(options)
  // A mistake in a configuration is told before threads are started.
  for (const path of found.files) finders.configOf(dirname(path))
  const cache = options.cache === false ? undefined : openCache(options)
  const {kept, texts} = cache ? keptOf(found.files, cache, finders, options) : none
  const open = found.files.filter((path) => !kept.has(path))
  const threads = threadsFor(open.map(sizeOf), options.concurrency)
  const engine = threads > 0 ? createPool(options, threads) : createEngine(options, finders)
  try {
    const read = await readOpen(open, {options, finders, engine, keep})
    const gathered = {options, finders, cache, kept, texts, engine, ...joined(found, read, kept, options)}
    for (const [path, {page}] of gathered.facts) finders.workspaceOf(path).add(path, page)
    return await use(gathered)
  } finally {
    await engine.close()
  }
}

/** In bytes. What can't be looked at is for the reader to say. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}

const none: Pick<Gathered, 'kept' | 'texts'> = {kept: new Map(), texts: new Map()}

/** Threads read the files as they stand; those of another state are read here. */
async function readOpen(
  open: readonly string[],
  {options, finders, engine, keep}: Pick<Gathered, 'options' | 'finders' | 'engine'> & {readonly keep: boolean},
): Promise<Facts> {
  const isLaid = (path: string): boolean => options.overlay?.present.has(path) === true
  const laid = open.filter(isLaid)
  if (laid.length === 0) return engine.read(open, keep)
  const own = await createEngine(options, finders).read(laid, false)
  return allOf([
    own,
    await engine.read(
      open.filter((path) => !isLaid(path)),
      keep,
    ),
  ])
}

/** Makes further files known to the run; they are not linted, and what is wrong with them is not told. */
export async function learn(
  files: readonly string[],
  {options, finders, cache, engine}: Pick<Gathered, 'options' | 'finders' | 'cache' | 'engine'>,
): Promise<readonly Fact[]> {
  const {kept} = cache ? keptOf(files, cache, finders, options) : none
  const read = await engine.read(
    files.filter((path) => !kept.has(path)),
    false,
  )
  const facts = [...keptFacts(kept), ...read.facts]
  for (const {path, page} of facts) finders.workspaceOf(path).add(path, page)
  return facts
}

function keptOf(
  files: readonly string[],
  cache: Cache,
  {configOf, workspaceOf}: Finders,
  options: RunOptions,
): Pick<Gathered, 'kept' | 'texts'> {
  const kept = new Map<string, Kept>()
  const texts = new Map<string, string>()
  for (const path of files) {
    const config = configOf(dirname(path))
    if (fileSettings(path, config, options).ignored) continue
    const read = readFor(path, workspaceOf(path).root, options, config.limits)
    if ('problem' in read) continue
    const {text} = read
    const entry = cache.entryOf(path, text, config)
    if (entry) kept.set(path, {entry, text})
    else texts.set(path, text)
  }
  return {kept, texts}
}

/** In the order of the files, whoever read them. */
function joined(
  found: Discovered,
  read: Facts,
  kept: Gathered['kept'],
  {cwd}: RunOptions,
): Pick<Gathered, 'facts' | 'errors' | 'noType' | 'ignored'> {
  const byPath = new Map([...read.facts, ...keptFacts(kept)].map((fact) => [fact.path, fact]))
  const facts = found.files.flatMap((path) => byPath.get(path) ?? [])
  const noType = [...kept].flatMap(([path, {entry}]) => (entry.document ? [] : [shown(path, cwd)]))
  const inOrder = placed(found, cwd)
  return {
    facts: new Map(facts.map((fact) => [fact.path, fact])),
    errors: inOrder(read.errors, ({path}) => path),
    noType: inOrder([...read.noType, ...noType], (path) => path),
    ignored: [...found.ignored.map((path) => shown(path, cwd)), ...inOrder(read.ignored, (path) => path)],
  }
}

function keptFacts(kept: Gathered['kept']): readonly Fact[] {
  return [...kept].flatMap(([path, {entry}]): readonly Fact[] => {
    if (!entry.document) return []
    const {anchors, specification, reading} = entry.document
    return [{path, page: {anchors: new Set(anchors), specification}, reading}]
  })
}

/** Sorts things by the files that they are of. */
export function placed(
  found: Discovered,
  cwd: string,
): <T>(things: readonly T[], nameOf: (thing: T) => string) => readonly T[] {
  const places = new Map(found.files.map((path, index) => [shown(path, cwd), index]))
  return (things, nameOf) => things.toSorted((a, b) => (places.get(nameOf(a)) ?? 0) - (places.get(nameOf(b)) ?? 0))
}
