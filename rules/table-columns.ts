import {defineRule, list} from 'spec-lint/rule'

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
      reason: 'Section `{section}` has no table with the columns {columns}',
      note: 'Add a table with the header `{header}`.',
    },
    missing: {
      reason: 'The table has no column `{column}`',
      note: 'Add the column `{column}`; the header is `{header}`.',
    },
    near: {reason: 'Column `{found}` looks like the required `{column}`', note: 'Write `{column}`.'},
    order: {reason: 'Column `{column}` stands before `{after}`', note: 'Put the columns in this order: `{header}`.'},
  },
  check({type, report}) {
    for (const {tables} of type.sections) {
      for (const {section, spec, table, missing, displaced} of tables) {
        const names = spec.columns.filter(({required}) => required).map(({name}) => name)
        const header = `| ${names.join(' | ')} |`
        if (!table) {
          const empty = section.blocks.length === 0 && section.children.length === 0
          if (spec.required && section.heading && !empty)
            report.absent(section.heading.title, {section: section.heading.title.text, columns: list(names), header})
          continue
        }
        for (const {column, near} of missing) {
          if (near) report.near(near, {found: near.text, column: column.name}, {expected: [column.name]})
          else report.missing(table.headerSpan, {column: column.name, header})
        }
        for (const {cell, after} of displaced) report.order(cell, {column: cell.text, after, header})
      }
    }
  },
})
