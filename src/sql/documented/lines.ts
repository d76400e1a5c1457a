import {kept} from '../../document/remembered.ts'
import {expression} from '../../document/expressions.ts'
import {blockAbove} from '../../document/places.ts'
import type {Field, List, ListItem, Section, SpecDocument} from '../../document/types.ts'
import {type Stretch, group, part, stretchOf, unquoted, withoutComment} from './stretch.ts'

/** One item of a list, with the words above it that say what the list is of. */
export interface Line {
  readonly stretch: Stretch
  readonly item: ListItem
  /** What an item that holds the list says it is of (`**New models**`), else the bold label above the list, else the heading. */
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
    const topics = topicsOfNested(section, document)
    return section.lists.flatMap((list) => {
      while (next < labels.length && (labels[next]?.start ?? 0) < list.start) label = labels[next++]
      const above =
        label?.blocks.some((block) => block.start <= list.start && list.end <= block.end) === true
          ? label.label.text
          : ''
      const topic =
        topics.get(list) || above || boldAbove(list, section, document) || (section.heading?.title.text ?? '')
      return list.items.map((item) => ({
        stretch: unquoted(withoutComment(part(stretchOf(document, item.textSpan), 0, 600))),
        item,
        topic,
        section,
      }))
    })
  })
}

const subject = String.raw`(?:data ?)?(?:models?|tables?|entit(?:y|ies)|index(?:es)?|indices|(?:foreign )?keys?|constraints?|checks?|enums?|relationships?|relations)`
/** "New models", "Models to modify", "Keys and indexes": not the name of one. */
const isTopic = expression(
  'iu',
)`^(?:[\p{L}-]{2,12}\s+){0,3}${subject}(?:\s*(?:,|&|/|and|or)\s*(?:[\p{L}-]{2,12}\s+)?${subject}){0,3}(?:\s+to\s+(?:be\s+)?\p{L}{2,12})?(?:\s+\([^()\x60]{1,60}\))?\s*[:：]?$`

/** The words of the items that hold nothing but a list of what they name. */
function topicsOfNested({lists}: Section, {text}: SpecDocument): ReadonlyMap<List, string> {
  const items = lists.flatMap((list) => list.items)
  return new Map(
    items.flatMap(({blocks, textSpan}) => {
      const words = textSpan.end - textSpan.start > 100 ? '' : text.slice(textSpan.start, textSpan.end)
      const topic = words.replaceAll(/^[*_]{1,3}|[*_]{1,3}(?=:?$)/gu, '')
      return isTopic.test(topic)
        ? blocks.filter((block): block is List => block.kind === 'list').map((list) => [list, topic] as const)
        : []
    }),
  )
}

/** `**Indexes to add**`, alone above a list, is a label without its colon, and `Indexes to add:` one that isn't bold. */
function boldAbove({start}: List, section: Section, document: SpecDocument): string {
  const above = blockAbove(section, start)
  if (above?.kind !== 'paragraph' || above.end - above.start > 100) return ''
  const text = document.text.slice(above.start, above.end).trim()
  const bold = /^\*\*([^*\n]+)\*\*[:：]?$/u.exec(text)?.[1]
  return (
    bold ?? (/[:：]$/u.test(text) && (isTopic.test(text) || ofValues.test(text)) ? text.slice(0, -1).trimEnd() : '')
  )
}

/** "Values that may occur:", "Allowed values:" */
export const ofValues = /^(?:the\s+)?(?:(?:allowed|valid|possible|permitted)\s+)?values\b[^.\x60]{0,60}$/i

/** What the leading bold label or words before a colon say, and the rest. */
export function labelled({stretch, item}: Line): {readonly label: string; readonly rest: Stretch} {
  if (!item.lead) return {label: '', rest: stretch}
  const match = /^\*\*[^*]+\*\*\s*[:：]?\s*([\s\S]*)$/du.exec(stretch.text)
  return {label: item.lead.text, rest: (match && group(stretch, match, 1)) ?? stretch}
}
