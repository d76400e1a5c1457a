import {defineRule, headOf, queryPatterns, saidIn} from 'spec-lint/rule'

const said =
  /\bfrequency\b|\bexpected (?:load|rate|calls)\b|\d\s*(?:k\s*)?(?:x\s*)?(?:\/|per |a |times an? |rows\/)\s*(?:s|sec|second|min|minute|h|hr|hour|day|night|week|month|quarter|year)\b|\b(?:hourly|daily|nightly|weekly|monthly|rps|qps|tps)\b/i

export default defineRule({
  id: 'query-frequency',
  category: 'migration',
  severity: 'off',
  since: '0.1.0',
  docs: {
    summary: 'Each read query says how often it runs.',
    why: 'Whether an index is worth its cost depends on how often the query that it serves runs.',
    remedy: 'Write `-- Expected frequency: 10/sec` above the query.',
    exceptions:
      'Any words that give a rate count, above the query, in the paragraph above its fence, or in a table of the section. Writes.',
  },
  options: {},
  messages: {
    missing: {
      reason: 'Nothing says how often this query runs',
      note: 'Write `-- Expected frequency: …/sec` above it.',
    },
  },
  check({document, type, schema, report}) {
    const seen = new Set<number>()
    for (const query of queryPatterns(document, schema, type)) {
      const {statement, verb, place, comments, start} = query
      if (verb !== 'select' || place !== 'outer' || seen.has(start)) continue
      seen.add(start)
      const {code, section} = statement
      const above = saidIn(document, {start: Math.max(section.start, code.start - 500), end: code.start})
      const paragraph = above.slice(above.lastIndexOf('```') + 1)
      const tables = section.tables.some(({header}) => header.some(({text}) => said.test(text)))
      if (comments.some(({text}) => said.test(text)) || said.test(paragraph) || tables) continue
      report.missing(headOf(statement, document))
    }
  },
})
