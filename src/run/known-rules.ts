import {SpecLintError} from '../config/error.ts'
import type {RuleConfigs} from '../config/types.ts'
import {nearest} from '../type/nearest.ts'
import {known} from './options.ts'

/** Throws a `SpecLintError` where no rule is called so. */
export function checkRule(id: string): void {
  const names = [...known.rules.map((rule) => rule.id), ...known.remarkLint.map((name) => `remark-lint/${name}`)]
  if (names.includes(id)) return
  const [near] = nearest(id, names)
  throw new SpecLintError(
    'rule',
    `There is no rule \`${id}\``,
    near === undefined ? '`spec-lint rules` lists the rules.' : `Perhaps you meant \`${near}\`.`,
  )
}

/** The same of rules with their severities, which have to be severities too. */
export function checkRules(given: RuleConfigs): void {
  for (const [id, {severity}] of given) {
    checkRule(id)
    if (severity === undefined || /^(?:off|info|warning|error)$/u.test(severity)) continue
    throw new SpecLintError(
      'rule',
      `\`${id}\` can't be \`${severity}\``,
      'Write `off`, `info`, `warn` or `error`, alone or with options behind it: `["error", {…}]`.',
    )
  }
}
