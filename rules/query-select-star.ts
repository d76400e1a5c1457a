import {defineRule, queryPatterns} from 'spec-lint/rule'

export default defineRule({
  id: 'query-select-star',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'A query pattern names the columns that it reads.',
    why: '`SELECT *` reads what nobody needs, keeps an index from answering alone, and changes its result with the next migration.',
    remedy: 'List the columns.',
    exceptions:
      '`COUNT(*)`, `EXISTS (SELECT * …)`, and `*` of a subquery or a common table expression, whose columns are listed there.',
  },
  options: {},
  messages: {
    star: {
      reason: 'This query reads every column of {tables}',
      note: 'List the columns that it needs.',
    },
  },
  check({document, type, schema, report}) {
    for (const {stars, place, accesses, derives} of queryPatterns(document, schema, type)) {
      if (place === 'exists' || derives) continue
      const tables = accesses.map(({table}) => `\`${table.text}\``)
      if (accesses.some(({table}) => table.hole) || tables.length === 0) continue
      for (const star of stars) report.star(star, {tables: tables.slice(0, 3).join(', ')})
    }
  },
})
