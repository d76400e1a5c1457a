import {code, defineProofRule} from 'spec-lint/rule'

export default defineProofRule({
  id: 'index-unused',
  category: 'proof',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'An index can serve the query that its `-- Supports:` line promises: the engine’s planner takes it.',
    why: 'An index that no query can use costs with each write and is never read.',
    remedy: 'Index the expression of the query, change the order of the columns, or drop the index.',
    exceptions:
      'The planner is asked with sequential scans discouraged and without the other indexes that begin with the same column. It is told that the index can serve, not that it will be chosen on data of a real size.',
  },
  options: {},
  messages: {
    unused: {
      reason: 'Index {index} can’t serve {query}',
      note: 'The planner of {engine} takes {plan} instead. Begin the index with what the query looks up, or drop it.',
    },
  },
  check({proof: {unused, engine}, report}) {
    for (const one of unused)
      report.unused(one, {index: code(one.index), query: code(one.query), plan: code(one.plan), engine})
  },
})
