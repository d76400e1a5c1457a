/** Models with all their fields on one line: ``**Booking**: id (uuid, PK), club_id (FK → Club)``, `` `Booking` (`id` UUID, `state` TEXT) ``. */
import {expression} from '../../document/expressions.ts'
import type {ListItem, Section, SpecDocument} from '../../document/types.ts'
import {columnRow} from './column-rows.ts'
import {heldBy} from './held.ts'
import {linesOf} from './lines.ts'
import type {DocumentedTable} from './model.ts'
import {stateOf} from './states.ts'
import {type Stretch, closing, group, nameOf, part, stretchOf, trim, unquoted} from './stretch.ts'

const isAbout = /\b(?:models?|tables?|entit(?:y|ies)|collections?|schema)\b/i
const isOld = /\b(?:modif\w+|exist\w+|chang\w+|extend\w*|alter\w*|updat\w+|remov\w+|drop\w*)\b/i

/** "fields", "has the columns:" */
const held = String.raw`(?:(?:has|with|holds)\s+)?(?:(?:the\s+)?(?:fields|columns|attributes)[*_]{0,3}\s*:?\s+)?`
const word = String.raw`[\p{L}_][\p{L}\p{N}_.$]{0,80}`
const marks = String.raw`[\x60*_]{0,4}`
/** "New model **Booking** (table `bookings`) with the fields ". */
const head = expression(
  'diu',
)`^[*_]{0,3}(?:(?:new\s+)?(?:table|model|entity)\s+)?${marks}(${word})${marks}(?:\s+(?:table|model|entity))?(?:\s+\((?:new|(?:new\s+)?(?:table|model|entity)(?:\s+\x60(${word})\x60)?)\))?[*_]{0,3}\s*(?:[:–—-]\s*[*_]{0,3}\s*${held}|(?=\()|${held}(?<=\p{L}\s)(?=\x60))`
const longest = 2000

/** Items of lists and paragraphs below what speaks of models, tables or the schema. */
export function modelLines(document: SpecDocument): readonly DocumentedTable[] {
  const lines = linesOf(document).flatMap(({item, topic, section}) =>
    isAbout.test(topic) && !isOld.test(topic) && item.checked === undefined ? modelIn(item, section, document) : [],
  )
  const paragraphs = document.sections
    .filter(({heading}) => isAbout.test(heading?.title.text ?? '') && !isOld.test(heading?.title.text ?? ''))
    .flatMap((section) =>
      section.blocks
        .filter(({kind}) => kind === 'paragraph')
        .flatMap(({start, end}) => modelIn({start, end, textSpan: {start, end}}, section, document)),
    )
  return [...lines, ...paragraphs]
}

function modelIn(
  {start, end, textSpan}: Pick<ListItem, 'start' | 'end' | 'textSpan'>,
  section: Section,
  document: SpecDocument,
): readonly DocumentedTable[] {
  if (textSpan.end - textSpan.start > longest) return []
  const whole = said(unquoted(stretchOf(document, textSpan)))
  const match = head.exec(whole.text)
  const name = match ? (group(whole, match, 2) ?? group(whole, match, 1)) : undefined
  const read = match && name ? columnRow(inside(part(whole, match[0].length))) : undefined
  // "Columns: `id` (UUID), …" is of what stands above.
  if (!name || !read || /^(?:columns|fields|attributes|properties)$/i.test(name.text)) return []
  return [
    {
      kind: 'documentedTable',
      start,
      end,
      name: nameOf(name),
      ...heldBy(read),
      section,
      source: 'attributeList',
      state: stateOf(section) ?? 'new',
      certain: true,
      part: 'all',
      asks: new Set(),
      changes: read.flatMap(({change}) => change ?? []),
    },
  ]
}

/** The first sentence, without a comment behind it. */
function said(whole: Stretch): Stretch {
  const comment = whole.text.indexOf('<!--')
  const own = trim(part(whole, 0, comment < 0 ? whole.text.length : comment))
  const end = /\.(?:\s+(?=[\p{Lu}\x60*])|$)/u.exec(own.text)
  return part(own, 0, end?.index ?? own.text.length)
}

/** What the brackets hold that are all of the text. */
function inside(whole: Stretch): Stretch {
  return whole.text.startsWith('(') && closing(whole.text, 0) === whole.text.length
    ? part(whole, 1, whole.text.length - 1)
    : whole
}
