import type {Point, Source, Span} from './types.ts'
import {countBefore} from './search.ts'

/** Where the lines of a text start and end; `\n`, `\r\n` and `\r` end one. */
export function linesIn(text: string): {readonly starts: readonly number[]; readonly ends: readonly number[]} {
  const starts = [0]
  const ends: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code !== 0x0a && code !== 0x0d) continue
    ends.push(at)
    if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) at += 1
    starts.push(at + 1)
  }
  ends.push(text.length)
  return {starts, ends}
}

/** Line table of a text. */
export function createSource(text: string): Source {
  const bom = text.startsWith('\uFEFF') ? 1 : 0
  const {starts, ends} = linesIn(text)
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
    eol: starts.length > 1 ? (text.slice(ends[0], starts[1]) as Source['eol']) : '\n',
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
