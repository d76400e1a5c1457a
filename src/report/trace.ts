import {documentColumn, type Trace, type TraceCell, type TracedDocument, type TraceRow} from '../run/trace.ts'
import {show} from './show.ts'
import type {Paint} from './style.ts'
import {capital} from '../document/words.ts'
import {columnsOf, traceSummary} from './trace-summary.ts'
import {widthOf} from './width.ts'

export interface TraceOptions {
  readonly paint: Paint
  /** Columns of the terminal. */
  readonly width: number
  /** Only rows with a gap. */
  readonly gapsOnly: boolean
}

const least = 14

/** For people: a table a document, gaps in red, and what is missing in sentences. */
export function traceTable(trace: Trace, options: TraceOptions): string {
  const columns = columnsOf(trace).filter((column) => column !== documentColumn || isUsed(trace, column))
  const parts = trace.documents.map((document) => tableOf(document, columns, options))
  return [...parts, `${traceSummary(trace)}\n`].join('\n')
}

function isUsed({documents}: Trace, column: string): boolean {
  return documents.some(({rows}) => rows.some(({named}) => (named.get(column) ?? []).length > 0))
}

function tableOf(document: TracedDocument, columns: readonly string[], {paint, width, gapsOnly}: TraceOptions): string {
  const rows = document.rows.filter(({gaps}) => !gapsOnly || gaps.length > 0)
  const status = document.status === undefined ? '' : ` · ${show(document.status)}`
  const head = `${paint('bold', show(document.path))}  ${show(document.title, 80)}${paint('dim', status)}\n`
  if (rows.length === 0) return `${head}\n  No gaps.\n`
  const cells = rows.map((row) => [
    `${row.id}  ${row.title}`,
    ...columns.map((column) => cellText(row, column, document)),
  ])
  const titles = ['requirement', ...columns].map(capital)
  const widths = fit(
    titles.map((title, index) =>
      Math.max(...[title, ...cells.map((row) => row[index] ?? '')].map((text) => widthOf(show(text)))),
    ),
    width - 4,
  )
  const line = (texts: readonly string[], style: (index: number) => Parameters<Paint>[0] | undefined): string => {
    const padded = texts.map((text, index) => {
      const shown = cut(show(text), widths[index] ?? least)
      const space = ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(shown)))
      const named = style(index)
      return (named === undefined ? shown : paint(named, shown)) + (index === texts.length - 1 ? '' : space)
    })
    return `  ${padded.join('  ')}\n`
  }
  const body = rows.map((row, at) =>
    line(cells[at] ?? [], (index) => {
      const column = columns[index - 1]
      if (column === undefined) return row.gaps.length > 0 ? 'bold' : undefined
      if (row.gaps.includes(column)) return 'red'
      return (row.named.get(column) ?? []).length === 0 ? 'dim' : undefined
    }),
  )
  return `${head}\n${line(titles, () => 'dim')}${body.join('')}`
}

/** `none` is a gap; a dash, that nobody asks. */
function cellText(row: TraceRow, column: string, document: TracedDocument): string {
  const cells = row.named.get(column) ?? []
  if (cells.length === 0) return row.gaps.includes(column) ? 'none' : '–'
  const [first] = cells
  const shown = cells.slice(0, 3).map((cell) => placeText(cell, document))
  const short = cells.length === 1 && first ? labelled(first, document) : [...new Set(shown)].join(', ')
  return cells.length > 3 ? `${short}, … ${cells.length - 3} more` : short
}

/** One place has room for its words. */
function labelled(cell: TraceCell, document: TracedDocument): string {
  const place = placeText(cell, document)
  return cell.path === document.path && cell.text !== place ? `${place} ${cell.text}` : place
}

function placeText({text, path, line}: TraceCell, document: TracedDocument): string {
  if (path !== document.path) return `${path}:${line}`
  return /^[A-Z][A-Z0-9]*-?\d[\d.]*$/u.test(text) ? text : `line ${line}`
}

/** Widths that fit a line: the widest column gives way first. */
function fit(widths: readonly number[], room: number): readonly number[] {
  const result = [...widths]
  const total = (): number => result.reduce((sum, width) => sum + width + 2, -2)
  for (let excess = total() - room; excess > 0; excess = total() - room) {
    const widest = result.indexOf(Math.max(...result))
    const now = result[widest] ?? 0
    if (now <= least) return result
    result[widest] = Math.max(least, now - excess, Math.floor(now * 0.8))
  }
  return result
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let shown = ''
  for (const character of text) {
    if (widthOf(`${shown}${character}…`) > width) break
    shown += character
  }
  return `${shown.trimEnd()}…`
}
