import {existsSync} from 'node:fs'
import {dirname, join, relative, resolve} from 'node:path'
import type {Root} from 'mdast'
import {posix, type ReadResult, readTextFile, rootWithout} from '../config/files.ts'
import {findConfig, loadConfig, noConfig} from '../config/load.ts'
import {type Limits, mostBytes, secondsFor} from '../config/limits.ts'
import {layRules} from '../config/rules.ts'
import {type FileSettings, settingsFor} from '../config/settings.ts'
import type {Config} from '../config/types.ts'
import {readDocument} from '../document/parse.ts'
import {kept} from '../document/remembered.ts'
import {type Prepared, prepareDocument} from '../lint/prepare.ts'
import type {SpecType} from '../rule/types.ts'
import {specificationOf} from '../lint/specification.ts'
import {today} from '../lint/today.ts'
import {within} from '../lint/within.ts'
import {createWorkspace, type Page, type Past, type Workspace} from '../lint/workspace.ts'
import {builtinTypes} from '../type/builtin.ts'
import {byText} from './by-text.ts'
import type {Discovered} from './discover.ts'
import {known, type RunOptions} from './options.ts'
import {timeout, toldOf, unreadable} from './refused.ts'
import type {RunError} from './types.ts'

/** A file that was read, bound to its type. */
export interface Readied {
  readonly name: string
  readonly path: string
  readonly text: string
  readonly settings: FileSettings
  readonly prepared: Prepared
  readonly workspace: Workspace
  readonly home: Home
  /** What a change made of it; `undefined` where no change is looked at. */
  readonly past: Past | undefined
}

/** A document as far as its baseline asks. */
export type Member = Pick<Readied, 'name' | 'path' | 'settings' | 'home'>

/** Where a file stands in its project, wherever the program was started. */
interface Home {
  /** Absolute: its repository, else the folder of its configuration. */
  readonly root: string
  /** From there, with `/`. */
  readonly path: string
}

export interface Ready {
  readonly ready: readonly Readied[]
  readonly errors: readonly RunError[]
  readonly noType: readonly string[]
  readonly ignored: readonly string[]
}

/** The documents of the run and, apart, what kept the other files from being one. */
export function readAll(
  found: Pick<Discovered, 'files' | 'ignored'>,
  options: RunOptions,
  finders = findersOf(options),
): Ready {
  const {configOf, workspaceOf} = finders
  const ready: Readied[] = []
  const errors: RunError[] = []
  const noType: string[] = []
  const ignored = found.ignored.map((path) => shown(path, options.cwd))
  for (const path of found.files) {
    const name = shown(path, options.cwd)
    const settings = fileSettings(path, configOf(dirname(path)), options)
    if (settings.ignored) {
      ignored.push(name)
      continue
    }
    const read = readFor(path, workspaceOf(path).root, options, settings.limits)
    if ('problem' in read) {
      if (isWanted(settings, options)) errors.push({path: name, ...toldOf(read.problem)})
      else noType.push(name)
      continue
    }
    if (!mayBeDocument(read.text, settings, options)) {
      noType.push(name)
      continue
    }
    const made = readyInTime(read.text, path, finders, options, settings.limits)
    if ('problem' in made) errors.push({path: name, ...made.problem})
    else if (made.one) ready.push(made.one)
    else noType.push(name)
  }
  return {ready, errors, noType, ignored}
}

function isWanted({type, detects}: FileSettings, options: RunOptions): boolean {
  return options.type !== undefined || type !== undefined || detects
}

/** Whether a text is worth reading: of a file that no type wants, only a comment could make a document. */
export function mayBeDocument(text: string, settings: FileSettings, options: RunOptions): boolean {
  return isWanted(settings, options) || text.includes('spec-lint type')
}

/** The text of a file, in the index with `--staged`. */
export function readFor(path: string, root: string, {overlay}: RunOptions, limits: Limits): ReadResult {
  const laid = overlay?.present.get(path)
  if (!laid) return readTextFile(path, root, mostBytes(limits))
  const text = laid()
  return text === undefined
    ? {problem: {code: 'unreadable', message: 'Its staged form can not be read: it is in conflict, or not UTF-8 text'}}
    : {text}
}

export interface Finders {
  readonly configOf: (directory: string) => Config
  readonly workspaceOf: (path: string) => Workspace
}

export function findersOf(options: RunOptions): Finders {
  const configOf = configFinder(options)
  return {configOf, workspaceOf: workspaceFinder(options, configOf)}
}

/**
 * A text as the document at an absolute path, made known to its workspace; `undefined` when it is of no type. `tree` is the text's,
 * where it is known; without a byte order mark.
 */
