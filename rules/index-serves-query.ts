import {defineRule, indexShapes, type IndexShape, supportsOf, type TableAccess, unserved} from 'spec-lint/rule'

export default defineRule({
  id: 'index-serves-query',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'An index serves the query that its `-- Supports:` line quotes.',
    why: 'A justification that doesn’t hold is worse than none: the index costs every write and the query is slow all the same.',
    remedy: 'Begin the index with the columns that the query compares for equality, or quote the query that it serves.',
    exceptions:
      'Reasons in prose, and queries with `…` among their conditions. An index of another method than B-tree serves by any of its columns.',
  },
  options: {},
  messages: {
    table: {
      reason: 'Index `{index}` is on `{table}`, and the query that it supports reads `{other}`',
      note: 'Quote the query of `{table}` that the index serves, or make the index on `{other}`.',
    },
    leading: {
      reason: 'Index `{index}` begins with `{first}`, which the query that it supports does not compare',
      note: 'Begin the index with what the query compares: `{table}({wanted})`; or quote the query that it serves.',
    },
    wrapped: {
      reason: 'Index `{index}` holds `{first}`, and the query that it supports compares {compared}',
      note: 'Make the index on what the query compares: `{table}({wanted})`; or compare `{first}` as the index holds it.',
    },
    predicate: {
      reason: 'Index `{index}` holds only the rows of its WHERE, which the query that it supports does not ask for',
      note: 'Add the condition of the index to the query, or make the index without WHERE.',
    },
  },
  check({document, type, schema, report}) {
    for (const index of indexShapes(schema, type)) {
      if (index.origin !== 'index') continue
      const supports = supportsOf(index, document, schema)
      for (const support of supports) {
        const failure = unserved(index, support)
        if (failure === undefined) continue
        const name = {
          index: index.name?.text ?? index.table.text,
          table: index.table.text,
          first: index.keys[0]?.text ?? '',
        }
        if (failure.why === 'table') report.table(support, {...name, other: failure.table.text})
        else if (failure.why === 'predicate') report.predicate(support, name)
        else if (failure.why === 'leading') report.leading(support, {...name, wanted: wanted(failure.access)})
        else
          report.wrapped(support, {...name, wanted: wanted(failure.access), compared: compared(index, failure.access)})
      }
    }
  },
})

/** What the query compares: equality first, then a range or its order. */
function wanted({conditions, order}: TableAccess): string {
  const simple = conditions.flatMap((one) => (one.kind === 'any' ? [] : [one]))
  const equal = simple.filter(({kind, joins}) => kind === 'equal' && !joins)
  const joined = simple.filter(({kind, joins}) => kind === 'equal' && joins)
  const range = simple.find(({kind}) => kind === 'range' || kind === 'prefix')
  const all = [...equal, ...joined].map(({text}) => text)
  return [...new Set([...all, ...(range ? [range.text] : order)])].slice(0, 4).join(', ') || '…'
}

function compared({keys}: IndexShape, {conditions}: TableAccess): string {
  const columns = keys[0]?.columns ?? []
  const found = conditions.find((one) => one.kind !== 'any' && one.columns.some((name) => columns.includes(name)))
  return found && found.kind !== 'any' ? `\`${found.text}\`` : 'something else'
}
