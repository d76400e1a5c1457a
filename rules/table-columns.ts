import {defineRule, isUnfilled, list} from 'spec-lint/rule'

export default defineRule({
  id: 'table-columns',
  category: 'structure',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'A table that a section must have is there, with its columns in order.',
    why: 'Tables of one kind are compared, exported and read by tools by their columns.',
    remedy: 'Add the table or the column. Columns of your own are welcome.',
    exceptions: 'Case and a remark in parentheses do not count: `Impact (H/M/L)` is `Impact`.',
  },
  options: {},
  messages: {
    absent: {
      reason: 'Section `{section}` has no table with a column {column}',
      note: 'Add a table with the columns {columns}, in this order.',
    },
    missing: {
      reason: 'The table of section `{section}` has no column {missing}',
      note: 'The columns are {columns}, in this order.',
    },
    near: {reason: 'Column `{found}` looks like the required `{column}`', note: 'Write `{column}`.'},
    order: {reason: 'Column `{column}` stands before `{after}`', note: 'Put the columns in this order: {columns}.'},
  },
  check({document, type, report}) {
    for (const {tables, state} of type.sections) {
      for (const {section, spec, table, missing, displaced} of tables) {
        const names = spec.columns.filter(({required}) => required).map(({name}) => name)
        const columns = list(names)
        const title = section.heading?.title
        if (!title) continue
        if (!table) {
          // What stands below a heading of the wrong level is not its own.
          const isOpen = (state === 'depth' && section.blocks.length === 0) || isUnfilled(section, document)
          if (spec.required && !isOpen)
            report.absent(title, {section: title.text, column: list(names.slice(0, 1)), columns})
          continue
        }
        const absent = missing.filter(({near}) => !near).map(({column}) => column.name)
        if (absent.length > 0) {
          const more = absent.length > 3 ? ` and ${absent.length - 3} more` : ''
          report.missing(table.headerSpan, {section: title.text, missing: list(absent.slice(0, 3)) + more, columns})
        }
        for (const {column, near} of missing)
          if (near) report.near(near, {found: near.text, column: column.name}, {expected: [column.name]})
        for (const {cell, after} of displaced) report.order(cell, {column: cell.text, after, columns})
      }
    }
  },
})
