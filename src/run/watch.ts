import {type FSWatcher, readdirSync, watch} from 'node:fs'
import {dirname, join} from 'node:path'
import {findConfig, loadConfig} from '../config/load.ts'
import {SpecLintError} from '../config/error.ts'
import {known, type RunOptions} from './options.ts'

/** Milliseconds without a change after which a run begins. */
const quiet = 100
/** Folders; more are no project of documents. */
const mostFolders = 20_000
const never: ReadonlySet<string> = new Set(['node_modules', '.git', '.spec-lint-cache'])

export interface WatchOptions {
  /** Folders whose files matter, all that is below them included; asked anew after each run. */
  readonly roots: () => readonly string[]
  /** Files that the runs write. */
  readonly isOwn: (path: string) => boolean
  readonly run: () => Promise<void>
  readonly signal: AbortSignal
}

/**
 * Runs at once, and again whenever a file below the folders is written, made or deleted; ends with the signal. One watcher a folder:
 * the recursive one of Node 20 has one for each file on Linux, those of `node_modules` included, and loses files in new folders.
 */
export async function watchRuns({roots, isOwn, run, signal}: WatchOptions): Promise<void> {
  const watchers = new Map<string, FSWatcher>()
  let wake: () => void = () => undefined
  let changed = false
  const tell = (path: string): void => {
    if (isOwn(path) || /\.spec-lint-\d+-[0-9a-f]+\.tmp$/u.test(path)) return
    changed = true
    wake()
  }
  signal.addEventListener('abort', () => wake())
  try {
    while (!signal.aborted) {
      changed = false
      // Before the run: what changes while it goes is not lost.
      follow(watchers, roots(), tell)
      await run()
      // A folder that was made meanwhile, and a configuration that names others.
      if (follow(watchers, roots(), tell)) changed = true
      await settled(
        () => changed,
        (next) => (wake = next),
        signal,
      )
    }
  } finally {
    for (const watcher of watchers.values()) watcher.close()
  }
}

/** Waits for a change, and then until none has come for a while. */
async function settled(
  isChanged: () => boolean,
  onWake: (wake: () => void) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!isChanged() && !signal.aborted) await new Promise<void>(onWake)
  while (!signal.aborted) {
    const more = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), quiet)
      onWake(() => {
        clearTimeout(timer)
        resolve(true)
      })
    })
    if (!more) return
  }
}

/** Watches the folders that there are now; whether one of them is new. */
function follow(watchers: Map<string, FSWatcher>, roots: readonly string[], tell: (path: string) => void): boolean {
  const isFirst = watchers.size === 0
  const now = foldersBelow(roots)
  for (const [folder, watcher] of watchers) {
    if (now.has(folder)) continue
    watcher.close()
    watchers.delete(folder)
  }
  let isNew = false
  for (const folder of now) {
    if (watchers.has(folder)) continue
    const watcher = watcherOf(folder, tell)
    if (!watcher) continue
    watchers.set(folder, watcher)
    isNew = true
  }
  return isNew && !isFirst
}

/** `undefined` for a folder that is gone, or that the system lets no one watch. */
function watcherOf(folder: string, tell: (path: string) => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, {persistent: true}, (_, name) => {
      if (name === null || !never.has(name)) tell(join(folder, name ?? ''))
    })
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}

function foldersBelow(roots: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const stack = [...roots]
  for (let next = stack.pop(); next !== undefined && found.size < mostFolders; next = stack.pop()) {
    if (found.has(next)) continue
    try {
      const entries = readdirSync(next, {withFileTypes: true})
      found.add(next)
      for (const entry of entries) if (entry.isDirectory() && !never.has(entry.name)) stack.push(join(next, entry.name))
    } catch {
      // It is gone.
    }
  }
  return found
}

/** What a run depends on beside its documents: the folders of the configuration, and of all that it names. */
export function rootsOf({cwd, config}: RunOptions): readonly string[] {
  if (config === false) return [cwd]
  const path = config === undefined ? foundFrom(cwd) : join(cwd, config)
  if (path === undefined) return [cwd]
  const named = namedIn(path)
  return [...new Set([cwd, dirname(path), ...named])]
}

function foundFrom(cwd: string): string | undefined {
  try {
    return findConfig(cwd)
  } catch (error) {
    if (error instanceof SpecLintError) return undefined
    throw error
  }
}

/** Of a configuration that is wrong nothing is known but where it is. */
function namedIn(path: string): readonly string[] {
  try {
    const {root, layers, baseline, database} = loadConfig(path, known)
    const {schema = [], migrations} = database ?? {}
    const files = [...layers.map((layer) => layer.path), ...(baseline ? [baseline.path] : []), ...schema]
    return [root, ...files.map((file) => dirname(file)), ...(migrations ? [migrations.folder] : [])]
  } catch (error) {
    if (error instanceof SpecLintError) return []
    throw error
  }
}
