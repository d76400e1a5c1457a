import {defineRule, foreignKeysIn, forwardOperations, sameName, type TableKey} from 'spec-lint/rule'

export default defineRule({
  id: 'foreign-key-on-delete',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'Every foreign key says what happens when the row it leads to is deleted.',
    why: 'Without a word the database refuses the deletion, in production, at the first customer who leaves.',
    remedy: 'Write `ON DELETE RESTRICT`, `CASCADE` or `SET NULL`, whichever is meant.',
    exceptions:
      'A key whose action is said at another place of the document, in its list of foreign keys for example. Keys in a rollback.',
  },
  options: {},
  messages: {
    silent: {
      reason: 'The foreign key from `{from}` to `{to}` does not say what happens on deletion',
      note: 'Add `ON DELETE RESTRICT`, `ON DELETE CASCADE` or `ON DELETE SET NULL`.',
    },
  },
  check({type, schema, report}) {
    const keys = foreignKeysIn(forwardOperations(schema, type))
    const isSaid = ({table, key}: TableKey): boolean =>
      keys.some(
        (other) => sameName(other.table, table) && sameColumns(other, key) && other.key.onDelete !== undefined,
      ) ||
      schema.foreignKeys.some(
        (other) =>
          other.onDelete !== undefined &&
          (!other.table || sameName(other.table, table)) &&
          sameColumns({key: other}, key),
      )
    for (const one of keys) {
      const {table, key} = one
      if (key.onDelete !== undefined || key.table.hole || table.hole || isSaid(one)) continue
      report.silent(key, {from: `${table.text}.${key.columns.map(({text}) => text).join(', ')}`, to: key.table.text})
    }
  },
})

type Columns = Pick<TableKey['key'], 'columns'>

function sameColumns({key}: {readonly key: Columns}, {columns}: Columns): boolean {
  return (
    key.columns.length === columns.length &&
    key.columns.every((column, index) => columns[index] && sameName(column, columns[index]))
  )
}
