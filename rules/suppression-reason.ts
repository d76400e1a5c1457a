import {defineRule} from 'spec-lint/rule'

export default defineRule({
  id: 'suppression-reason',
  category: 'suppressions',
  severity: 'off',
  since: '0.1.0',
  docs: {
    summary: 'A comment that suppresses findings says why.',
    why: 'Whoever meets the comment later has to know whether its reason still holds.',
    remedy: 'Write the reason behind two dashes: `-- taken over from the old system`.',
    exceptions: 'Off by default; `suppressions: {requireReason: true}` switches it on. An `enable` needs no reason.',
  },
  options: {},
  messages: {
    missing: {reason: 'Comment `{comment}` gives no reason', note: 'Add ` -- ` and the reason.'},
  },
  check({document, suppressions, report}) {
    for (const {verb, reason, start, end} of suppressions) {
      if (!verb.known || verb.text === 'enable' || reason !== '') continue
      report.missing({start, end}, {comment: document.text.slice(start, end)})
    }
  },
})
