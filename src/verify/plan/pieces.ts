import type {Span} from '../../document/types.ts'
import type {StatementFact} from '../../sql/model.ts'
import {indexAt} from '../../sql/statement.ts'

/** SQL that runs, and where it stands in the document. */
export interface Piece {
  readonly sql: string
  readonly at: Span
  /** The word at an offset of the SQL, in code points. */
  wordAt(offset: number): Span
}

/** A statement of a fence. */
export function pieceOf(statement: StatementFact): Piece {
  const {text, code, start, end} = statement
  const first = indexAt(code, start)
  return {
    sql: text,
    at: {start, end},
    wordAt: (points) => {
      const offset = [...text].slice(0, points).join('').length
      const word = /^(?:[\p{L}_][\p{L}\p{N}_$]*|"[^"\n]*"|\S)/u.exec(text.slice(offset))?.[0] ?? ''
      if (word === '') return {start, end: start}
      const from = code.offsetAt(first + offset)
      return {start: from, end: code.offsetAt(first + offset + word.length - 1) + 1}
    },
  }
}

/** SQL that stands for something at a place that holds none. */
export function pieceAt(sql: string, at: Span): Piece {
  return {sql, at, wordAt: () => at}
}
