import {dirname} from 'node:path'
import {readTextFile} from '../config/files.ts'
import {areAnswered} from '../lint/questions.ts'
import {staleEntries, withoutBaseline} from './baseline.ts'
import {type Cache, openCache} from './cache.ts'
import type {Entry} from './cache-file.ts'
import type {Discovered} from './discover.ts'
import {type Answer, createEngine, type Engine, type Fact, type Facts, inOrder, printOf, type Warned} from './engine.ts'
import {goOn, type RunOptions} from './options.ts'
import {createPool, threadsFor} from './pool.ts'
import {fileSettings, type Finders, findersOf, homeOf, type Member, shown} from './read.ts'
import {inShard, partOf} from './shard.ts'
import type {FileResult, Linted, RunError, RunResult} from './types.ts'

/** Lints all documents as they stand. Reads all first, so that the rules of each may ask what the others are. */
export async function lintPlain(found: Discovered, options: RunOptions): Promise<RunResult> {
  const finders = findersOf(options)
  // A mistake in a configuration is told before threads are started.
  for (const path of found.files) finders.configOf(dirname(path))
  const cache = options.cache === false ? undefined : openCache(options)
  const kept = keptOf(found.files, cache, finders, options)
  const open = found.files.filter((path) => !kept.has(path))
  const threads = threadsFor(open.length, options.concurrency)
  const engine = threads > 0 ? createPool(options, threads) : createEngine(options)
  try {
    return await through({found, options, finders, cache, kept, engine}, await engine.read(open))
  } finally {
    await engine.close()
  }
}

/** What the cache knows of files whose text and settings are the same. */
function keptOf(
  files: readonly string[],
  cache: Cache | undefined,
  {configOf, workspaceOf}: Finders,
  options: RunOptions,
): ReadonlyMap<string, Kept> {
  const kept = new Map<string, Kept>()
  if (!cache) return kept
  for (const path of files) {
    const config = configOf(dirname(path))
    if (fileSettings(path, config, options).ignored) continue
    const read = readTextFile(path, workspaceOf(path).root)
    const entry = 'text' in read ? cache.entryOf(path, read.text, config) : undefined
    if (entry && 'text' in read) kept.set(path, {entry, text: read.text})
  }
  return kept
}

interface Kept {
  readonly entry: Entry
  readonly text: string
}

interface Way {
  readonly found: Discovered
  readonly options: RunOptions
  readonly finders: Finders
  readonly cache: Cache | undefined
  readonly kept: ReadonlyMap<string, Kept>
  readonly engine: Engine
}

async function through(way: Way, read: Facts): Promise<RunResult> {
  const {found, options, finders, kept, engine} = way
  const facts = [...read.facts, ...keptFacts(kept)]
  for (const {path, page} of facts) finders.workspaceOf(path).add(path, page)
  const documents = new Set(facts.map(({path}) => path))
  const members = found.files.filter((path) => documents.has(path) && inShard(shown(path, options.cwd), options.shard))
  const results = new Map<string, Pick<Answer, 'text' | 'result'>>()
  const warned: Warned[] = []
  for (const path of members) {
    const entry = kept.get(path)
    if (!entry || !holds(path, entry.entry, finders, options)) continue
    results.set(path, {text: entry.text, result: entry.entry.result})
    warned.push({path, warnings: entry.entry.warnings})
  }
  const left = members.filter((path) => !results.has(path))
  const again = await engine.read(left.filter((path) => kept.has(path)))
  await engine.know(facts)
  await goOn(options)
  const answers: Answer[] = []
  options.progress?.(results.size, members.length)
  const dead = await engine.lint(left, (answer) => {
    answers.push(answer)
    options.progress?.(results.size + answers.length, members.length)
  })
  warned.push(...(await engine.warnings()))
  for (const answer of answers) results.set(answer.path, answer)
  remember(way, answers, warned)
  const errors = [...read.errors, ...again.errors, ...dead]
  return resultOf(way, members, results, {...read, errors, warnings: inOrder(warned)}, documents)
}

function keptFacts(kept: ReadonlyMap<string, Kept>): readonly Fact[] {
  return [...kept].map(
    ([
      path,
      {
        entry: {anchors, specification},
      },
    ]) => ({
      path,
      page: {anchors: new Set(anchors), specification},
    }),
  )
}

/** Whether all that the rules asked of the world around is as it was. */
function holds(path: string, {urls, questions}: Entry, {configOf, workspaceOf}: Finders, options: RunOptions): boolean {
  const {database} = fileSettings(path, configOf(dirname(path)), options)
  const linking = {links: urls.map((url) => ({url})), definitions: []}
  // The answers of the database are held by the print of its files.
  return areAnswered(questions, workspaceOf(path).projectOf(path, linking), () => printOf(database))
}

function remember(
  {cache, finders: {configOf}, options}: Way,
  answers: readonly Answer[],
  warned: readonly Warned[],
): void {
  if (!cache) return
  const nameOf = (path: string): string =>
    JSON.stringify(fileSettings(path, configOf(dirname(path)), options).database ?? null)
  const warnings = new Map<string, readonly string[]>()
  for (const one of warned) {
    const name = nameOf(one.path)
    warnings.set(name, [...new Set([...(warnings.get(name) ?? []), ...one.warnings])])
  }
  for (const answer of answers)
    cache.keep(
      answer,
      configOf(dirname(answer.path)),
      answer.usesDatabase ? (warnings.get(nameOf(answer.path)) ?? []) : [],
    )
  cache.save()
}

type Told = Omit<Facts, 'facts'> & {readonly warnings: readonly string[]}

/** In the order of the files, whoever read them. */
function resultOf(
  {found, options, finders}: Way,
  members: readonly string[],
  results: ReadonlyMap<string, {readonly text: string; readonly result: Linted}>,
  told: Told,
  documents: ReadonlySet<string>,
): RunResult {
  const {cwd, shard} = options
  const places = new Map(found.files.map((path, index) => [shown(path, cwd), index]))
  const placed = (names: readonly string[]): readonly string[] =>
    names.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
  const memberAt = (path: string): Member => {
    const config = finders.configOf(dirname(path))
    return {path, name: shown(path, cwd), settings: fileSettings(path, config, options), home: homeOf(path, config)}
  }
  const files = members.flatMap((path): readonly FileResult[] => {
    const one = results.get(path)
    return one ? [{path: shown(path, cwd), text: one.text, result: withoutBaseline(one.result, memberAt(path))}] : []
  })
  const errors: readonly RunError[] = told.errors.toSorted(
    (a, b) => (places.get(a.path) ?? 0) - (places.get(b.path) ?? 0),
  )
  const all = found.files.filter((path) => documents.has(path)).map(memberAt)
  const ignored = [...found.ignored.map((path) => shown(path, cwd)), ...placed(told.ignored)]
  return partOf(
    {
      files,
      errors,
      warnings: told.warnings,
      skipped: {noType: placed(told.noType), ignored},
      fixed: [],
      stale: staleEntries(all, files, options),
    },
    shard,
  )
}
