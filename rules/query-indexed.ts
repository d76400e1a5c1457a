import {
  called,
  defineRule,
  foreignKeysIn,
  forwardOperations,
  indexesOf,
  indexShapes,
  isServed,
  knowsIndexes,
  lacksPart,
  ownerOf,
  type QueryPattern,
  type RowCondition,
  rowsOf,
  shownQueries,
  type SimpleCondition,
  supportsOf,
  type TableAccess,
  unserved,
} from 'spec-lint/rule'

/** Below that, reading the whole table is as fast. */
const small = 1000
/** A full scan once a day or less often is a choice. */
const rare =
  /\b(?:daily|nightly|weekly|monthly|quarterly|yearly|annually|ad.?hoc|rare(?:ly)?|one.?off|once)\b|\b1\s*(?:x\s*)?(?:\/|per|a)\s*(?:day|night)\b|(?:\/|\bper|\ba)\s*(?:week|month|quarter|year)\b/i

export default defineRule({
  id: 'query-indexed',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'Each query pattern finds its rows by an index or a key of the document.',
    why: 'A query without one reads the whole table: it is fast in the review and slow in the second year.',
    remedy: 'Add an index that begins with the columns that the query compares for equality.',
    exceptions:
      'Tables whose indexes the document doesn’t give: those it neither makes nor describes in full. Tables of under 1,000 rows, by its own words. Queries that run once a day or less often. Filters by flags and NULL alone. Joins by a foreign key, which foreign-key-index speaks of.',
  },
  options: {},
  messages: {
    filtered: {
      reason: 'No index of `{table}` begins with a column that this query compares: {columns}',
      note: 'Add an index on `{table}({index})`, or filter by a column that has one.',
    },
    wrapped: {
      reason: 'No index of `{table}` holds `{expression}`, by which this query finds its rows',
      note: 'Compare `{column}` itself, for example with a range, or add an index on the expression.',
    },
    ordered: {
      reason: 'No index of `{table}` has the order that this query takes the first rows of: {columns}',
      note: 'Add an index on `{table}({index})`.',
    },
  },
  check({document, type, schema, report}) {
    // What is missing may hold the index.
    if (lacksPart(type, ['schema', 'tables'])) return
    const all = indexShapes(schema, type)
    const operations = forwardOperations(schema, type)
    const keys = schema.sql.dialect === 'mysql' ? [] : foreignKeysIn(operations)
    const blamed = all.filter((index) => supportsOf(index, document, schema).some((one) => unserved(index, one)))

    for (const query of shownQueries(document, schema, type)) {
      if (query.comments.some(({text}) => rare.test(text))) continue
      for (const access of query.accesses) checkAccess(query, access)
    }

    function checkAccess(query: QueryPattern, access: TableAccess): void {
      const {table, conditions, order, isCertain} = access
      const narrowing = conditions.flatMap(simple).filter(isNarrowing)
      const columns = narrowing.length > 0 ? narrowing.flatMap((one) => one.columns) : order
      const indexes = indexesOf(table, all)
      if (columns.length === 0 || !isCertain || conditions.some(({kind}) => kind === 'search')) return
      if (!knowsIndexes(table, columns, schema, type) || isServed(indexes, access, query.limited)) return
      if ((rowsOf(table, document, schema) ?? small) < small || isSaidElsewhere(access, columns)) return
      if (narrowing.length > 0) reportFilter(query, access, narrowing)
      else if (conditions.length === 0 && query.limited && access.orderSpans[0])
        report.ordered(access.orderSpans[0], {table: table.text, columns: named(order), index: order.join(', ')})
    }

    function reportFilter(query: QueryPattern, access: TableAccess, narrowing: readonly SimpleCondition[]): void {
      const {table, order} = access
      if (narrowing.every(isFlag) || !isFound(query, access, narrowing)) return
      const plain = narrowing.filter(({isColumn}) => isColumn)
      const first = plain.find((one) => !isFlag(one))
      const wrapped = narrowing.find(({isColumn}) => !isColumn)
      if (first)
        report.filtered(first, {
          table: table.text,
          columns: named(plain.map(({text}) => text)),
          index: indexFor(plain, order).join(', '),
        })
      else if (wrapped)
        report.wrapped(wrapped, {table: table.text, expression: wrapped.text, column: wrapped.columns[0] ?? ''})
    }

    /** Rows of a joined table are looked up only if another table, or a filter of its own, comes first. */
    function isFound(query: QueryPattern, access: TableAccess, narrowing: readonly SimpleCondition[]): boolean {
      if (narrowing.some((one) => !one.joins && !isFlag(one))) return true
      return (
        query.place !== 'inner' &&
        query.accesses.some(
          (other) =>
            other !== access &&
            other.conditions.flatMap(simple).some((one) => isNarrowing(one) && !one.joins && !isFlag(one)),
        )
      )
    }

    /** By foreign-key-index at the key, or by index-serves-query at the index. */
    function isSaidElsewhere({table}: TableAccess, columns: readonly string[]): boolean {
      return (
        called(keys, ownerOf, table).some((one) => one.key.columns.some(({key}) => columns.includes(key))) ||
        indexesOf(table, blamed).some((index) =>
          supportsOf(index, document, schema)
            .flatMap(({queries}) => queries.flatMap(({accesses}) => accesses))
            .some((one) =>
              one.conditions.flatMap(simple).some((said) => said.columns.some((c) => columns.includes(c))),
            ),
        )
      )
    }
  },
})

function simple(condition: RowCondition): readonly SimpleCondition[] {
  return condition.kind === 'any' ? condition.branches.flat().flatMap(simple) : [condition]
}

function isNarrowing({kind}: SimpleCondition): boolean {
  return kind === 'equal' || kind === 'range' || kind === 'prefix'
}

/** `active`, `deleted_at IS NULL`: true of most rows. */
function isFlag({values}: SimpleCondition): boolean {
  return values !== undefined && values.length > 0 && values.every((one) => /^(?:true|false|null)$/u.test(one))
}

/** Columns compared for equality, then the first range or the order. */
function indexFor(conditions: readonly SimpleCondition[], order: readonly string[]): readonly string[] {
  const equal = conditions.filter((one) => one.kind === 'equal' && !isFlag(one)).map(({form}) => form)
  const range = conditions.find(({kind}) => kind === 'range' || kind === 'prefix')?.form
  return [...new Set([...equal, ...(range === undefined ? order : [range])])].slice(0, 4)
}

function named(columns: readonly string[]): string {
  return [...new Set(columns)].map((column) => `\`${column}\``).join(', ')
}
