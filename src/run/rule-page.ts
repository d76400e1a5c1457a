import {readFileSync} from 'node:fs'
import {rules} from '../../rules/index.ts'
import {SpecLintError} from '../config/error.ts'
import {ruleUrl} from '../lint/links.ts'
import type {AnyRule} from '../rule/types.ts'
import {nearest} from '../type/nearest.ts'
import {packageFolder} from './installation.ts'

/** The built-in rule with a name. Throws `SpecLintError`, with the nearest names, when there is none. */
export function ruleNamed(id: string): AnyRule {
  const rule = rules.find((candidate) => candidate.id === id)
  if (rule) return rule
  const near = nearest(
    id,
    rules.map((candidate) => candidate.id),
  ).slice(0, 3)
  throw new SpecLintError(
    'rule',
    `There is no rule \`${id}\``,
    near.length === 0
      ? '`spec-lint rules` lists the rules.'
      : `Perhaps you meant ${near.map((name) => `\`${name}\``).join(', ')}.`,
  )
}

/** The page of a rule as Markdown, offline; without the comment that it is generated. */
export function rulePage(id: string): string {
  try {
    return readFileSync(new URL(`docs/rules/${id}.md`, packageFolder), 'utf8').replace(/^<!--.*-->\s*/u, '')
  } catch {
    throw new SpecLintError('docs', `The page of \`${id}\` is not in this installation`, `Read ${ruleUrl(id)}.`)
  }
}
