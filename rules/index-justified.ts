import {
  askedKeys,
  called,
  commentsBeside,
  defineRule,
  foreignKeysIn,
  isThere,
  forwardOperations,
  type IndexFact,
  lastPart,
  type Name,
  isExplainedIn,
  nameKeys,
  ofKind,
  type Operation,
  type OperationOf,
  ownerOf,
  sameName,
  sharing,
  type StatementFact,
} from 'spec-lint/rule'

/** `-- Supports: SELECT …`; the template's "Justify each index with the query it supports" is none. */
const purpose = /\bsupports?\b(?!\s*$)|\bfor\b|\bused by\b|\bserves?\b/i

export default defineRule({
  id: 'index-justified',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'Every new index has a query, a foreign key or a comment that says what it is for.',
    why: 'An index costs each write and its disk; one that serves no query is only cost.',
    remedy: 'Write `-- Supports: SELECT …` beside the statement, or add the query to the query patterns.',
    exceptions:
      'Unique indexes, which are constraints, those that begin with the column of a foreign key, and those of which a sentence says what they are for.',
  },
  options: {},
  messages: {
    unjustified: {
      reason: 'Nothing says what index `{index}` is for',
      note: 'Write `-- Supports: SELECT … WHERE {column} = …` beside it, or add the query to the query patterns.',
    },
  },
  check({document, type, schema, report}) {
    const isExplained = (statement: StatementFact): boolean =>
      commentsBeside(statement, document, schema, saysWhy).some(({text}) => saysWhy(text))
    const operations = forwardOperations(schema, type)
    const seen = new Set<string>()
    for (const operation of ofKind(operations, 'create-index')) {
      const {index, statement} = operation
      const {name, columns, table, unique} = index
      const id = name?.key ?? `${table.key} ${columns.map(({key}) => key).join(' ')}`
      if (seen.has(id) || unique || table.hole || name?.hole === true) continue
      seen.add(id)
      const same = name ? called(ofKind(operations, 'create-index'), ownName, name) : []
      const isCommented = [operation, ...same].some((one) => isExplained(one.statement))
      if (isThere(statement) || isCommented || (name && isExplainedIn(document, name))) continue
      if (isQueried(index, operations) || isKey(index, operations)) continue
      report.unjustified(name ?? statement, {index: name?.text ?? table.text, column: columns[0]?.text ?? '…'})
    }
  },
})

function saysWhy(comment: string): boolean {
  return purpose.test(comment)
}

function ownName({index}: OperationOf<'create-index'>): Name | undefined {
  return index.name
}

/** A query of the table filters or sorts by the first column, or by the expression that the index holds. */
function isQueried({table, columns}: IndexFact, operations: readonly Operation[]): boolean {
  const [first] = columns
  return sharing(ofKind(operations, 'select'), readTables, askedKeys(table)).some(
    ({filters, order}) =>
      first === undefined ||
      first.key === '' ||
      [...filters, ...order].some((one) => lastPart(one) === lastPart(first)),
  )
}

function readTables({tables}: OperationOf<'select'>): readonly string[] {
  return tables.flatMap((one) => (one.hole ? [] : nameKeys(one)))
}

function isKey({table, columns}: IndexFact, operations: readonly Operation[]): boolean {
  const [first] = columns
  // An index of a table that was made under another name.
  const names = [
    table,
    ...ofKind(operations, 'rename-table').flatMap((one) => (sameName(one.to, table) ? [one.table] : [])),
  ]
  return (
    first !== undefined &&
    names
      .flatMap((name) => called(foreignKeysIn(operations), ownerOf, name))
      .some((one) => one.key.columns.some((column) => sameName(column, first)))
  )
}
