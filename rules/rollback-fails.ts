import {basisOf, defineProofRule, ranWords} from 'spec-lint/rule'

export default defineProofRule({
  id: 'rollback-fails',
  category: 'proof',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The rollback runs after the migration: every statement, in its order.',
    why: 'A rollback is run at the worst moment, and one that stops half way leaves a schema that neither release knows.',
    remedy: 'Correct the statement. What others need goes after what needs it.',
    exceptions: 'Where the migration itself fails, nothing is said of its rollback.',
  },
  options: {},
  messages: {
    fails: {
      reason: 'The rollback fails here: {words}{basis}',
      note: '{ran}{hint} Correct it, or what comes before it.',
    },
  },
  check({proof, report}) {
    const ran = ranWords(proof, 'after the migration, up to this statement')
    for (const fault of proof.faults) {
      if (fault.phase !== 'rollback') continue
      const {message: words} = fault
      const hint = fault.hint === '' ? '' : ` It adds: ${fault.hint.replace(/\.$/u, '')}.`
      report.fails(fault, {words, basis: basisOf(proof), ran, hint})
    }
  },
})
