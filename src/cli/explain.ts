import {readFileSync} from 'node:fs'
import {rules} from '../../rules/index.ts'
import {SpecLintError} from '../config/error.ts'
import {ruleUrl} from '../lint/links.ts'
import {packageFolder} from '../run/installation.ts'
import {nearest} from '../type/nearest.ts'
import {print, printJson} from './io.ts'

/** The page of a rule, offline. */
export function explain(id: string, options: {readonly json?: boolean}): number {
  const rule = rules.find((candidate) => candidate.id === id)
  if (!rule) {
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
  if (options.json === true) {
    const {category, severity, since, docs, fixable, options: schema, messages} = rule
    printJson({
      id,
      category,
      severity,
      since,
      fixable: fixable ?? false,
      url: ruleUrl(id),
      docs,
      options: schema,
      messages,
    })
  } else print(page(id))
  return 0
}

/** The generated page, without the comment that says so. */
function page(id: string): string {
  try {
    return readFileSync(new URL(`docs/rules/${id}.md`, packageFolder), 'utf8').replace(/^<!--.*-->\s*/u, '')
  } catch {
    throw new SpecLintError('docs', `The page of \`${id}\` is not in this installation`, `Read ${ruleUrl(id)}.`)
  }
}
