import {blockAbove} from '../document/places.ts'
import {countBefore} from '../document/search.ts'
import type {CodeBlock, Section} from '../document/types.ts'

const present =
  /\b(?:today|currently|at present|so far|until now|as (?:it|they) (?:is|are|stands?)(?: now)?)\b[^.]*:\s*$/i

/** "The table is today:" */
export function isPresent(code: CodeBlock, section: Section): boolean {
  const at = countBefore(section.blocks, ({start}) => start < code.start)
  const above = section.blocks[at]?.start === code.start ? blockAbove(section, at) : undefined
  return above?.kind === 'paragraph' && present.test(above.text)
}
