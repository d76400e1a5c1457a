import {dirname, join, relative} from 'node:path'
import {posix, projectRoot, readTextFile} from '../config/files.ts'
import {SpecLintError} from '../config/error.ts'
import {findConfig, layRules, loadConfig, noConfig} from '../config/load.ts'
import {type FileSettings, settingsFor} from '../config/settings.ts'
import type {Config} from '../config/types.ts'
import {readDocument} from '../document/parse.ts'
import {type Prepared, prepareDocument} from '../lint/prepare.ts'
import {specificationOf} from '../lint/specification.ts'
import {today} from '../lint/today.ts'
import {createWorkspace, type Page, type Workspace} from '../lint/workspace.ts'
import {builtinTypes} from '../type/builtin.ts'
import type {Discovered} from './discover.ts'
import {known, type RunOptions} from './options.ts'
import type {RunError} from './types.ts'

/** A file that was read, bound to its type. */
export interface Readied {
  readonly name: string
  readonly path: string
  readonly text: string
  readonly settings: FileSettings
  readonly prepared: Prepared
  readonly workspace: Workspace
}

export interface Ready {
  readonly ready: readonly Readied[]
  readonly errors: readonly RunError[]
  readonly noType: readonly string[]
  readonly ignored: readonly string[]
}

/** The documents of the run and, apart, what kept the other files from being one. */
export function readAll(found: Discovered, options: RunOptions): Ready {
  const configOf = configFinder(options)
  const workspaceOf = workspaceFinder(options, configOf)
  const ready: Readied[] = []
  const errors: RunError[] = []
  const noType: string[] = []
  const ignored = found.ignored.map((path) => shown(path, options.cwd))
  for (const path of found.files) {
    const name = shown(path, options.cwd)
    const config = configOf(dirname(path))
    const settings = fileSettings(path, config, options)
    if (settings.ignored) {
      ignored.push(name)
      continue
    }
    const workspace = workspaceOf(path)
    const read = readTextFile(path, workspace.root)
    const isWanted = options.type !== undefined || settings.type !== undefined || settings.detects
    if ('problem' in read) {
      if (isWanted) errors.push({path: name, code: read.problem.code, message: read.problem.message})
      else noType.push(name)
      continue
    }
    // Only a comment could make it a document.
    if (!isWanted && !read.text.includes('spec-lint type')) {
      noType.push(name)
      continue
    }
    try {
      const one = readied(read.text, {name, path, config}, settings, options)
      if (!one) noType.push(name)
      else {
        workspace.add(path, pageOf(one.prepared, path, workspace))
        ready.push({...one, name, path, text: read.text, workspace})
      }
    } catch (error) {
      errors.push({path: name, ...unreadable(error)})
    }
  }
  return {ready, errors, noType, ignored}
}

/** A text bound to its type, with the settings that hold for it. */
function readied(
  text: string,
  {name, path, config}: {readonly name: string; readonly path: string; readonly config: Config},
  byPath: FileSettings,
  options: RunOptions,
): Pick<Readied, 'settings' | 'prepared'> | undefined {
  const document = readDocument(text, {path: name})
  const stated = options.type ? undefined : document.typeComment?.name
  const settings = stated === undefined ? byPath : fileSettings(path, config, options, stated)
  const type = options.type ?? settings.type?.type
  const prepared = prepareDocument(document, type || settings.detects ? builtinTypes() : [], type, settings.dialect)
  return prepared && {settings, prepared}
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
): (path: string) => Workspace {
  const byRoot = new Map<string, Workspace>()
  const now = today()
  return (path) => {
    const root = projectRoot(path, options.cwd)
    const earlier = byRoot.get(root)
    if (earlier) return earlier
    const workspace = createWorkspace({
      root,
      today: now,
      typesOf: (file, stated) => {
        const settings = fileSettings(file, configOf(dirname(file)), options, stated)
        return {
          given: settings.ignored ? undefined : settings.type?.type,
          detected: settings.detects && !settings.ignored ? builtinTypes() : [],
        }
      },
    })
    byRoot.set(root, workspace)
    return workspace
  }
}

/** What the parser could not take; the other files go on. */
function unreadable(error: unknown): Omit<RunError, 'path'> {
  if (error instanceof RangeError) return {code: 'too-deep', message: 'It is nested too deeply to be read'}
  if (error instanceof SpecLintError) throw error
  const words = error instanceof Error ? error.message : String(error)
  return {code: 'internal-error', message: `This is a bug in spec-lint: ${words}`}
}

/** The settings of a file, as `inspect` shows them too. */
export function fileSettings(path: string, config: Config, options: RunOptions, stated?: string): FileSettings {
  return settingsFor(config, posix(relative(config.root, path)), layRules([options.rules]), stated)
}

/** Configurations by directory, each read once. */
export function configFinder(options: RunOptions): (directory: string) => Config {
  const byPath = new Map<string, Config>()
  const byDirectory = new Map<string, Config>()
  const load = (path: string): Config => {
    const config = byPath.get(path) ?? loadConfig(path, known)
    byPath.set(path, config)
    return config
  }
  return (directory) => {
    if (options.config === false) return noConfig(options.cwd)
    if (options.config !== undefined) return load(join(options.cwd, options.config))
    const earlier = byDirectory.get(directory)
    if (earlier) return earlier
    const path = findConfig(directory)
    const config = path === undefined ? noConfig(options.cwd) : load(path)
    byDirectory.set(directory, config)
    return config
  }
}

function shown(path: string, cwd: string): string {
  return posix(relative(cwd, path))
}
