/** Columns that a sentence gives to a table that is there: ``Modified model `courses`: new field `pass_mark` SMALLINT NOT NULL``. */
import {expression} from '../../document/expressions.ts'
import type {Section, SpecDocument} from '../../document/types.ts'
import {firstType} from './attribute-marks.ts'
import {clausesIn} from './clauses.ts'
import {linesOf} from './lines.ts'
import type {DocumentedTable} from './model.ts'
import {type Stretch, bare, group, nameOf, part, spanOf, stretchOf} from './stretch.ts'
import {toldColumn, toldTable} from './told-table.ts'
import {isKnownType, typeOf} from './types.ts'

const word = String.raw`\x60([\p{L}_][\p{L}\p{N}_$]*)\x60`
const begins = /^[*_]{0,3}(?:modified|existing|changed|updated|altered|extended)\s/i
/** The whole of a line, so that nothing else is said of the column. */
const gains = expression(
  'diu',
)`^[*_]{0,3}(?:modified|existing|changed|updated|altered|extended)\s+(?:model|table|entity)[*_:]{0,4}\s+${word}[*_]{0,3}(?:\s+(?:gets|gains|adds))?\s*[:–—-]?\s*(?:(?:gets|gains|adds?|an?|the)\s+)*(?:new\s+)?(?:field|column|attribute)\s+${word}\s*[:(]?\s*([^\n]{2,160}?)\)?[.;]?$`

/** Tables of one column each, which is added. */
export function toldFields(document: SpecDocument): readonly DocumentedTable[] {
  const lines = linesOf(document).map(({stretch, section}) => ({stretch, section}))
  const paragraphs = document.sections.flatMap((section) =>
    section.blocks
      .filter(({kind, start, end}) => kind === 'paragraph' && end - start < 400)
      .map((block) => ({stretch: stretchOf(document, block), section})),
  )
  return [...lines, ...paragraphs].flatMap(({stretch, section}) => fieldIn(stretch, section))
}

function fieldIn(whole: Stretch, section: Section): readonly DocumentedTable[] {
  if (!begins.test(whole.text)) return []
  const comment = /\s*<!--/u.exec(whole.text)
  const stretch = part(whole, 0, comment?.index)
  const match = gains.exec(stretch.text)
  const [table, column, rest] = match ? [1, 2, 3].map((at) => group(stretch, match, at)) : []
  if (!table || !column || !rest) return []
  const name = nameOf(column)
  const type = typeOf(firstType(bare(rest)))
  if (!isKnownType(type)) return []
  const clauses = clausesIn(bare(rest), name, false)
  const {start, end} = spanOf(stretch)
  return [toldTable({start, end}, nameOf(table), [toldColumn({start: name.start, end}, name, type, clauses)], section)]
}
