import {type Dirent, lstatSync, readFileSync, readdirSync, statSync} from 'node:fs'
import {join, relative, resolve} from 'node:path'
import ignore from 'ignore'
import {isInside, posix, upwards} from '../config/files.ts'
import {globProblem, matcher} from '../config/glob.ts'
import {SpecLintError} from '../config/error.ts'
import type {Overlay} from '../lint/paths.ts'

export interface Discovered {
  /** Absolute paths, in code point order. */
  readonly files: readonly string[]
  /** Files that `.gitignore` or `--ignore-pattern` kept out. */
  readonly ignored: readonly string[]
  /** Whether each file was named by itself, so that others of the project may stand beside them. */
  readonly byName: boolean
}

export interface DiscoverOptions {
  readonly cwd: string
  readonly ignorePatterns: readonly string[]
  /** Respect `.gitignore`. */
  readonly gitignore: boolean
  readonly errorOnUnmatched: boolean
  /** Files that are taken to be there, or not to be. */
  readonly overlay?: Overlay | undefined
}

const markdown = /\.(?:md|markdown|mdown|mkd)$/i
const never = new Set(['node_modules', '.git'])
const magic = /[*?{[!]/u

/**
 * The Markdown files that paths, directories and patterns name. Symbolic links are not followed in a search. A path by name
 * is taken as it is; what can't be read of it is for the reader to say.
 */
export function discover(paths: readonly string[], options: DiscoverOptions): Discovered {
  const files = new Set<string>()
  const ignored = new Set<string>()
  const unwanted = matcher(options.ignorePatterns)
  let byName = true
  const lost = [...(options.overlay?.present.keys() ?? [])].filter((file) => kindOf(file) === undefined)
  for (const path of paths) {
    const absolute = resolve(options.cwd, path)
    const kind = kindOf(absolute)
    const own = lostIn(lost, path, absolute, options)
    byName &&= kind === 'file'
    for (const file of own) files.add(file)
    if (kind === undefined && own.length > 0) continue
    if (kind === 'directory') walk(absolute, options, (file) => files.add(file), ignored)
    else if (kind === 'file') files.add(absolute)
    else if (magic.test(path)) expandGlob(path, options, files, ignored)
    else if (options.errorOnUnmatched)
      throw new SpecLintError('no-file', `No file matches "${path}"`, 'Name a Markdown file, a directory or a pattern.')
  }
  for (const file of options.overlay?.absent ?? []) files.delete(file)
  for (const file of files) {
    const way = posix(relative(options.cwd, file))
    if (!way.startsWith('..') && unwanted(way)) {
      files.delete(file)
      ignored.add(file)
    }
  }
  return {files: [...files].toSorted(byCodePoint), ignored: [...ignored].toSorted(byCodePoint), byName}
}

/** Of files that are not on the disk, those that a path, a directory or a pattern names. */
function lostIn(lost: readonly string[], path: string, absolute: string, {cwd}: DiscoverOptions): readonly string[] {
  if (lost.length === 0) return lost
  const fits = magic.test(path) ? matcher([path.includes('/') ? path : `/${path}`]) : undefined
  return lost.filter(
    (file) =>
      file === absolute ||
      (markdown.test(file) &&
        (isInside(file, absolute) || (isInside(file, cwd) && fits?.(posix(relative(cwd, file))) === true))),
  )
}

function byCodePoint(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function kindOf(path: string): 'file' | 'directory' | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? (statSafe(path) ?? 'file') : statSafe(path)
  } catch {
    return undefined
  }
}

function statSafe(path: string): 'file' | 'directory' | undefined {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'file'
  } catch {
    return undefined
  }
}

function expandGlob(pattern: string, options: DiscoverOptions, files: Set<string>, ignored: Set<string>): void {
  const found = matching(pattern, options, (name) => markdown.test(name), ignored)
  for (const file of found) files.add(file)
  if (found.length === 0 && options.errorOnUnmatched)
    throw new SpecLintError(
      'no-file',
      `No file matches "${pattern}"`,
      'Name a Markdown file, a directory or a pattern; put patterns in quotes.',
    )
}

