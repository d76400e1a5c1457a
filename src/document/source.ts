import type {Point, Source, Span} from './types.ts'
import {countBefore} from './search.ts'

/** Line table of a text; `\n`, `\r\n` and `\r` end a line. */
export function createSource(text: string): Source {
  const bom = text.startsWith('\uFEFF') ? 1 : 0
  const starts = [0]
  const ends: number[] = []
  let eol: Source['eol'] | undefined
  for (const match of text.matchAll(/\r\n|\n|\r/gu)) {
    eol ??= match[0] as Source['eol']
    ends.push(match.index)
    starts.push(match.index + match[0].length)
  }
  ends.push(text.length)
  const lineIndex = (offset: number): number => countBefore(starts, (start) => start <= offset) - 1
  const pointOf = (offset: number): Point => {
    const clamped = Math.max(0, Math.min(offset, text.length))
    const line = lineIndex(clamped)
    const start = Math.max(starts[line] ?? 0, line === 0 ? bom : 0)
    return {line: line + 1, column: Math.max(0, clamped - start) + 1, offset: clamped}
  }
  return {
    text,
    bom,
    eol: eol ?? '\n',
    lineCount: starts.length,
    lineOf: (offset) => lineIndex(Math.max(0, Math.min(offset, text.length))) + 1,
    pointOf,
    lineSpan: (line) => ({
      start: Math.max(starts[line - 1] ?? text.length, line === 1 ? bom : 0),
      end: ends[line - 1] ?? text.length,
    }),
    slice: ({start, end}: Span) => text.slice(start, end),
  }
}
