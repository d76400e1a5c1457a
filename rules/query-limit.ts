import {
  defineRule,
  indexesOf,
  indexShapes,
  type IndexShape,
  queryPatterns,
  rowsOf,
  type TableAccess,
} from 'spec-lint/rule'

/** Tables of at least as many rows are large. */
const large = 100_000
/** A query that says how few rows it gives needs no limit; `10,000` is many. */
const few =
  /expected rows\s*:?\s*(?:about |around |up to |at most |max(?:imum)? |[~≈≤<]\s*)?\d{1,3}(?![\d,.]*\d)\b(?!\s*(?:k|m|thousand|million))/i

export default defineRule({
  id: 'query-limit',
  category: 'migration',
  severity: 'off',
  since: '0.1.0',
  docs: {
    summary: 'A query for a list of rows of a large table says how many it takes.',
    why: 'A list without a limit grows with the table, and with it the answer, the memory and the wait.',
    remedy: 'Add `LIMIT`, and page by the last key seen.',
    exceptions:
      'Aggregates, lookups by a primary or unique key, queries whose `-- Expected rows` are under 1,000, and tables that the document doesn’t give 100,000 rows or more.',
  },
  options: {},
  messages: {
    unlimited: {
      reason: 'This query may give any number of the rows of `{table}`, which has {rows}',
      note: 'Add `LIMIT`, or write how many rows it gives: `-- Expected rows: …`.',
    },
  },
  check({document, type, schema, report}) {
    const all = indexShapes(schema, type)
    for (const {verb, place, accesses, limited, aggregated, derives, comments} of queryPatterns(
      document,
      schema,
      type,
    )) {
      if (verb !== 'select' || place !== 'outer' || limited || aggregated || derives) continue
      if (comments.some(({text}) => few.test(text))) continue
      const [access] = accesses
      if (access === undefined || accesses.some((one) => isLookup(one, indexesOf(one.table, all)))) continue
      const rows = rowsOf(access.table, document, schema) ?? 0
      if (rows >= large) report.unlimited(access, {table: access.table.text, rows: rows.toLocaleString('en')})
    }
  },
})

/** All columns of a unique key are compared for equality. */
function isLookup({conditions}: TableAccess, indexes: readonly IndexShape[]): boolean {
  return indexes.some(
    ({unique, keys, predicate}) =>
      unique &&
      predicate === undefined &&
      keys.length > 0 &&
      keys.every(({form}) => conditions.some((one) => one.kind === 'equal' && one.form === form && !one.joins)),
  )
}
