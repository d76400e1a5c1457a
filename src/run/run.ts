import {dirname, join} from 'node:path'
import {rules as builtinRules} from '../../rules/index.ts'
import {posix} from '../config/files.ts'
import type {FileSettings} from '../config/settings.ts'
import type {RuleConfigs} from '../config/types.ts'
import {readDocument} from '../document/parse.ts'
import {databaseFor, databaseOf, loadDatabase} from '../lint/database.ts'
import {lintPrepared} from '../lint/lint.ts'
import {prepareDocument} from '../lint/prepare.ts'
import {loadRemarkLint, type RemarkLintRule} from '../lint/remark-lint.ts'
import type {LintResult, LintSettings} from '../lint/types.ts'
import {loadSchemaParsers} from '../sql/schema.ts'
import {builtinTypes} from '../type/builtin.ts'
import {type Discovered, discover} from './discover.ts'
import type {RunOptions} from './options.ts'
import {configFinder, fileSettings, pageOf, readAll, type Readied, workspaceFinder} from './read.ts'
import type {FileResult, RunResult} from './types.ts'

/** Lints files, directories and patterns. Throws `SpecLintError` for what is wrong with the call or a configuration. */
export async function lintPaths(paths: readonly string[], options: RunOptions): Promise<RunResult> {
  const found = discover(paths.length === 0 ? ['.'] : paths, options)
  return lintFound(found, options)
}

/** Reads all first, so that the rules of each document may ask what the others are. */
async function lintFound(found: Discovered, options: RunOptions): Promise<RunResult> {
  const {ready, errors, noType, ignored} = readAll(found, options)
  const files: FileResult[] = []
  for (const one of ready) files.push({path: one.name, text: one.text, result: await lintReady(one, options)})
  return {files, errors, warnings: warningsOf(ready), skipped: {noType, ignored}, fixed: []}
}

/** What could not be read of the files that the databases of some documents are known from. */
export function warningsOf(ready: readonly Readied[]): readonly string[] {
  const databases = new Set(ready.flatMap(({settings}) => databaseOf(settings.database) ?? []))
  return [...databases].flatMap((database) => database.warnings())
}

export async function lintReady(
  {path, prepared, settings, workspace}: Readied,
  options: RunOptions,
): Promise<LintResult> {
  const database = databaseOf(settings.database)
  await loadSchemaParsers(prepared.document, prepared.dialect)
  await loadDatabase(database, prepared)
  const project = workspace.projectOf(path, prepared.document, databaseFor(database, prepared))
  return lintPrepared(prepared, {...(await lintSettings(settings, options)), project})
}

/** A text that stands for the file at a path; `undefined` when it is of no type. */
export function inputOf(text: string, path: string, options: RunOptions): Readied | undefined {
  const absolute = join(options.cwd, path)
  const configOf = configFinder(options)
  const document = readDocument(text, {path: posix(path)})
  const settings = fileSettings(absolute, configOf(dirname(absolute)), options, document.typeComment?.name)
  const type = options.type ?? settings.type?.type
  const prepared = prepareDocument(document, type || settings.detects ? builtinTypes() : [], type, settings.dialect)
  if (!prepared) return undefined
  const workspace = workspaceFinder(options, configOf)(absolute)
  workspace.add(absolute, pageOf(prepared, absolute, workspace))
  return {name: path, path: absolute, text, settings, prepared, workspace}
}

const loaded = new WeakMap<RuleConfigs, readonly RemarkLintRule[]>()

async function lintSettings(
  settings: FileSettings,
  options: RunOptions,
): Promise<Omit<LintSettings, 'types' | 'project'>> {
  const remarkLint = loaded.get(settings.rules) ?? (await loadRemarkLint(settings.rules))
  loaded.set(settings.rules, remarkLint)
  const wanted = (id: string): boolean =>
    (options.only.length === 0 || options.only.includes(id)) && !options.skip.includes(id)
  return {
    rules: builtinRules.filter(({id}) => wanted(id)),
    config: settings.rules,
    inlineConfig: options.inlineConfig,
    remarkLint: remarkLint.filter(({name}) => wanted(`remark-lint/${name}`)),
  }
}
