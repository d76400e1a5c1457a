import {rules} from '../../rules/index.ts'
import {ruleUrl} from '../lint/links.ts'
import {remarkLintRules} from '../lint/remark-lint.ts'
import {columns, print, printJson} from './io.ts'

export function listRules(options: {readonly json?: boolean}): number {
  if (options.json === true) {
    printJson(
      rules.map(({id, category, severity, since, fixable, docs}) => ({
        id,
        category,
        severity,
        since,
        fixable: fixable ?? false,
        summary: docs.summary,
        url: ruleUrl(id),
      })),
    )
    return 0
  }
  const rows = rules
    .toSorted((a, b) => order(a.category) - order(b.category))
    .map(({id, category, severity, docs}) => [id, severity, category, docs.summary])
  print(columns([['RULE', 'SEVERITY', 'FAMILY', 'WHAT IT HOLDS'], ...rows]))
  print(
    `\nOff until a configuration switches them on: ${remarkLintRules.map((name) => `remark-lint/${name}`).join(', ')}.\n`,
  )
  return 0
}

function order(category: string): number {
  return ['metadata', 'structure', 'phases', 'requirements', 'migration'].indexOf(category)
}
