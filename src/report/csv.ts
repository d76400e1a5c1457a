import {stringify} from 'csv-stringify/sync'

/** Rows as RFC 4180 has them; a cell that a spreadsheet would take for a formula gets an apostrophe. */
export function csv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    {escape_formulas: true, record_delimiter: 'unix'},
  )
}
