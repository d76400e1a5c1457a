import type {Json} from '../document/types.ts'
import type {OptionValues, SeveritySetting} from '../rule/types.ts'
import type {RuleConfig, RuleConfigs} from './types.ts'

type Map_ = {readonly [key: string]: Json}

/** Rules as a configuration has them: a severity, or a severity and options, by name. */
export function rulesOf(value: Json | undefined): RuleConfigs {
  return new Map(Object.entries((value ?? {}) as Map_).map(([name, setting]) => [name, ruleConfig(setting)]))
}

/** What is asked of comments, as severities of the rules that ask it. */
export function suppressionRules(value: Json | undefined): RuleConfigs {
  const {requireReason, requireRule, reportUnused} = (value ?? {}) as Map_
  const asked: readonly (readonly [string, Json | undefined])[] = [
    ['suppression-reason', requireReason === true ? 'error' : requireReason],
    ['suppression-rule', requireRule === true ? 'error' : requireRule],
    ['suppression-unused', reportUnused],
  ]
  return new Map(asked.flatMap(([rule, setting]) => (setting === undefined ? [] : [[rule, ruleConfig(setting)]])))
}

export function ruleConfig(setting: Json): RuleConfig {
  if (Array.isArray(setting))
    return {severity: severityOf(setting[0] as Json), options: setting[1] as OptionValues | undefined}
  return {severity: severityOf(setting), options: undefined}
}

/** `true` is the rule's own severity. */
function severityOf(value: Json): SeveritySetting | undefined {
  if (value === true) return undefined
  if (value === false || value === 0) return 'off'
  if (value === 1 || value === 'warn') return 'warning'
  return value === 2 ? 'error' : (value as SeveritySetting)
}

/** Later ones win; a severity alone keeps earlier options. */
export function layRules(layers: readonly RuleConfigs[]): RuleConfigs {
  const laid = new Map<string, RuleConfig>()
  for (const layer of layers) {
    for (const [name, config] of layer) {
      const earlier = laid.get(name)
      laid.set(name, {severity: config.severity ?? earlier?.severity, options: config.options ?? earlier?.options})
    }
  }
  return laid
}
