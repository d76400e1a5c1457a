import {defineProofRule} from 'spec-lint/rule'

export default defineProofRule({
  id: 'migration-verified',
  category: 'proof',
  severity: 'off',
  since: '0.1.0',
  docs: {
    summary: 'The migration of the document could be executed.',
    why: 'A migration that was only read is believed; one that was run, and rolled back, is known.',
    remedy: 'Fill in what is open, or leave out what is never executed.',
    exceptions:
      '`spec-lint verify` asks it, as a warning unless a configuration says otherwise. A lint executes nothing, unless a configuration turns this rule on: then all that `spec-lint verify` finds is found there as well. SQL Server can’t be executed, nor can what still holds placeholders. A migration of MySQL is followed by a model of the database and not executed: that is an information, and findings that come from the model say so.',
  },
  options: {},
  messages: {
    not: {reason: 'The migration was not executed: {why}', note: 'Nothing is proved of it; only its text was read.'},
    modelled: {
      reason: 'The migration was modelled, not executed: MySQL has no engine that could be embedded',
      note: 'Nothing is proved of it. What the model of MySQL is sure of is told; run the migration on a server before a release.',
    },
  },
  check({proof: {unverified, modelled}, report}) {
    for (const one of unverified) report.not(one, {why: one.why})
    if (modelled && unverified.length === 0) report.modelled(modelled, undefined, {severity: 'info'})
  },
})
