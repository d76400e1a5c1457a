import type {Dialect} from '../rule/types.ts'
import {builtinTypes} from '../type/builtin.ts'
import type {DatabaseConfig} from './database.ts'
import type {Limits} from './limits.ts'
import {layRules} from './rules.ts'
import type {BaselineFile, Config, ConfigType, RuleConfigs} from './types.ts'

/** What a configuration says of one file; the path is relative to its root, with `/`. */
export interface FileSettings {
  readonly ignored: boolean
  /** `undefined` when no type's files match, or when there are no types and the document has to show its own. */
  readonly type: ConfigType | undefined
  /** Name of the type whose template the file is. */
  readonly templateOf: string | undefined
  /** Types are detected: the configuration names none. */
  readonly detects: boolean
  readonly dialect: Dialect | undefined
  readonly database: DatabaseConfig | undefined
  readonly baseline: BaselineFile | undefined
  readonly rules: RuleConfigs
  readonly limits: Limits
}

/** `stated` is the name of the type that a comment of the document names; one that isn't known names nothing. */
export function settingsFor(config: Config, path: string, extra: RuleConfigs, stated?: string): FileSettings {
  const inside = path !== '' && !path.startsWith('..')
  // A template is no document of its type: all in it is left to be filled in.
  const templateOf = config.types.find(({template}) => template === path)
  const own = inside && !templateOf ? config.types.find(({files}) => files(path)) : undefined
  const type = (templateOf ? undefined : statedType(config, stated)) ?? own
  return {
    ignored: inside && config.ignored(path),
    type,
    templateOf: templateOf?.name,
    detects: config.types.length === 0,
    dialect: config.dialect,
    database: config.database,
    baseline: config.baseline,
    rules: layRules([
      config.rules,
      ...(type ? [type.rules] : []),
      ...(inside ? config.overrides.filter(({files}) => files(path)).map(({rules}) => rules) : []),
      extra,
    ]),
    limits: config.limits,
  }
}

/** A type of the configuration, else a built-in one without settings of its own. */
function statedType(config: Config, name: string | undefined): ConfigType | undefined {
  if (name === undefined) return undefined
  const configured = config.types.find((one) => one.name === name) ?? config.types.find(({type}) => type.name === name)
  const builtin = configured ? undefined : builtinTypes().find((type) => type.name === name)
  return (
    configured ??
    (builtin && {name, globs: [], files: () => false, template: undefined, type: builtin, rules: new Map()})
  )
}
