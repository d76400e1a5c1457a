import type {Dialect} from '../rule/types.ts'
import type {DatabaseConfig} from './database.ts'
import {layRules} from './load.ts'
import type {Config, ConfigType, RuleConfigs} from './types.ts'

/** What a configuration says of one file; the path is relative to its root, with `/`. */
export interface FileSettings {
  readonly ignored: boolean
  /** `undefined` when no type's files match, or when there are no types and the document has to show its own. */
  readonly type: ConfigType | undefined
  /** Types are detected: the configuration names none. */
  readonly detects: boolean
  readonly dialect: Dialect | undefined
  readonly database: DatabaseConfig | undefined
  readonly rules: RuleConfigs
}

export function settingsFor(config: Config, path: string, extra: RuleConfigs): FileSettings {
  const inside = path !== '' && !path.startsWith('..')
  const type = inside ? config.types.find(({files}) => files(path)) : undefined
  return {
    ignored: inside && config.ignored(path),
    type,
    detects: config.types.length === 0,
    dialect: config.dialect,
    database: config.database,
    rules: layRules([
      config.rules,
      ...(type ? [type.rules] : []),
      ...(inside ? config.overrides.filter(({files}) => files(path)).map(({rules}) => rules) : []),
      extra,
    ]),
  }
}
