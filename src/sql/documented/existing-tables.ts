/** Tables that sentences say to be there, with their columns: `` `public.staff` (`id` BIGINT, `email` TEXT) exists already ``. */
import {expression} from '../../document/expressions.ts'
import type {Section, SpecDocument} from '../../document/types.ts'
import {columnRow} from './column-rows.ts'
import {clausesIn} from './clauses.ts'
import {heldBy, type Said} from './held.ts'
import {linesOf} from './lines.ts'
import type {DocumentedTable} from './model.ts'
import {toldColumn} from './told-table.ts'
import {isKnownType, typeOf} from './types.ts'
import {type Stretch, closing, group, nameOf, part, sentencesOf, spanOf, stretchOf, unquoted} from './stretch.ts'

const named = expression('dgu')`\x60([\p{L}_][\p{L}\p{N}_$]*(?:\.[\p{L}_][\p{L}\p{N}_$]*)?)\x60\s*(?=\()`
/** `` (about 2.4 million rows, primary key `id` BIGINT) `` */
const keyed = /^[^`()]{0,80}\bprimary key\s+`(\w{1,63})`\s+`?([A-Za-z][\w ]{1,30}(?:\(\d{1,5}\))?)`?\s*$/diu
const isThere =
  /\b(?:exists?|existing|already there|without altering|not altered|refers? to|touch(?:es)?|already has|(?:is|are) there|unchanged|not changed|stays? as (?:it|they)|(?:is|are) kept)\b/i
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
    const inside = end > 0 ? part(sentence, opening + 1, end - 1) : undefined
    const row = inside ? columnRow(inside) : undefined
    const read = row ?? (inside ? keyIn(inside) : undefined)
    return name && read ? [{name, read, isWhole: row !== undefined, from: match.index, end}] : []
  })
  const words = found.reduceRight((text, {from, end}) => text.slice(0, from) + text.slice(end), sentence.text)
  if (!isThere.test(words) || isOther.test(words)) return []
  return found.map(({name, read, isWhole, end}) => ({
    kind: 'documentedTable',
    start: spanOf(name).start,
    end: sentence.at(end - 1) + 1,
    name: nameOf(name),
    ...heldBy(read),
    section,
    source: 'attributeList',
    state: 'existing',
    certain: false,
    part: isWhole ? 'all' : 'modified',
    asks: new Set(),
    changes: [],
  }))
}

/** The primary key alone. */
function keyIn(inside: Stretch): readonly Said[] | undefined {
  const match = keyed.exec(inside.text)
  const [written, typed] = match ? [group(inside, match, 1), group(inside, match, 2)] : []
  const type = typed ? typeOf(typed) : undefined
  if (!written || !isKnownType(type)) return undefined
  const name = nameOf(written)
  return [toldColumn(spanOf(inside), name, type, clausesIn(part(inside, 0, 0), name, false))]
}
