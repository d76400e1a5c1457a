/** Columns that a paragraph or plain code tells one behind the other: ``**`shifts`** … Its columns are `id` (uuid, primary key), …``. */
import {expression} from '../../document/expressions.ts'
import {sectionAt} from '../../document/places.ts'
import type {CodeBlock, Section, SpecDocument} from '../../document/types.ts'
import {clausesIn} from './clauses.ts'
import {firstType} from './attribute-marks.ts'
import {columnRow} from './column-rows.ts'
import {blocksOf, isPlain} from './entity-blocks.ts'
import {type Said, heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'
import type {Owners} from './owners.ts'
import {stateOf} from './states.ts'
import {type Stretch, codeStretch, group, nameOf, part, spanOf, stretchOf, trim} from './stretch.ts'
import {toldColumn} from './told-table.ts'
import {isKnownType, typeOf} from './types.ts'

const longest = 3000

export function tablesInWords(document: SpecDocument, owners: Owners): readonly DocumentedTable[] {
  const paragraphs = [document.root, ...document.sections].flatMap((section) =>
    section.blocks
      .filter(({kind, start, end}) => kind === 'paragraph' && end - start < longest)
      .flatMap((block) => {
        const whole = stretchOf(document, block)
        // Names of columns stand in back quotes.
        return whole.text.includes('`') ? [...inParagraph(whole, section), ...ofOwner(whole, section, owners)] : []
      }),
  )
  return [...paragraphs, ...plainTables(document, owners)]
}

/** The table that a paragraph begins with, and where the list of its columns begins. */
const begins = expression(
  'diu',
)`^(?:(?:the|a|new|table|entity|model)\s+){0,3}[*_]{0,3}\x60([\p{L}_][\p{L}\p{N}_.$]{0,80})\x60[*_]{0,3}(?:\s+table)?[^\x60]{1,300}?\b(?:columns?|fields?|attributes?)\b(?:\s+(?:are|is|of|it has))?\s*:?\s*(?=\x60)`
const isOther = /\b(?:gets?|gains?|loses?|drops?|adds?|added|removed?|changed?|existing|exists)\b/i

function inParagraph(whole: Stretch, section: Section): readonly DocumentedTable[] {
  const head = begins.exec(whole.text)
  const name = head ? group(whole, head, 1) : undefined
  if (!head || !name || isOther.test(head[0])) return []
  const behind = part(whole, head[0].length)
  const end = /\.(?:\s|$)/u.exec(behind.text)?.index ?? behind.text.length
  const read = columnRow(part(behind, 0, end))
  return read ? [tableOf(name, read, section)] : []
}

const ofAbove = /^[*_]{0,3}(?:(?:its|the)\s+)?(?:columns|fields|attributes)(?:\s+are)?[*_]{0,3}\s*:[*_]{0,3}\s*(?=`)/iu

/** "Columns: `id` (UUID, primary key), `code` (VARCHAR(12))." below what names the table. */
function ofOwner(whole: Stretch, section: Section, owners: Owners): readonly DocumentedTable[] {
  const head = ofAbove.exec(whole.text)
  const name = head ? owners.sureAt(section, whole.at(0)) : undefined
  if (!head || !name) return []
  const behind = part(whole, head[0].length)
  const read = columnRow(part(behind, 0, /\.(?:\s|$)/u.exec(behind.text)?.index ?? behind.text.length))
  return read ? [{...tableOf(whole, read, section), name}] : []
}

const plainColumn = expression('du')`^\s*([\p{L}_][\p{L}\p{N}_]{0,62})(?:\s{2,}|\t)\s*(\S.*)$`
const mostLines = 300

/** Code of no language, a column a line: `note   varchar(400)   NULL`. The table is that of the label or the heading above. */
function plainTables(document: SpecDocument, owners: Owners): readonly DocumentedTable[] {
  const blocks = new Set(blocksOf(document).map(({table: {start}}) => start))
  return document.codes.filter(isPlain).flatMap((code): readonly DocumentedTable[] => {
    const read = columnsIn(code)
    if (!read || [...blocks].some((start) => code.start <= start && start < code.end)) return []
    const section = sectionAt(document, code.start)
    const name = owners.sureAt(section, code.start)
    return name ? [{...tableOf(codeStretch(code), read, section), name}] : []
  })
}

function columnsIn(code: CodeBlock): readonly Said[] | undefined {
  const whole = codeStretch(code)
  const found: Said[] = []
  let from = 0
  for (const text of code.value.split('\n').slice(0, mostLines)) {
    const line = trim(part(whole, from, from + text.length))
    from += text.length + 1
    if (line.text === '') continue
    const match = plainColumn.exec(line.text)
    const written = match ? group(line, match, 1) : undefined
    const rest = match ? group(line, match, 2) : undefined
    if (!written || !rest) return undefined
    const name = nameOf(written)
    const typed = part(rest, 0, /\s{2,}|\t|,|$/u.exec(rest.text)?.index)
    const clauses = clausesIn(rest, name, false)
    found.push(toldColumn(spanOf(line), name, typeOf(firstType(typed)), clauses))
  }
  const known = found.filter(({column}) => isKnownType(column.type)).length
  return known >= 2 && known * 2 >= found.length ? found : undefined
}

function tableOf(at: Stretch, read: readonly Said[], section: Section): DocumentedTable {
  return {
    kind: 'documentedTable',
    start: spanOf(at).start,
    end: read.at(-1)?.column.end ?? spanOf(at).end,
    name: nameOf(at),
    ...heldBy(read),
    section,
    source: 'attributeList',
    state: stateOf(section),
    certain: false,
    part: 'all',
    asks: new Set(),
    changes: [],
  }
}
