import {ruleUrl} from '../lint/links.ts'
import {ruleNamed, rulePage} from '../run/rule-page.ts'
import {print, printJson} from './io.ts'

/** The page of a rule, offline. */
export function explain(id: string, options: {readonly json?: boolean}): number {
  const {category, severity, since, docs, fixable, options: schema, messages} = ruleNamed(id)
  if (options.json === true)
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
  else print(rulePage(id))
  return 0
}
