import {SpecLintError} from '../config/error.ts'
import {ruleConfig} from '../config/rules.ts'
import type {RuleConfigs} from '../config/types.ts'
import {type ChangeOptions, type RunOptions, runOptions} from '../run/options.ts'
import {shardOf} from '../run/shard.ts'
import {checkRule} from '../run/known-rules.ts'
import type {ExitOptions} from './exit-code.ts'
import type {OutputOptions} from './output.ts'
import {typeGiven} from './type-given.ts'

/** What the command line says, by the declarations in `program.ts`. */
export interface Options extends OutputOptions, ExitOptions {
  readonly config?: string | boolean
  readonly type?: string
  readonly rule?: readonly string[]
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly fix?: boolean
  readonly unsafeFixes?: boolean
  readonly diff?: boolean
  readonly inlineConfig: boolean
  readonly statistics?: boolean
  readonly stdin?: boolean
  readonly stdinFilename?: string
  readonly ignorePattern?: readonly string[]
  readonly ignore: boolean
  readonly errorOnUnmatched: boolean
  readonly listFiles?: boolean
  readonly baseline?: string | boolean
  readonly allowStaleBaseline?: boolean
  /** A branch or commit, empty for the default. */
  readonly changed?: string
  readonly staged?: boolean
  readonly report?: ChangeOptions['report']
  readonly timing?: boolean
  readonly shard?: string
  readonly watch?: boolean
  readonly debug?: boolean
  readonly cache?: boolean
  readonly cacheLocation?: string
  readonly concurrency?: RunOptions['concurrency']
}

export function optionsOf(options: Options, watchers: Partial<RunOptions> = {}): RunOptions {
  for (const id of [...(options.only ?? []), ...(options.skip ?? [])]) checkRule(id)
  return runOptions({
    config:
      options.config === false
        ? false
        : typeof options.config === 'string'
          ? options.config
          : process.env['SPEC_LINT_CONFIG'] || undefined,
    type: typeGiven(options.type),
    rules: settings(options.rule ?? []),
    only: options.only ?? [],
    skip: options.skip ?? [],
    ignorePatterns: options.ignorePattern ?? [],
    gitignore: options.ignore,
    errorOnUnmatched: options.errorOnUnmatched,
    inlineConfig: options.inlineConfig,
    ...watchers,
    changes: changesOf(options),
    cache: options.cache === true || options.cacheLocation !== undefined ? (options.cacheLocation ?? true) : false,
    concurrency: options.concurrency ?? 'off',
    shard: options.shard === undefined ? undefined : shardOf(options.shard),
    baseline: typeof options.baseline === 'string' || options.baseline === false ? options.baseline : undefined,
  })
}

function changesOf({changed, staged, report, stdin}: Options): ChangeOptions | undefined {
  if (changed === undefined && staged !== true) {
    if (report === undefined) return undefined
    throw new SpecLintError('flag', '`--report` says how wide a change is reported', 'Add `--changed` or `--staged`.')
  }
  if (changed !== undefined && staged === true)
    throw new SpecLintError('flag', '`--changed` and `--staged` compare with two different states', 'Leave one out.')
  if (stdin === true)
    throw new SpecLintError('flag', 'Of standard input nothing is known from before', 'Name the file instead.')
  return {base: changed === '' ? undefined : changed, staged: staged === true, report: report ?? 'changed-files'}
}

function settings(given: readonly string[]): RuleConfigs {
  return new Map(
    given.map((setting) => {
      const [, id = '', level = ''] = /^\s*([^:\s]+)\s*:\s*(\w+)\s*$/u.exec(setting) ?? []
      if (!/^(?:off|info|warn|warning|error)$/u.test(level))
        throw new SpecLintError(
          'flag',
          `\`--rule ${setting}\` is no rule with a severity`,
          "Write it as `--rule 'status-enum: off'`.",
        )
      checkRule(id)
      return [id, ruleConfig(level)]
    }),
  )
}
