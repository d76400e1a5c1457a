import {basisOf, code, defineProofRule} from 'spec-lint/rule'

export default defineProofRule({
  id: 'migration-differs',
  category: 'proof',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The schema that the migration makes is the one that the schema section declares.',
    why: 'Readers build on what is declared, and programs meet what was made.',
    remedy: 'Change the migration, or the declaration.',
    exceptions:
      'Names that the engine generates, the order of columns, and what no declaration speaks of at all, such as functions and privileges, may differ.',
  },
  options: {},
  messages: {
    missing: {
      reason: 'The migration doesn’t make {what}, which is declared{basis}',
      note: 'Add it to the migration, or take it out of the declaration.',
    },
    undeclared: {
      reason: 'The migration makes {what}, which is not declared{basis}',
      note: 'Declare it, or take it out of the migration.',
    },
    other: {
      reason: 'The migration makes {what} otherwise than declared: {made}{basis}',
      note: 'It is declared as {declared}. Write the same in both.',
    },
  },
  check({proof, report}) {
    const basis = basisOf(proof)
    for (const change of proof.differences) {
      const what = `${change.kind} ${code(change.name)}`
      if (change.how === 'added') report.missing(change, {what, basis})
      else if (change.how === 'removed') report.undeclared(change, {what, basis})
      else report.other(change, {what, basis, made: code(change.definition), declared: code(change.now)})
    }
  },
})
