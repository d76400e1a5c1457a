/** Tables that sentences say to be there, with their columns: `` `public.staff` (`id` BIGINT, `email` TEXT) exists already ``. */
import {expression} from '../../document/expressions.ts'
import type {Section, SpecDocument} from '../../document/types.ts'
import {columnRow} from './column-rows.ts'
import {heldBy} from './held.ts'
import {linesOf} from './lines.ts'
import type {DocumentedTable} from './model.ts'
import {type Stretch, closing, group, nameOf, part, sentencesOf, spanOf, stretchOf, unquoted} from './stretch.ts'

const named = expression('dgu')`\x60([\p{L}_][\p{L}\p{N}_$]*(?:\.[\p{L}_][\p{L}\p{N}_$]*)?)\x60\s*(?=\()`
const isThere =
  /\b(?:exists?|existing|already there|already has|(?:is|are) there|unchanged|not changed|stays? as (?:it|they)|(?:is|are) kept)\b/i
const isOther = /\b(?:new|created?|creates|adds?|added|gets?|gains?|removed?|dropped|drops)\b/i
const longest = 1000

/** Of a sentence that also tells of what is made, nothing. */
export function existingTables(document: SpecDocument): readonly DocumentedTable[] {
  const paragraphs = [document.root, ...document.sections].flatMap((section) =>
    section.blocks
      .filter(({kind, start, end}) => kind === 'paragraph' && end - start < longest)
      .map((block) => ({stretch: unquoted(stretchOf(document, block)), section})),
  )
  return [...linesOf(document), ...paragraphs].flatMap(({stretch, section}) =>
    // A table is a name in back quotes before its columns in brackets.
    stretch.text.includes('`') && stretch.text.includes('(') && isThere.test(stretch.text)
      ? sentencesOf(stretch, /[.;!?]\s+/gu).flatMap((one) => tablesIn(one, section))
      : [],
  )
}

function tablesIn(sentence: Stretch, section: Section): readonly DocumentedTable[] {
  const found = [...sentence.text.matchAll(named)].flatMap((match) => {
    const name = group(sentence, match, 1)
    const opening = match.index + match[0].length
    const end = closing(sentence.text, opening)
    const read = name && end > 0 ? columnRow(part(sentence, opening + 1, end - 1)) : undefined
    return name && read ? [{name, read, from: match.index, end}] : []
  })
  const words = found.reduceRight((text, {from, end}) => text.slice(0, from) + text.slice(end), sentence.text)
  if (!isThere.test(words) || isOther.test(words)) return []
  return found.map(({name, read, end}) => ({
    kind: 'documentedTable',
    start: spanOf(name).start,
    end: sentence.at(end - 1) + 1,
    name: nameOf(name),
    ...heldBy(read),
    section,
    source: 'attributeList',
    state: 'existing',
    certain: false,
    part: 'all',
    asks: new Set(),
    changes: [],
  }))
}
