import {code, defineRule, forwardOperations, ofKind, ofTable} from 'spec-lint/rule'

export default defineRule({
  id: 'updated-at-maintained',
  category: 'migration',
  severity: 'off',
  since: '0.1.0',
  docs: {
    summary: 'Something sets `updated_at` when a row changes.',
    why: 'A default gives the column its value at the insertion alone: a time of change that never changes misleads caches and exports.',
    remedy: 'Add a trigger, in MySQL ON UPDATE CURRENT_TIMESTAMP, or say which code sets the column.',
    exceptions:
      'Off by default, since many schemas leave it to the application. A line that says who sets the column counts.',
  },
  options: {},
  messages: {
    unset: {
      reason: 'Nothing sets {column} of {table} when a row changes',
      note: '{way} Or say which code sets it.',
    },
  },
  check({document, type, schema, report}) {
    const operations = forwardOperations(schema, type)
    const triggers = ofKind(operations, 'create-object').filter(({what}) => what === 'trigger')
    const isTold =
      /\b(?:updated_at|modified_at)\b[^.\n]{0,80}\b(?:set|maintain\w*|updat(?:ed|es)|written|kept)\b[^.\n]{0,30}\bby\b|\bonupdate\b|\bauto_now\b|@UpdateTimestamp|@updatedAt/i
    if (isTold.test(document.text)) return
    const seen = new Set<string>()
    for (const {table, columns, statement} of ofKind(operations, 'create-table')) {
      const column = columns.find(({name}) => /^(?:updated|modified|last_?modified)_?(?:at|on)$/u.test(name.key))
      if (!column || table.hole || seen.has(table.key)) continue
      seen.add(table.key)
      const isMysql = statement.dialect === 'mysql'
      if (/\bON\s+UPDATE\b/i.test(document.text.slice(column.start, column.end))) continue
      if (ofTable(triggers, table).some((one) => /\bUPDATE\b/i.test(one.statement.text))) continue
      const way = isMysql
        ? `Write ${code('ON UPDATE CURRENT_TIMESTAMP')} behind its default.`
        : `Add a trigger ${code(`BEFORE UPDATE ON ${table.text} FOR EACH ROW`)}.`
      report.unset(column.name, {column: code(column.name.text), table: code(table.text), way})
    }
  },
})
