import {toJson} from './to-json.ts'
import type {PhrasingContent, RootContent, TableCell, TableRow} from 'mdast'
import {gfmToMarkdown} from 'mdast-util-gfm'
import {toMarkdown} from 'mdast-util-to-markdown'
import {
  documentColumn,
  testColumn,
  type Trace,
  type TraceCell,
  type TracedDocument,
  type TraceRow,
} from '../run/trace.ts'
import {show} from './show.ts'
import {capital} from '../document/words.ts'
import {columnsOf, traceSummary} from './trace-summary.ts'

/** One value for tools. */
export function traceJson(trace: Trace): string {
  const value = {
    version: 1,
    sources: trace.sources,
    documents: trace.documents.map(({rows, ...document}) => ({
      ...document,
      requirements: rows.map(({named, asks, ...row}) => ({...row, asks: [...asks], named: Object.fromEntries(named)})),
    })),
    unknown: trace.unknown,
    ambiguous: trace.ambiguous,
  }
  return `${toJson(value)}\n`
}

/** A row a requirement; the first one is the header. */
export function traceRows(trace: Trace): readonly (readonly string[])[] {
  const columns = columnsOf(trace)
  return [
    ['document', 'status', 'id', 'kind', 'title', 'line', ...columns, 'gaps'],
    ...trace.documents.flatMap((document) =>
      document.rows.map((row) => [
        document.path,
        document.status ?? '',
        row.id,
        row.kind,
        row.title,
        String(row.line),
        ...columns.map((column) => (row.named.get(column) ?? []).map((cell) => fullText(cell, document)).join('; ')),
        row.gaps.join('; '),
      ]),
    ),
  ]
}

function fullText({text, path, line}: TraceCell, document: TracedDocument): string {
  return path === document.path ? `${text} (line ${line})` : `${path}:${line}`
}

/** A page for a wiki or a pull request; every text of a document is escaped by the serialiser. */
export function traceMarkdown(trace: Trace): string {
  const columns = columnsOf(trace)
  const children = trace.documents.flatMap((document): readonly RootContent[] => [
    {
      type: 'heading',
      depth: 2,
      children: [{type: 'link', url: encodeURI(document.path), children: [plain(document.title)]}],
    },
    {
      type: 'table',
      children: [
        rowOf(['Requirement', ...columns.map(capital)].map((title) => [plain(title)])),
        ...document.rows.map((one) =>
          rowOf([requirement(one, document), ...columns.map((column) => cellsOf(one, column))]),
        ),
      ],
    },
  ])
  const last: RootContent = {type: 'paragraph', children: [plain(traceSummary(trace).replaceAll('\n', ' '))]}
  return toMarkdown({type: 'root', children: [...children, last]}, {extensions: [gfmToMarkdown()]})
}

function requirement({id, title, line}: TraceRow, {path}: TracedDocument): PhrasingContent[] {
  return [{type: 'link', url: `${encodeURI(path)}#L${line}`, children: [plain(id)]}, plain(` ${title}`)]
}

function cellsOf(one: TraceRow, column: string): PhrasingContent[] {
  const cells = one.named.get(column) ?? []
  if (cells.length === 0)
    return one.gaps.includes(column) ? [{type: 'strong', children: [plain('none')]}] : [plain('–')]
  return cells.flatMap((cell, index): PhrasingContent[] => [
    ...(index > 0 ? [plain(', ')] : []),
    {
      type: 'link',
      url: `${encodeURI(cell.path)}#L${cell.line}`,
      children: [plain(column === testColumn || column === documentColumn ? cell.path : show(cell.text, 80))],
    },
  ])
}

function rowOf(cells: readonly PhrasingContent[][]): TableRow {
  return {type: 'tableRow', children: cells.map((children): TableCell => ({type: 'tableCell', children}))}
}

function plain(value: string): PhrasingContent {
  return {type: 'text', value: value.replaceAll(/\s+/gu, ' ')}
}
