import {defineProofRule} from 'spec-lint/rule'

export default defineProofRule({
  id: 'query-fails',
  category: 'proof',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The queries and sample rows of a document run on the schema that its migration makes.',
    why: 'A query with a column that was renamed in review is copied into code as it stands.',
    remedy: 'Correct the query, or the schema.',
    exceptions:
      'Queries are planned, not executed. A table or a column of an existing table that only a query names is taken to be there.',
  },
  options: {},
  messages: {
    query: {
      reason: 'This query fails on the migrated schema: {words}',
      note: '{engine} refused it.{hint} Correct it, or the schema.',
    },
    rows: {
      reason: 'These rows can’t be inserted into the migrated schema: {words}',
      note: '{engine} refused them.{hint} Correct them, or the schema.',
    },
  },
  check({proof: {faults, engine}, report}) {
    for (const fault of faults) {
      const {phase, message: words} = fault
      const hint = fault.hint === '' ? '' : ` It adds: ${fault.hint.replace(/\.$/u, '')}.`
      if (phase === 'query') report.query(fault, {words, engine, hint})
      else if (phase === 'rows') report.rows(fault, {words, engine, hint})
    }
  },
})
