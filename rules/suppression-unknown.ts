import {defineRule, list, type Suppression, type SuppressionName} from 'spec-lint/rule'

const verbs = ['disable', 'enable', 'ignore', 'disable-line', 'disable-next-line', 'disable-file']

export default defineRule({
  id: 'suppression-unknown',
  category: 'suppressions',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'A comment to the linter has a verb and rules that exist.',
    why: 'A comment with a slip suppresses nothing, and the next reader takes what it was written for as settled.',
    remedy: 'Write the verb or the rule as the note says; `spec-lint rules` lists the rules.',
    exceptions:
      'It speaks of comments that begin with `spec-lint`; comments in code are text. No comment suppresses it.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    verb: {reason: '`{verb}` is nothing that a comment can ask of the linter', note: 'Write {right}.'},
    none: {reason: 'The comment does not say what it asks of the linter', note: 'Write {right}.'},
    form: {reason: 'Comment with `{found}` suppresses nothing', note: 'Write `{right}`, with a space.'},
    rule: {reason: 'There is no rule `{rule}`', note: '{right}'},
  },
  check({document, suppressions, report}) {
    for (const {verb, separated, rules, start, end} of suppressions) {
      if (!separated) reportForm(verb)
      else if (verb.text === '') report.none({start, end}, {right: `one of ${list(verbs)}`})
      else if (!verb.known) {
        const right = verb.nearest[0] === undefined ? `one of ${list(verbs)}` : `\`${verb.nearest[0]}\``
        report.verb(verb, {verb: verb.text, right}, replacing(verb))
      } else reportRules(rules)
    }

    /** `spec-lint-disable`; a word that only begins so is a comment of someone else's. */
    function reportForm(verb: SuppressionName): void {
      const right = verbs.includes(verb.text) ? verb.text : verb.nearest[0]
      if (right === undefined) return
      const found = document.source.slice(verb)
      const extra = change(verb, `spec-lint ${right}`)
      report.form(verb, {found, right: `spec-lint ${right}`}, extra)
    }

    function reportRules(rules: Suppression['rules']): void {
      for (const rule of rules) {
        if (rule.known) continue
        const [near] = rule.nearest
        const right = near === undefined ? '`spec-lint rules` lists the rules.' : `Write \`${near}\`.`
        report.rule(rule, {rule: rule.text, right}, replacing(rule))
      }
    }
  },
})

function replacing(name: SuppressionName): ReturnType<typeof change> | undefined {
  const [near] = name.nearest
  return near === undefined ? undefined : {...change(name, near), expected: name.nearest}
}

function change({start, end}: SuppressionName, text: string) {
  const title = `Change to ${text}`
  return {expected: [text] as readonly string[], fix: {title, safety: 'unsafe' as const, edits: [{start, end, text}]}}
}