/** Files of any kind that a pattern names, in code point order; absolute paths. */
export function filesMatching(pattern: string, options: DiscoverOptions): readonly string[] {
  const plain = resolve(options.cwd, pattern)
  if (kindOf(plain) === 'file') return [plain]
  const wanted = kindOf(plain) === 'directory' ? `${pattern.replace(/\/$/u, '')}/**` : pattern
  const found = matching(wanted, options, () => true, new Set())
  if (found.length === 0 && options.errorOnUnmatched)
    throw new SpecLintError('no-file', `No file matches "${pattern}"`, 'Put patterns in quotes: "tests/**/*.ts".')
  return found.toSorted(byCodePoint)
}

function matching(
  pattern: string,
  options: DiscoverOptions,
  accepts: (name: string) => boolean,
  ignored: Set<string>,
): readonly string[] {
  const problem = globProblem(pattern)
  if (problem !== undefined) throw new SpecLintError('pattern', `The pattern "${pattern}" can't be used`, `${problem}.`)
  const fits = matcher([pattern.includes('/') ? pattern : `/${pattern}`])
  const found: string[] = []
  walk(
    options.cwd,
    {...options, accepts},
    (file) => {
      if (fits(posix(relative(options.cwd, file)))) found.push(file)
    },
    ignored,
  )
  return found
}

interface Layer {
  readonly directory: string
  readonly engine: ReturnType<typeof ignore>
}

/** Depth first, without recursion; each directory's `.gitignore` holds for what is below it. */
function walk(
  start: string,
  options: DiscoverOptions & {readonly accepts?: (name: string) => boolean},
  found: (file: string) => void,
  ignored: Set<string>,
): void {
  const accepts = options.accepts ?? ((name: string) => markdown.test(name))
  const stack: {readonly directory: string; readonly layers: readonly Layer[]}[] = [
    {directory: start, layers: options.gitignore ? above(start) : []},
  ]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const {directory} = next
    const layers = options.gitignore ? [...next.layers, ...layerOf(directory)] : []
    for (const entry of entriesOf(directory)) {
      const path = join(directory, entry.name)
      if (never.has(entry.name) || entry.isSymbolicLink()) continue
      if (entry.isDirectory()) {
        if (!isIgnored(`${path}/`, layers)) stack.push({directory: path, layers})
      } else if (accepts(entry.name)) {
        if (isIgnored(path, layers)) ignored.add(path)
        else if (entry.isFile()) found(path)
      }
    }
  }
}

function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, {withFileTypes: true})
  } catch {
    return []
  }
}

/** The `.gitignore` files above a directory, up to the repository's root. */
function above(directory: string): readonly Layer[] {
  const chain = upwards(directory, (path) => statSafe(path) !== undefined)
  const top = chain.at(-1)
  if (top === undefined || statSafe(join(top, '.git')) === undefined) return []
  return chain.slice(1).toReversed().flatMap(layerOf)
}

function layerOf(directory: string): readonly Layer[] {
  const path = join(directory, '.gitignore')
  try {
    if (!lstatSync(path).isFile()) return []
    return [{directory, engine: ignore({allowRelativePaths: false}).add(readFileSync(path, 'utf8').slice(0, 100_000))}]
  } catch {
    return []
  }
}

function isIgnored(path: string, layers: readonly Layer[]): boolean {
  let result = false
  for (const {directory, engine} of layers) {
    const way = posix(relative(directory, path)) + (path.endsWith('/') ? '/' : '')
    if (!isInside(path, directory) || !ignore.isPathValid(way)) continue
    const test = engine.test(way)
    if (test.ignored) result = true
    if (test.unignored) result = false
  }
  return result
}
