import {expression} from './expressions.ts'
import {type Percentile, percentilesIn} from './percentiles.ts'
import {quantitiesIn} from './quantities.ts'
import type {Block, Cell, Section, Span, SpecDocument, Table, Text} from './types.ts'

/** A percentile's value where it stands in the source. */
export interface Measured extends Span {
  readonly rank: number
  readonly base: number
  readonly dimension: string
}

/** Words that may stand between two percentiles of one and the same measure. */
const filler =
  /^(?:and|or|with|at|the|a|an|of|is|are|be|to|for|target|targets|latency|latencies|response|time|times|duration|percentile|below|under|less|than|within|max|maximum|req|requests?|ms|s|\s)*$/u

/**
 * The percentiles of a document, those of one measure together: a sentence, the items of a list, a row or column of a table.
 * Differences (`P95: -80 ms`) are none.
 */
export function percentileRuns(document: SpecDocument): readonly (readonly Measured[])[] {
  return [document.root, ...document.sections]
    .flatMap((section: Section) => [
      ...(hint.test(document.source.slice(section.body)) ? section.blocks : []).flatMap((block) =>
        inBlock(block, document),
      ),
      ...section.tables.flatMap((table) => inTable(table)),
    ])
    .filter((run) => run.every(({base}) => base >= 0))
}

/** Most blocks name no percentile. */
const hint = /[Pp](?:\d\d|[Ee][Rr][Cc][Ee][Nn])|[Mm][Ee][Dd][Ii][Aa]/u

function inBlock(block: Block, document: SpecDocument): readonly (readonly Measured[])[] {
  if (!hint.test(document.source.slice(block))) return []
  if (block.kind === 'paragraph' || block.kind === 'quote') {
    const lines = linesOf(block, document)
    return [...lines.flatMap((line) => inText(line)), ...acrossLines(lines)]
  }
  if (block.kind !== 'list') return []
  const lines = block.items.map((item) => sourceOf(item.textSpan, document))
  return [
    ...lines.flatMap((line) => inText(line)),
    ...acrossLines(lines),
    ...block.items.flatMap((item) => item.blocks.flatMap((inner) => inBlock(inner, document))),
  ]
}

