import {defineRule, list, replacementOf, shortened} from 'spec-lint/rule'

export default defineRule({
  id: 'table-cells',
  category: 'structure',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'The cells of a table hold what their columns allow, and every row has all of them.',
    why: "A row that lacks a cell moves every later one under the wrong header; a level of one's own falls out of every count.",
    remedy: 'Write one of the values that the note names; add the cells that the row lacks.',
    exceptions: 'Placeholders are reported by `no-placeholder`. Full words count for letters: `High` for `H`.',
  },
  fixable: 'unsafe',
  options: {},
  messages: {
    wrong: {reason: '`{column}` is `{value}`, expected {expected}', note: 'Write {expected}.'},
    empty: {reason: 'Cell `{column}` is empty', note: 'Write {expected}.'},
    short: {reason: 'The row has {found} of {all} cells', note: 'Add {lacks}.'},
    noRows: {reason: 'The table of section `{section}` has {found}', note: 'Add rows, at least {least}.'},
  },
  check({type, report}) {
    for (const {tables} of type.sections) {
      for (const {section, spec, table, cells, shortRows, tooFewRows} of tables) {
        if (!table) continue
        for (const {column, at, expected, replacements} of cells) {
          if (at.text === '') report.empty(at, {column, expected})
          else {
            report.wrong(at, {column, value: shortened(at.text), expected}, replacementOf(at, replacements))
          }
        }
        for (const {row, lacks} of shortRows)
          report.short(row, {found: row.cells.length, all: table.header.length, lacks: list(lacks)})
        if (tooFewRows)
          report.noRows(table.headerSpan, {
            section: section.heading?.title.text ?? '',
            found: table.rows.length === 0 ? 'no row' : `only ${table.rows.length} of ${spec.minRows} rows`,
            least: spec.minRows,
          })
      }
    }
  },
})
