import {countBefore} from '../document/search.ts'
import type {CodeBlock, Section} from '../document/types.ts'

const present =
  /\b(?:today|currently|at present|so far|until now|as (?:it|they) (?:is|are|stands?)(?: now)?)\b[^.]*:\s*$/i

/** "The table is today:" */
export function isPresent(code: CodeBlock, {blocks}: Section): boolean {
  const at = countBefore(blocks, ({start}) => start < code.start)
  const isHere = blocks[at]?.start === code.start
  // A comment to the linter may stand between.
  const above = isHere ? blocks.slice(Math.max(0, at - 3), at).findLast(({kind}) => kind !== 'html') : undefined
  return above?.kind === 'paragraph' && present.test(above.text)
}
