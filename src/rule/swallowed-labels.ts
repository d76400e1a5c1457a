/** Lines with a bold label that Markdown takes for the rest of the list item above them, since no empty line parts the two. */
import {kept} from '../document/remembered.ts'
import type {ListItem, SpecDocument, Text} from '../document/types.ts'

/** The labels, with their marks; each document is looked through once. */
export function swallowedLabels(document: SpecDocument): readonly Text[] {
  return known(document, () =>
    [document.root, ...document.sections].flatMap(({lists}) =>
      lists.flatMap(({items}) => items.flatMap((item) => swallowedBy(item, document))),
    ),
  )
}

const known = kept<readonly Text[]>()

/** `**FR-2: Seal boxes** (Must)`, `**Rationale:** …`, and bold words that are alone on their line. */
const label = /\n(?<before>[ \t]{0,3})(?<words>\*\*(?!\s)[^*\n]{1,80}\*\*:?)(?=(?<rest>[^\n]*))/dgu
const isLabel = /^\*\*(?:[^*]*[:：]\*\*$|[^*]*\*\*[:：]$|[A-Z]{1,6}-?\d[\w.]*\b)/u

function swallowedBy({start, textSpan}: ListItem, {text, source}: SpecDocument): readonly Text[] {
  const body = text.slice(textSpan.start, textSpan.end)
  if (!body.includes('\n')) return []
  // What stands as far to the right as the words of the item is meant to be a part of it.
  const indent = textSpan.start - source.lineSpan(source.lineOf(start)).start
  return [...body.matchAll(label)].flatMap((match): readonly Text[] => {
    const {before = '', words = '', rest = ''} = match.groups ?? {}
    if (before.length >= indent || !(isLabel.test(words) || rest.trim() === '')) return []
    const from = textSpan.start + match.index + 1 + before.length
    return [{start: from, end: from + words.length, text: words}]
  })
}
