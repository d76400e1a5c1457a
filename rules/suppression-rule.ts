import {defineRule} from 'spec-lint/rule'

export default defineRule({
  id: 'suppression-rule',
  category: 'suppressions',
  severity: 'off',
  since: '0.1.0',
  docs: {
    summary: 'A comment that suppresses findings names the rules that it means.',
    why: 'Without a name it also hides what nobody had in mind when it was written.',
    remedy: 'Write the rules behind the verb, with spaces or commas between them.',
    exceptions:
      'Off by default; `suppressions: {requireRule: true}` switches it on. An `enable` without a name ends whatever was disabled.',
  },
  options: {},
  messages: {
    missing: {reason: 'Comment `{comment}` names no rule', note: 'Write the rules that it means behind `{verb}`.'},
  },
  check({document, suppressions, report}) {
    for (const {verb, rules, start, end} of suppressions) {
      if (!verb.known || verb.text === 'enable' || rules.length > 0) continue
      report.missing({start, end}, {comment: document.text.slice(start, end), verb: verb.text})
    }
  },
})
