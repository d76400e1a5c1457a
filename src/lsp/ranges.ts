import type {Range} from 'vscode-languageserver'
import type {Source, Span} from '../document/types.ts'

/** A range of the text as the protocol counts: lines and UTF-16 units from 0. */
export function rangeOf({start, end}: Span, source: Source): Range {
  return {start: positionOf(start, source), end: positionOf(end, source)}
}

function positionOf(offset: number, source: Source): Range['start'] {
  const {line, column} = source.pointOf(offset)
  return {line: line - 1, character: column - 1}
}
