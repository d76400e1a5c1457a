import {
  defineRule,
  foreignKeysIn,
  forwardOperations,
  indexFix,
  indexFor,
  isIndexed,
  isIndexWritten,
  scriptOperations,
} from 'spec-lint/rule'

export default defineRule({
  id: 'foreign-key-index',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'Every foreign key column has an index that begins with it.',
    why: 'PostgreSQL and SQLite make none by themselves: each deletion of a parent row reads the whole child table, and so does each join.',
    remedy: 'Add `CREATE INDEX` on the column, or begin another index with it.',
    exceptions:
      'MySQL, which makes the index itself. Primary and unique keys that begin with the column count too, as do indexes in lists and those that a script or a sentence makes.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    missing: {
      reason: 'No index begins with `{column}`, which is a foreign key to `{to}`',
      note: 'Add `{statement};`.',
    },
  },
  check({document, type, schema, report}) {
    if (schema.sql.dialect === 'mysql') return
    const operations = forwardOperations(schema, type)
    const all = [...operations, ...scriptOperations(schema)]
    const seen = new Set<string>()
    for (const one of foreignKeysIn(operations)) {
      const {table, key} = one
      const id = `${table.key} ${key.columns.map((column) => column.key).join(' ')}`
      if (seen.has(id) || table.hole || key.columns.some(({hole}) => hole)) continue
      seen.add(id)
      if (isIndexed(table, key.columns, all, schema) || isIndexWritten(table, key.columns, document)) continue
      const fix = indexFix(one, {document, type, schema})
      const column = `${table.text}.${key.columns.map(({text}) => text).join(', ')}`
      report.missing(key, {column, to: key.table.text, statement: indexFor(one)}, fix ? {fix} : {})
    }
  },
})