function sourceOf(span: Span, {source}: SpecDocument): Text {
  // Emphasis, code marks and brackets give way to spaces, so that offsets stay what they are.
  return {start: span.start, end: span.end, text: source.slice(span).replaceAll(/[*_`[\]~]/gu, ' ')}
}

function linesOf(span: Span, document: SpecDocument): readonly Text[] {
  const whole = sourceOf(span, document)
  return [...whole.text.matchAll(/[^\r\n]+/gu)].map((match) => ({
    start: whole.start + match.index,
    end: whole.start + match.index + match[0].length,
    text: match[0],
  }))
}

/** Within a text: as long as nothing but filler stands between, and no rank comes twice. */
function inText(line: Text): readonly (readonly Measured[])[] {
  const runs: Measured[][] = []
  for (const one of percentilesIn(line.text)) {
    const run = runs.at(-1)
    const goes = run && filler.test(one.between) && !run.some(({rank}) => rank === one.rank) && !breaks(line, run, one)
    if (goes) run.push(measured(one, line))
    else runs.push([measured(one, line)])
  }
  return runs.filter((run) => run.length > 1)
}

/** A semicolon or a full stop ends a measure. */
function breaks(line: Text, run: readonly Measured[], one: Percentile): boolean {
  const last = run.at(-1)
  return (
    last !== undefined &&
    /[;]|\.\s/u.test(line.text.slice(last.end - line.start, Math.max(last.end - line.start, one.start)))
  )
}

function measured({rank, quantity}: Percentile, {start}: Text): Measured {
  return {
    rank,
    base: quantity.base,
    dimension: quantity.dimension,
    start: start + quantity.start,
    end: start + quantity.end,
  }
}

/** Lines that say the same but for the percentile and its value: `P50 latency: ≤ 50 ms`, `P95 latency: ≤ 90 ms`. */
function acrossLines(lines: readonly Text[]): readonly (readonly Measured[])[] {
  const groups = new Map<string, Measured[]>()
  for (const line of lines) {
    const all = percentilesIn(line.text)
    const [only] = all
    if (!only || all.length > 1) continue
    const subject = subjectOf(line.text, only)
    const group = groups.get(subject) ?? []
    group.push(measured(only, line))
    groups.set(subject, group)
  }
  return [...groups.values()].filter(
    (group) => new Set(group.map(({rank}) => rank)).size === group.length && group.length > 1,
  )
}

function subjectOf(text: string, {start, quantity}: Percentile): string {
  const before = text.slice(0, start)
  const after = text.slice(start, quantity.start).replace(/^\S+/u, '')
  return `${before} ${after}`
    .toLowerCase()
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()
}

function inTable(table: Table): readonly (readonly Measured[])[] {
  const rows = [table.header, ...table.rows.map(({cells}) => cells)]
  if (!rows.some((cells) => cells.some(({text}) => hint.test(text)))) return []
  return [
    ...byColumns(table),
    ...byRows(table),
    ...table.rows.flatMap(({cells}) => cells.flatMap((cell) => inCell(cell))),
  ]
}

function inCell(cell: Cell): readonly (readonly Measured[])[] {
  return cell.text.length === cell.end - cell.start ? inText(cell) : []
}

/** `| Query | P50 | P95 |`: across each row, for headers that differ in the percentile alone. */
function byColumns({header, rows}: Table): readonly (readonly Measured[])[] {
  const columns = header.flatMap((cell, index) => {
    const rank = rankOf(cell.text)
    return rank === undefined ? [] : [{index, rank, subject: bare(cell.text), unit: unitOf(cell.text)}]
  })
  const subjects = new Set(columns.map(({subject}) => subject))
  return rows.flatMap(({cells}) =>
    [...subjects].map((subject) =>
      columns
        .filter((column) => column.subject === subject)
        .flatMap(({index, rank, unit}) => {
          const cell = cells[index]
          return cell ? valueOf(cell, rank, unit) : []
        }),
    ),
  )
}

/** `| P50 latency | 40 ms |`: down each column, for rows that differ in the percentile alone. */
function byRows({header, rows}: Table): readonly (readonly Measured[])[] {
  const named = rows.flatMap(({cells}) => {
    const at = cells.findIndex(
      ({text}, index) => index < 2 && rankOf(text) !== undefined && quantitiesIn(text).length <= 1,
    )
    const rank = rankOf(cells[at]?.text ?? '')
    return rank === undefined
      ? []
      : [
          {
            cells,
            at,
            rank,
            subject: cells
              .slice(0, at + 1)
              .map(({text}) => bare(text))
              .join(' '),
          },
        ]
  })
  const subjects = new Set(named.map(({subject}) => subject))
  return [...subjects].flatMap((subject) => {
    const group = named.filter((row) => row.subject === subject)
    if (new Set(group.map(({rank}) => rank)).size !== group.length) return []
    return header.map((_, column) =>
      group.flatMap(({cells, at, rank}) => {
        const cell = cells[column]
        return cell && column > at ? valueOf(cell, rank, '') : []
      }),
    )
  })
}

const asPercentile = expression('u')`(?<![\p{L}\p{N}])[Pp](\d{2}(?:\.\d+)?)(?![\p{L}\p{N}])`

function rankOf(text: string): number | undefined {
  const match = asPercentile.exec(text)
  return match?.[1] === undefined ? undefined : Number(match[1])
}

function bare(text: string): string {
  return text
    .replaceAll(/\([^()]*\)|\[[^[\]]*\]/gu, '')
    .replace(/(?<![\p{L}\p{N}])[Pp]\d{2}(?:\.\d+)?/u, '')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()
    .toLowerCase()
}

/** `P95 (ms)` */
function unitOf(header: string): string {
  return /\(([^()]{1,12})\)|\[([^[\]]{1,12})\]/u.exec(header)?.[1] ?? ''
}

function valueOf(cell: Cell, rank: number, unit: string): readonly Measured[] {
  const own = quantitiesIn(cell.text)
  const [first] = own
  if (!first || own.length > 1) return []
  const [read = first] = first.dimension === 'none' && unit !== '' ? quantitiesIn(`${first.value} ${unit}`) : [first]
  return [{rank, base: read.base, dimension: read.dimension, start: cell.start, end: cell.end}]
}
