import {rulesOf} from './config/rules.ts'
import {rules, type LintTextOptions, type LintTextResult} from './library.ts'
import {lintWith} from './lint-with.ts'
import {checkRule, checkRules} from './run/known-rules.ts'
import {type RunOptions, runOptions} from './run/options.ts'
import {shardOf} from './run/shard.ts'
import {configOf, typeNamed} from './run/type-named.ts'
import {lintPaths} from './run/run.ts'
import type {RunResult} from './run/types.ts'
import {loadSchemaParsers} from './sql/load.ts'
import {loadFileValidators} from './type/values.ts'

export {SpecLintError} from './config/error.ts'
export * from './library.ts'
export type {RunOptions} from './run/options.ts'
export type {FileResult, FixedFile, Linted, NamedFinding, RunError, RunResult} from './run/types.ts'

/**
 * Lints a text with the built-in rules; no file is read. Offsets in the result are UTF-16 units of the text.
 *
 * @throws {RangeError} When `type` names no built-in type, or there is no rule, severity or option as `rules` says.
 */
export function lintText(text: string, options: LintTextOptions = {}): Promise<LintTextResult> {
  return lintWith({load: loadSchemaParsers, rules}, text, options)
}

export interface LintFilesOptions extends Partial<Omit<RunOptions, 'rules' | 'type' | 'measure' | 'overlay'>> {
  /** The type of every file: one that was loaded, or the name of one of the configuration's or a built-in one. */
  readonly type?: RunOptions['type'] | string
  /** Severity, or severity and options, by rule; laid over every configuration. */
  readonly rules?: NonNullable<LintTextOptions['rules']>
}

/**
 * Lints files, directories and patterns as the command line does, with the configuration that it finds.
 *
 * @throws {SpecLintError} When a path matches nothing, a configuration is wrong, or there is no rule, type or shard as an option says.
 */
export async function lintFiles(
  paths: readonly string[],
  {rules: given, type, ...options}: LintFilesOptions = {},
): Promise<RunResult> {
  await loadFileValidators()
  const settings = rulesOf(given)
  checkRules(settings)
  for (const id of [...(options.only ?? []), ...(options.skip ?? [])]) checkRule(id)
  if (options.shard) shardOf(`${options.shard.index}/${options.shard.count}`)
  const run = runOptions({...options, rules: settings})
  if (typeof type !== 'string') return lintPaths(paths, {...run, type})
  const config = run.config === false ? undefined : configOf(run.config, run.cwd)
  return lintPaths(paths, {...run, type: typeNamed(type, config, run.cwd).type})
}
