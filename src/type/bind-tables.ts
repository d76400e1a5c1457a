import type {Cell, Section, Table} from '../document/types.ts'
import type {IsOpen} from './filled.ts'
import {isSlip} from './nearest.ts'
import {keyForm} from './normalize.ts'
import {coerce, judged} from './text-values.ts'
import type {BoundTable, ColumnSpec, TableSpec} from './types.ts'
import {checkValue} from './values.ts'

/** The table of a section that answers to a declaration, and what it lacks. */
export function bindTable(section: Section, tables: readonly Table[], spec: TableSpec, isOpen: IsOpen): BoundTable {
  const best = tables.map((table) => ({table, hits: hits(table, spec)})).toSorted((a, b) => b.hits - a.hits)[0]
  const table = best && best.hits * 2 >= spec.columns.filter(({required}) => required).length ? best.table : undefined
  if (!table)
    return {section, spec, table: undefined, missing: [], displaced: [], cells: [], shortRows: [], tooFewRows: false}
  const columns = spec.columns.map((column) => ({
    column,
    index: table.header.findIndex((cell) => answers(column, cell)),
  }))
  return {
    section,
    spec,
    table,
    missing: columns
      .filter(({column, index}) => index < 0 && column.required)
      .map(({column}) => ({column, near: nearCell(table, column, spec)})),
    displaced: displaced(columns, table),
    cells: columns.flatMap(({column, index}) => (index < 0 ? [] : cellProblems(table, column, index, isOpen))),
    shortRows: table.rows
      .filter((row) => row.cells.length < table.header.length)
      .map((row) => ({row, lacks: table.header.slice(row.cells.length).map(({text}) => text)})),
    tooFewRows: table.rows.length < spec.minRows,
  }
}

function hits(table: Table, spec: TableSpec): number {
  return spec.columns.filter((column) => column.required && table.header.some((cell) => answers(column, cell))).length
}

function answers(column: ColumnSpec, cell: Cell): boolean {
  const form = keyForm(cell.text)
  return [column.name, ...column.aliases].some((name) => keyForm(name) === form)
}

function nearCell(table: Table, column: ColumnSpec, spec: TableSpec): Cell | undefined {
  const spare = table.header.filter((cell) => !spec.columns.some((other) => answers(other, cell)))
  return spare.find((cell) => isSlip(keyForm(column.name), keyForm(cell.text)))
}

function displaced(
  columns: readonly {readonly column: ColumnSpec; readonly index: number}[],
  table: Table,
): BoundTable['displaced'] {
  const found = columns.filter(({index}) => index >= 0)
  return found.flatMap(({index}, rank) => {
    const before = found[rank - 1]
    const cell = table.header[index]
    return before &&
      cell &&
      index < before.index &&
      !found.slice(0, rank - 1).some((other) => other.index > before.index)
      ? [{cell, after: before.column.name}]
      : []
  })
}

function cellProblems(table: Table, column: ColumnSpec, index: number, isOpen: IsOpen): BoundTable['cells'] {
  const {cell: schema} = column
  if (!schema) return []
  return table.rows.flatMap((row) => {
    const cell = row.cells[index]
    if (!cell || isOpen(cell, cell.text)) return []
    const blank = cell.text === '' || /^(?:[-–—]|n\/a)$/i.test(cell.text)
    if (blank && schema['minLength'] === undefined && schema['enum'] === undefined && schema['format'] === undefined)
      return []
    return checkValue(schema, coerce(schema, cell.text)).map((problem) => ({
      column: column.name,
      row,
      at: judged(schema, cell),
      keyword: problem.keyword,
      expected: problem.expected,
      replacements: problem.replacements,
    }))
  })
}
