import {rules} from '../../rules/index.ts'
import type {RuleConfigs} from '../config/types.ts'
import {nearest} from '../type/nearest.ts'
import {remarkLintRules} from './remark-lint.ts'

/** What is wrong with a name or a severity that a program gave, and what to give. */
interface Mistake {
  readonly message: string
  readonly help: string
}

const ours = new Map(rules.map(({id, options}) => [id, Object.keys(options)]))

/** Where no rule is called so. */
export function nameMistake(id: string): Mistake | undefined {
  const names = [...ours.keys(), ...remarkLintRules.map((name) => `remark-lint/${name}`)]
  if (names.includes(id)) return undefined
  const [near] = nearest(id, names)
  const help = near === undefined ? '`spec-lint rules` lists the rules.' : `Perhaps you meant \`${near}\`.`
  return {message: `There is no rule \`${id}\``, help}
}

/** The first one among rules with their severities and options. */
export function ruleMistake(given: RuleConfigs): Mistake | undefined {
  for (const [id, {severity, options}] of given) {
    const mistake = nameMistake(id) ?? severityMistake(id, severity) ?? optionMistake(id, Object.keys(options ?? {}))
    if (mistake) return mistake
  }
  return undefined
}

function severityMistake(id: string, severity: string | undefined): Mistake | undefined {
  if (severity === undefined || /^(?:off|info|warning|error)$/u.test(severity)) return undefined
  return {
    message: `\`${id}\` can't be \`${severity}\``,
    help: 'Write `off`, `info`, `warn` or `error`, alone or with options behind it: `["error", {…}]`.',
  }
}

/** Those of remark-lint say themselves what they take. */
function optionMistake(id: string, given: readonly string[]): Mistake | undefined {
  const names = ours.get(id)
  const wrong = names && given.find((name) => !names.includes(name))
  if (!names || wrong === undefined) return undefined
  const [near] = nearest(wrong, names)
  const all = names.length === 0 ? 'It has no options.' : `It has ${names.map((name) => `\`${name}\``).join(', ')}.`
  return {
    message: `\`${wrong}\` is no option of \`${id}\``,
    help: near === undefined ? all : `Perhaps you meant \`${near}\`.`,
  }
}
