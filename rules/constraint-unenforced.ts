import {code, defineProofRule} from 'spec-lint/rule'

export default defineProofRule({
  id: 'constraint-unenforced',
  category: 'proof',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The constraints that the migration makes hold: a value that breaks one is refused.',
    why: 'A constraint that is there and holds nothing is worse than none: everybody trusts it.',
    remedy: 'Validate the constraint, or write it so that the value is refused.',
    exceptions: 'Checks that are more than a list of values are only asked whether they are validated.',
  },
  options: {},
  messages: {
    accepts: {
      reason: 'Constraint {name} of table {table} lets {value} through',
      note: 'Take NULL out of its list of values, and enable its triggers.',
    },
    invalid: {
      reason: 'Constraint {name} of table {table} is never validated: rows that are there may break it',
      note: 'Add {statement} to the migration.',
    },
    off: {
      reason: 'Constraint {name} of table {table} is declared NOT ENFORCED',
      note: 'Enforce it, or say that it is only a remark.',
    },
  },
  check({proof: {lax}, report}) {
    for (const one of lax) {
      const [name, table] = [code(one.constraint), code(one.table)]
      const statement = code(`ALTER TABLE ${one.table} VALIDATE CONSTRAINT ${one.constraint};`)
      if (one.why === 'accepts') report.accepts(one, {name, table, value: code(one.value)})
      else if (one.why === 'not-valid') report.invalid(one, {name, table, statement}, {severity: 'warning'})
      else report.off(one, {name, table}, {severity: 'warning'})
    }
  },
})