export function readyText(
  text: string,
  path: string,
  {configOf, workspaceOf}: Finders,
  options: RunOptions,
  {given, tree}: {readonly given?: SpecType | undefined; readonly tree?: Root} = {},
): Readied | undefined {
  const config = configOf(dirname(path))
  const name = shown(path, options.cwd)
  const document = readDocument(text, {path: name, ...(tree && {tree})})
  const stated = given || options.type ? undefined : document.typeComment?.name
  const settings = fileSettings(path, config, options, stated)
  const type = given ?? options.type ?? settings.type?.type
  const prepared = prepareDocument(document, type || settings.detects ? builtinTypes() : [], type, settings.dialect)
  if (!prepared) return undefined
  const workspace = workspaceOf(path)
  workspace.add(path, pageOf(prepared, path, workspace))
  return {name, path, text, settings, prepared, workspace, home: homeOf(path, config), past: undefined}
}

const repositories = kept<(directory: string) => string | undefined>()

/** Without a configuration the working directory stands for its folder. */
export function homeOf(path: string, config: Config): Home {
  const root = repositories(config, repositoryFinder)(dirname(path)) ?? config.root
  return {root, path: posix(relative(root, path))}
}

/** The repository that a directory stands in; each directory is looked at once. */
function repositoryFinder(): (directory: string) => string | undefined {
  const find = byText((directory): string | undefined => {
    if (existsSync(join(directory, '.git'))) return directory
    const above = dirname(directory)
    return above === directory ? undefined : find(above)
  })
  return find
}

export function pageOf(prepared: Prepared, path: string, {root}: Workspace): Page {
  return {
    anchors: prepared.document.anchors,
    specification: specificationOf(prepared, posix(relative(root, path))),
  }
}

/** One workspace for each root that files of the run have. */
export function workspaceFinder(
  options: RunOptions,
  configOf: (directory: string) => Config,
  overlay = options.overlay,
): (path: string) => Workspace {
  const now = today()
  const workspaceIn = byText((root) =>
    createWorkspace({
      root,
      today: now,
      ...(overlay && {overlay}),
      typesOf: (file, stated) => {
        const settings = fileSettings(file, configOf(dirname(file)), options, stated)
        return {
          given: settings.ignored ? undefined : settings.type?.type,
          detected: settings.detects && !settings.ignored ? builtinTypes() : [],
        }
      },
    }),
  )
  const repositoryOf = repositoryFinder()
  return (path) => workspaceIn(repositoryOf(dirname(path)) ?? rootWithout(path, options.cwd))
}

/** The text as a document, or what kept it from being read in its time. */
export function readyInTime(
  text: string,
  path: string,
  finders: Finders,
  options: RunOptions,
  limits: Limits,
): {readonly one: Readied | undefined} | {readonly problem: Omit<RunError, 'path'>} {
  const seconds = secondsFor(limits, text.length)
  try {
    const made = within(seconds, () => readyText(text, path, finders, options))
    return made ? {one: made.value} : {problem: timeout(seconds)}
  } catch (error) {
    return {problem: unreadable(error)}
  }
}

/** The settings of a file, as `inspect` shows them too. */
export function fileSettings(path: string, config: Config, options: RunOptions, stated?: string): FileSettings {
  return settingsFor(config, posix(relative(config.root, path)), layRules([options.rules]), stated)
}

/** Configurations by directory, each read once. */
export function configFinder(options: RunOptions): (directory: string) => Config {
  const byPath = new Map<string, Config>()
  const baseline = options.baseline === undefined ? undefined : baselineGiven(options.baseline, options.cwd)
  const held = (config: Config): Config => (baseline ? {...config, ...baseline} : config)
  const byDirectory = new Map<string, Config>()
  const none = held(noConfig(options.cwd))
  const load = (path: string): Config => {
    const config = byPath.get(path) ?? held(loadConfig(path, known))
    byPath.set(path, config)
    return config
  }
  return (directory) => {
    if (options.config === false) return none
    if (options.config !== undefined) return load(join(options.cwd, options.config))
    const earlier = byDirectory.get(directory)
    if (earlier) return earlier
    const path = findConfig(directory)
    const config = path === undefined ? none : load(path)
    byDirectory.set(directory, config)
    return config
  }
}

function baselineGiven(baseline: string | false, cwd: string): Pick<Config, 'baseline'> {
  return {baseline: baseline === false ? undefined : {path: resolve(cwd, baseline), at: undefined}}
}

export function shown(path: string, cwd: string): string {
  return posix(relative(cwd, path))
}
