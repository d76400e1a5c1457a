import {existsSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {rules as builtinRules} from '../../rules/index.ts'
import {posix, readTextFile, upwards} from '../config/files.ts'
import {SpecLintError} from '../config/error.ts'
import {findConfig, layRules, loadConfig, noConfig} from '../config/load.ts'
import {type FileSettings, settingsFor} from '../config/settings.ts'
import type {Config, Known, RuleConfigs} from '../config/types.ts'
import {lintText} from '../lint/lint.ts'
import {loadRemarkLint, type RemarkLintRule, remarkLintRules} from '../lint/remark-lint.ts'
import {realProject} from '../lint/today.ts'
import type {LintResult, LintSettings} from '../lint/types.ts'
import type {SpecType} from '../rule/types.ts'
import {builtinTypes} from '../type/builtin.ts'
import {type Discovered, discover} from './discover.ts'
import type {FileResult, RunError, RunResult} from './types.ts'

export const known: Known = {rules: builtinRules, remarkLint: remarkLintRules}

export interface RunOptions {
  readonly cwd: string
  /** Path of a configuration for all files; `false` for none; by default the nearest above each file. */
  readonly config: string | false | undefined
  /** The type of every file. */
  readonly type: SpecType | undefined
  /** Laid over every configuration. */
  readonly rules: RuleConfigs
  /** Only these rules run, when there are any. */
  readonly only: readonly string[]
  readonly skip: readonly string[]
  readonly ignorePatterns: readonly string[]
  readonly gitignore: boolean
  readonly errorOnUnmatched: boolean
}

export function runOptions(options: Partial<RunOptions> = {}): RunOptions {
  return {
    cwd: process.cwd(),
    config: undefined,
    type: undefined,
    rules: new Map(),
    only: [],
    skip: [],
    ignorePatterns: [],
    gitignore: true,
    errorOnUnmatched: true,
    ...options,
  }
}

/** Lints files, directories and patterns. Throws `SpecLintError` for what is wrong with the call or a configuration. */
export async function lintPaths(paths: readonly string[], options: RunOptions): Promise<RunResult> {
  const found = discover(paths.length === 0 ? ['.'] : paths, options)
  return lintFound(found, options)
}

async function lintFound(found: Discovered, options: RunOptions): Promise<RunResult> {
  const configOf = configFinder(options)
  const files: FileResult[] = []
  const errors: RunError[] = []
  const noType: string[] = []
  const ignored = found.ignored.map((path) => shown(path, options.cwd))
  for (const path of found.files) {
    const name = shown(path, options.cwd)
    const settings = fileSettings(path, configOf(dirname(path)), options)
    if (settings.ignored) ignored.push(name)
    else if (!options.type && !settings.type && !settings.detects) noType.push(name)
    else {
      const read = readTextFile(path, rootOf(path, options.cwd))
      if ('problem' in read) {
        errors.push({path: name, code: read.problem.code, message: read.problem.message})
        continue
      }
      try {
        const result = await lintOne(read.text, name, settings, options)
        if (result.kind === 'no-type') noType.push(name)
        else files.push({path: name, text: read.text, result})
      } catch (error) {
        errors.push({path: name, ...unreadable(error)})
      }
    }
  }
  return {files, errors, skipped: {noType, ignored}}
}

/** What the parser could not take; the other files go on. */
function unreadable(error: unknown): Omit<RunError, 'path'> {
  if (error instanceof RangeError) return {code: 'too-deep', message: 'It is nested too deeply to be read'}
  if (error instanceof SpecLintError) throw error
  const words = error instanceof Error ? error.message : String(error)
  return {code: 'internal-error', message: `This is a bug in spec-lint: ${words}`}
}

/** Lints a text as if it stood at a path. */
export async function lintInput(text: string, path: string, options: RunOptions): Promise<LintResult> {
  const absolute = join(options.cwd, path)
  const settings = fileSettings(absolute, configFinder(options)(dirname(absolute)), options)
  return lintOne(text, posix(path), settings, options)
}

async function lintOne(text: string, path: string, settings: FileSettings, options: RunOptions): Promise<LintResult> {
  const type = options.type ?? settings.type?.type
  return lintText(text, await lintSettings(settings, options), {path, type})
}

const loaded = new WeakMap<RuleConfigs, readonly RemarkLintRule[]>()

async function lintSettings(settings: FileSettings, options: RunOptions): Promise<LintSettings> {
  const remarkLint = loaded.get(settings.rules) ?? (await loadRemarkLint(settings.rules))
  loaded.set(settings.rules, remarkLint)
  const wanted = (id: string): boolean =>
    (options.only.length === 0 || options.only.includes(id)) && !options.skip.includes(id)
  return {
    rules: builtinRules.filter(({id}) => wanted(id)),
    config: settings.rules,
    types: builtinTypes(),
    project: realProject(),
    remarkLint: remarkLint.filter(({name}) => wanted(`remark-lint/${name}`)),
  }
}

/** The settings of a file, as `inspect` shows them too. */
export function fileSettings(path: string, config: Config, options: RunOptions): FileSettings {
  return settingsFor(config, posix(relative(config.root, path)), layRules([options.rules]))
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

/** What a file's links must not leave: its repository, else the working directory, else its own directory. */
function rootOf(path: string, cwd: string): string {
  const top = upwards(dirname(path), existsSync).at(-1) ?? dirname(path)
  if (existsSync(join(top, '.git'))) return top
  return posix(relative(cwd, path)).startsWith('..') ? dirname(path) : cwd
}

function shown(path: string, cwd: string): string {
  return posix(relative(cwd, path))
}
