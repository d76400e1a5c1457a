import {basisOf, defineProofRule, headOf, ranWords} from 'spec-lint/rule'

export default defineProofRule({
  id: 'migration-fails',
  category: 'proof',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The migration runs: every statement, in its order, on the state before, and once more after a rollback.',
    why: 'What was never run holds names that nobody made, types that don’t fit and statements in the wrong order. All of that is found at the first deployment otherwise.',
    remedy: 'Correct the statement, or make what it needs before it.',
    exceptions:
      'A table or a column that only a statement names, and that no file of the configuration and no part of the document makes, is taken to be there. What the rows that were made up break is tried again without them.',
  },
  options: {},
  messages: {
    fails: {
      reason: 'The migration fails here: {words}{basis}',
      note: '{ran}{hint} Correct it, or make what it needs before.',
    },
    section: {
      reason: 'This statement fails on the migrated schema: {words}{basis}',
      note: '{ran}{hint} Correct it, or add what it needs to the migration.',
    },
    again: {
      reason: 'The migration can’t be applied again after the rollback: {words}{basis}',
      note: 'Let the rollback take back all that this statement makes.',
    },
  },
  check({document, proof, report}) {
    const {faults, residue} = proof
    const basis = basisOf(proof)
    for (const fault of faults) {
      const {phase, message: words} = fault
      const at = fault.end > fault.start ? fault : headOf(fault, document)
      const hint = fault.hint === '' ? '' : ` It adds: ${fault.hint.replace(/\.$/u, '')}.`
      if (phase === 'migration') report.fails(at, {words, basis, ran: ranWords(proof, 'up to this statement'), hint})
      else if (phase === 'declared')
        report.section(at, {words, basis, ran: ranWords(proof, 'after the migration'), hint})
      // What the rollback leaves is the cause, and is told there.
      else if (phase === 'again' && residue.every(({slight}) => slight)) report.again(at, {words, basis})
    }
  },
})
