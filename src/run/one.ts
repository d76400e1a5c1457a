import {rules as builtinRules} from '../../rules/index.ts'
import {secondsFor} from '../config/limits.ts'
import type {FileSettings} from '../config/settings.ts'
import type {RuleConfigs} from '../config/types.ts'
import {databaseFor, databaseOf, loadDatabase} from '../lint/database.ts'
import {loadRemarkLint, type RemarkLintRule} from '../lint/remark-lint.ts'
import type {LintSettings} from '../lint/types.ts'
import type {DatabasePort} from '../lint/workspace.ts'
import type {Project} from '../rule/types.ts'
import {loadSchemaParsers} from '../sql/load.ts'
import {lintInTime} from './lint-in-time.ts'
import {withoutBaseline} from './baseline.ts'
import {named} from './named.ts'
import {isWanted, type RunOptions} from './options.ts'
import type {Readied} from './read.ts'
import type {Linted} from './types.ts'

/** The findings of a document without those that its baseline holds. */
export async function lintReady(one: Readied, options: RunOptions): Promise<Linted> {
  return withoutBaseline(await lintAll(one, options), one)
}

/** What could not be read of the files that the databases of some documents are known from. */
export function warningsOf(ready: readonly Pick<Readied, 'settings'>[]): readonly string[] {
  const databases = new Set(ready.flatMap(({settings}) => databaseOf(settings.database) ?? []))
  return [...databases].flatMap((database) => database.warnings())
}

/** The world around a document, or another one in its place. */
export type Around = (one: Readied, database: DatabasePort) => Project

export const itsOwn: Around = ({path, prepared, workspace, past}, database) =>
  workspace.projectOf(path, prepared.document, database, past)

/** All findings of a document. */
export async function lintAll(one: Readied, options: RunOptions, around: Around = itsOwn): Promise<Linted> {
  const {prepared, settings} = one
  const database = databaseOf(settings.database)
  await loadSchemaParsers(prepared.document, prepared.dialect)
  await loadDatabase(database, prepared)
  const project = around(one, databaseFor(database, prepared))
  const seconds = secondsFor(settings.limits, prepared.document.text.length)
  return named(await lintInTime(prepared, {...(await lintSettings(settings, options)), project}, seconds), one)
}

const loaded = new WeakMap<RuleConfigs, readonly RemarkLintRule[]>()

async function lintSettings(
  settings: FileSettings,
  options: RunOptions,
): Promise<Omit<LintSettings, 'types' | 'project'>> {
  const remarkLint = loaded.get(settings.rules) ?? (await loadRemarkLint(settings.rules))
  loaded.set(settings.rules, remarkLint)
  const wanted = (id: string): boolean => isWanted(id, options)
  return {
    rules: builtinRules.filter(({id}) => wanted(id)),
    config: settings.rules,
    inlineConfig: options.inlineConfig,
    measure: options.measure,
    remarkLint: remarkLint.filter(({name}) => wanted(`remark-lint/${name}`)),
  }
}
