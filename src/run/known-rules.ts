import {SpecLintError} from '../config/error.ts'
import type {RuleConfigs} from '../config/types.ts'
import {nameMistake, ruleMistake} from '../lint/given-rules.ts'

/** Throws a `SpecLintError` where no rule is called so. */
export function checkRule(id: string): void {
  refuse(nameMistake(id))
}

/** The same of rules with their severities and options, which have to be some too. */
export function checkRules(given: RuleConfigs): void {
  refuse(ruleMistake(given))
}

function refuse(mistake: ReturnType<typeof ruleMistake>): void {
  if (mistake) throw new SpecLintError('rule', mistake.message, mistake.help)
}
