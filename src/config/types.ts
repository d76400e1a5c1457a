import type {AnyRule, Dialect, OptionValues, SeveritySetting, SpecType} from '../rule/types.ts'
import type {DatabaseConfig} from './database.ts'
import type {Matcher} from './glob.ts'
import type {Limits} from './limits.ts'
import type {DataFile} from './yaml.ts'

export interface RuleConfig {
  readonly severity: SeveritySetting | undefined
  readonly options: OptionValues | undefined
}

export type RuleConfigs = ReadonlyMap<string, RuleConfig>

/** A configuration, read and checked, its `extends` laid under it. */
export interface Config {
  /** Path of the file; `undefined` when there is none. */
  readonly path: string | undefined
  /** Absolute directory that all of its patterns are relative to. */
  readonly root: string
  /** The files that it was read from, each laid over those before it. */
  readonly layers: readonly DataFile[]
  /** Without any, types are detected. */
  readonly types: readonly ConfigType[]
  /** The SQL of the documents; `undefined` when each shows its own. */
  readonly dialect: Dialect | undefined
  /** What tells of the database; `undefined` when nothing does. */
  readonly database: DatabaseConfig | undefined
  /** Where known problems stand; `undefined` when nowhere. */
  readonly baseline: BaselineFile | undefined
  readonly rules: RuleConfigs
  readonly overrides: readonly {readonly files: Matcher; readonly rules: RuleConfigs}[]
  readonly ignored: Matcher
  readonly limits: Limits
}

/** A baseline that is named; it is read when there is something to hold against it. */
export interface BaselineFile {
  /** Absolute. */
  readonly path: string
  /** Where the configuration names it. */
  readonly at: {readonly file: string; readonly line: number; readonly column: number} | undefined
}

export interface ConfigType {
  readonly name: string
  readonly globs: readonly string[]
  readonly files: Matcher
  /** Path of the template that it was compiled from, relative to the root, with `/`. */
  readonly template: string | undefined
  readonly type: SpecType
  readonly rules: RuleConfigs
}

/** What a configuration may name. */
export interface Known {
  readonly rules: readonly AnyRule[]
  /** Rules of remark-lint, without the prefix. */
  readonly remarkLint: readonly string[]
}
