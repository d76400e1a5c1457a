import {kept} from '../../document/remembered.ts'
import {blockAbove} from '../../document/places.ts'
import type {Field, List, ListItem, Section, SpecDocument} from '../../document/types.ts'
import {type Stretch, group, part, stretchOf, unquoted} from './stretch.ts'

/** One item of a list, with the words above it that say what the list is of. */
export interface Line {
  readonly stretch: Stretch
  readonly item: ListItem
  /** Bold label above the list, the item's leading label for nested ones, then headings from inside out. */
  readonly topic: string
  readonly section: Section
}

/** All items of the lists of a document, in order. */
export function linesOf(document: SpecDocument): readonly Line[] {
  return known(document, () => readLines(document))
}

const known = kept<readonly Line[]>()

function readLines(document: SpecDocument): readonly Line[] {
  return [document.root, ...document.sections].flatMap((section) => {
    const labels = section.fields.filter(({style}) => style === 'bold')
    let next = 0
    let label: Field | undefined
    return section.lists.flatMap((list) => {
      while (next < labels.length && (labels[next]?.start ?? 0) < list.start) label = labels[next++]
      const above =
        label?.blocks.some((block) => block.start <= list.start && list.end <= block.end) === true
          ? label.label.text
          : ''
      const topic = above || boldAbove(list, section, document) || (section.heading?.title.text ?? '')
      return list.items.map((item) => ({
        stretch: unquoted(withoutComment(part(stretchOf(document, item.textSpan), 0, 600))),
        item,
        topic,
        section,
      }))
    })
  })
}

/** A comment behind an item, such as one to the linter, is no part of what it says. */
function withoutComment(whole: Stretch): Stretch {
  const at = whole.text.lastIndexOf('<!--')
  return at < 0 || !whole.text.trimEnd().endsWith('-->')
    ? whole
    : part(whole, 0, whole.text.slice(0, at).trimEnd().length)
}

/** `Indexes:` alone above a list is a label that isn't bold. */
const plain = /^(?:indexes|indices|foreign keys|keys|constraints|relationships)(?=\s*[:：]$)/i

/** `**Indexes to add**`, alone above a list, is a label without its colon. */
function boldAbove({start}: List, section: Section, document: SpecDocument): string {
  const above = blockAbove(section, start)
  if (above?.kind !== 'paragraph' || above.end - above.start > 100) return ''
  const text = document.text.slice(above.start, above.end).trim()
  return /^\*\*([^*\n]+)\*\*[:：]?$/u.exec(text)?.[1] ?? plain.exec(text)?.[0] ?? ''
}

/** What the leading bold label or words before a colon say, and the rest. */
export function labelled({stretch, item}: Line): {readonly label: string; readonly rest: Stretch} {
  if (!item.lead) return {label: '', rest: stretch}
  const match = /^\*\*[^*]+\*\*\s*[:：]?\s*([\s\S]*)$/du.exec(stretch.text)
  return {label: item.lead.text, rest: (match && group(stretch, match, 1)) ?? stretch}
}
