import type {RuleConfig, RuleConfigs} from '../config/types.ts'
import type {Change, SchemaEdit} from '../rule/change.ts'
import type {AnyRule, SeveritySetting} from '../rule/types.ts'
import {defaults, internalError, place, reportFor} from './rules.ts'
import type {Finding} from './types.ts'

/** A finding in a file of a change. */
export interface ChangeFinding extends Finding {
  /** From the root of the project, with `/`. */
  readonly path: string
}

export interface ChangeSettings {
  readonly rules: readonly AnyRule[]
  /** What is configured for a file. */
  readonly configOf: (path: string) => RuleConfigs
  readonly textOf: (path: string) => string
}

/** Runs the rules of changes. A finding has the severity that is configured for its file. */
export function runChangeRules(change: Change, {rules, configOf, textOf}: ChangeSettings): readonly ChangeFinding[] {
  return rules.flatMap((rule) => {
    if (rule.scope !== 'change') return []
    const isOn = ({path}: SchemaEdit): boolean => severityOf(rule, configOf(path).get(rule.id)) !== 'off'
    const schema = change.schema.filter(isOn)
    return schema.length === 0 ? [] : runOn(rule, {...change, schema}, configOf, textOf)
  })
}

function runOn(
  rule: AnyRule,
  change: Change,
  configOf: ChangeSettings['configOf'],
  textOf: ChangeSettings['textOf'],
): readonly ChangeFinding[] {
  const [{path: first}] = change.schema as readonly [SchemaEdit]
  const config = configOf(first).get(rule.id)
  const severity = severityOf(rule, config)
  if (severity === 'off') return []
  const findings: ChangeFinding[] = []
  const report = reportFor<SchemaEdit>(rule, severity, config, (finding, at) => {
    const own = severityOf(rule, configOf(at.path).get(rule.id))
    if (own !== 'off') findings.push({...place(textOf(at.path), at), ...finding, severity: own, path: at.path})
  })
  try {
    // The one cast: `AnyRule` forgot the types that `defineChangeRule` checked.
    rule.check({change, options: {...defaults(rule), ...config?.options}, report} as never)
    return findings
  } catch (error) {
    return [{...internalError(rule.id, error), path: first}]
  }
}

function severityOf(rule: AnyRule, config: RuleConfig | undefined): SeveritySetting {
  return config?.severity ?? rule.severity
}
