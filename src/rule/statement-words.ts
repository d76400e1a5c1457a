import {remembered} from '../document/remembered.ts'
import type {Span, SpecDocument} from '../document/types.ts'
import type {StatementFact} from '../sql/model.ts'

/** A statement with spaces for its comments and strings, so that offsets stay. */
export const plainWords = remembered((text) =>
  text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/gu, (one) => ' '.repeat(one.length)),
)

/** Where a word at an offset of a statement stands: a fence may be indented, and then the document is longer than the code. */
export function placeOfWord(
  word: string,
  offset: number,
  {start, end}: StatementFact,
  {text}: SpecDocument,
): Span | undefined {
  const at = text.indexOf(word, start + offset)
  return at < 0 || at + word.length > end ? undefined : {start: at, end: at + word.length}
}
