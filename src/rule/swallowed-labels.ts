/** Lines with a bold label that Markdown takes for the rest of the list item above them, since no empty line parts the two. */
import {kept} from '../document/remembered.ts'
import type {Block, Section, SpecDocument, Text} from '../document/types.ts'

/** The labels, with their marks; each document is looked through once. */
export function swallowedLabels(document: SpecDocument): readonly Text[] {
  return known(document, () => [document.root, ...document.sections].flatMap((section) => labelsIn(section, document)))
}

const known = kept<readonly Text[]>()

/** The document has the paragraph for itself, as it is meant; in its text nothing but the end of a line stands before it. */
function labelsIn({blocks}: Section, {text}: SpecDocument): readonly Text[] {
  return blocks.flatMap((block, index): readonly Text[] => {
    const above = blocks[index - 1]
    if (block.kind !== 'paragraph' || above?.kind !== 'list' || !endsInWords(above)) return []
    const between = text.slice(above.end, block.start)
    const words = /^\*\*[^*\n]{1,90}\*\*[:：]?/u.exec(text.slice(block.start, block.end))?.[0]
    return words && between.split('\n').length === 2
      ? [{start: block.start, end: block.start + words.length, text: words}]
      : []
  })
}

/** Only a paragraph goes on in the next line. */
function endsInWords(block: Block | undefined): boolean {
  if (block?.kind !== 'list') return block === undefined || block.kind === 'paragraph'
  return endsInWords(block.items.at(-1)?.blocks.at(-1))
}
