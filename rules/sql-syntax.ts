import {defineRule, foreignEngineAt} from 'spec-lint/rule'

export default defineRule({
  id: 'sql-syntax',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The SQL in the fences can be read by the parser of its dialect.',
    why: 'A statement that the database refuses stops a migration halfway, and every other rule is blind to what it says.',
    remedy:
      'Correct the statement at the marked place. Where the dialect was taken for another, name it: `**Database:** MySQL 8`, or `mysql` behind the opening fence.',
    exceptions:
      'Placeholders of a template (`{{x}}`, `[x]`, `<x>`, `...`) pass, and so does SQL of an engine that no parser here reads, when the document, the heading or the sentence above the fence names it.',
  },
  options: {},
  messages: {
    refused: {
      reason: "This isn't {dialect}: {problem}",
      note: 'Correct the statement, or name the dialect behind the opening fence if it is another.',
    },
    unread: {
      reason: 'This SQL is too much to read: {problem}',
      note: 'Cut it down to what the document is about, and link to the rest.',
    },
  },
  check({document, schema, report}) {
    for (const {message, limit, statement, dialect, start, end} of schema.sql.problems) {
      if (!limit && foreignEngineAt(statement.start, document) !== undefined) continue
      // Where the end is missing, its last sign stands for it.
      const at = {start: start === end ? Math.max(statement.start, end - 1) : start, end}
      if (limit) report.unread(at, {problem: message})
      else report.refused(at, {dialect: names[dialect], problem: message.replaceAll(/'([^'`]{1,20})'/gu, '`$1`')})
    }
  },
})

const names = {postgresql: 'PostgreSQL', mysql: 'MySQL', sqlite: 'SQLite', mssql: 'T-SQL'} as const
