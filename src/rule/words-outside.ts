import type {Section, SpecDocument} from '../document/types.ts'
import {wordsIn} from './halves.ts'

/** What the document says outside of some sections: the rules of the data may stand in one of their own. */
export function wordsOutside(document: SpecDocument, sections: readonly Section[]): string {
  let from = 0
  let words = ''
  for (const {start, end} of sections.toSorted((a, b) => a.start - b.start)) {
    if (start > from) words += `${wordsIn(document, {start: from, end: start})}\n`
    from = Math.max(from, end)
  }
  return words + wordsIn(document, {start: from, end: Math.max(from, document.text.length)})
}
