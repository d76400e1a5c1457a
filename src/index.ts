import {rulesOf} from './config/rules.ts'
import {rules, type LintTextOptions, type LintTextResult} from './library.ts'
import {lintWith} from './lint-with.ts'
import {type RunOptions, runOptions} from './run/options.ts'
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
 * @throws {RangeError} When `type` names no built-in type.
 */
export function lintText(text: string, options: LintTextOptions = {}): Promise<LintTextResult> {
  return lintWith({load: loadSchemaParsers, rules}, text, options)
}

export interface LintFilesOptions extends Partial<Omit<RunOptions, 'rules' | 'measure' | 'overlay'>> {
  /** Severity, or severity and options, by rule; laid over every configuration. */
  readonly rules?: NonNullable<LintTextOptions['rules']>
}

/**
 * Lints files, directories and patterns as the command line does, with the configuration that it finds.
 *
 * @throws {SpecLintError} When a path matches nothing or a configuration is wrong.
 */
export async function lintFiles(
  paths: readonly string[],
  {rules: given, ...options}: LintFilesOptions = {},
): Promise<RunResult> {
  await loadFileValidators()
  return lintPaths(paths, runOptions({...options, rules: rulesOf(given)}))
}
