import type {SpecDocument} from '../document/types.ts'
import type {Match, Matching} from './match.ts'
import type {Gap} from './types.ts'

/** Where a section goes: between its neighbours in the type that the document has. */
export function gapOf(match: Match, matching: Matching, document: SpecDocument): Gap {
  const level = match.parent?.children ?? matching.tops
  const index = level.indexOf(match)
  const after = level
    .slice(0, index)
    .findLast(({matches}) => matches.length > 0)
    ?.matches.at(-1)
  const before = level
    .slice(index + 1)
    .find(({matches}) => matches.length > 0 && (!after || (matches[0]?.start ?? 0) > after.start))?.matches[0]
  const parent = match.parent?.matches[0]
  const at =
    after?.heading?.title ??
    parent?.heading?.title ??
    (match.parent ? undefined : document.title?.title) ??
    before?.heading?.title ??
    document.source.lineSpan(1)
  const offset = before?.start ?? after?.end ?? parent?.end ?? document.text.length
  return {after, before, at: {start: at.start, end: at.end}, offset}
}
