/** Columns that words give to tables: ``- add `stopped` boolean, not null`` below `**Modified table lift**`, ``Table `lift` gains `stopped` boolean``. */
import {expression} from '../../document/expressions.ts'
import type {Section, SpecDocument, Table} from '../../document/types.ts'
import {clausesIn} from './clauses.ts'
import type {Said} from './held.ts'
import {linesOf} from './lines.ts'
import type {DocumentedTable} from './model.ts'
import type {Owners} from './owners.ts'
import {type Stretch, group, joined, nameOf, part, spanOf, stretchOf} from './stretch.ts'
import {toldColumn, toldTable} from './told-table.ts'
import {isKnownType, typeOf} from './types.ts'

const word = String.raw`[\x60"]{1,2}([\p{L}_][\p{L}\p{N}_.$]{0,80})[\x60"]{1,2}`
const bold = String.raw`[*_]{0,3}`
const adds = String.raw`(?:also\s+)?(?:adds?|adding|added|gets?|gains?|receives?|new|\+|\x60ADD(?:\s+COLUMN)?\x60|ADD\s+COLUMN)`
const columns = String.raw`(?:\s+(?:an?|the|one|two|three|four|new|nullable|optional|required|columns?|fields?|attributes?)){0,5}\s*[:–—-]?\s*`
/** "Add the column `stopped`": of the table above. */
const alone = expression('diu')`^${bold}${adds}${bold}${columns}(?=[*]{0,2}[\x60"])`
/** "Modified table `lift`: adds `stopped`", "`lift` gains `stopped`", "**Lift** gets a new column `stopped`". */
const withTable = expression(
  'diu',
)`^${bold}(?:(?:the|modified|existing|changed|altered|extended)\s+){0,2}(?:(?:table|entity|model)\s+)?(?:${word}|\*\*([\p{L}_][\p{L}\p{N}_]{0,80})\*\*)(?:\s+table)?${bold}(?:\s*\([^()\n]{1,80}\))?\s*[:–—-]?\s*${bold}${adds}${bold}${columns}(?=[*]{0,2}[\x60"])`
/** "Add `lift.stopped`: boolean" */
const withPath = expression(
  'diu',
)`^${bold}${adds}${bold}${columns}[*]{0,2}\x60([\p{L}_]\w{0,62})\.([\p{L}_]\w{0,62})\x60[*]{0,2}\s*[:(–—-]?\s*(?=\x60?[A-Za-z])`
/** "Add `stopped` boolean to `lift`" */
const toTable = expression('diu')`\s+(?:to|on|in)\s+(?:the\s+)?(?:(?:existing\s+)?table\s+)?${word}(?:\s+table)?[.;]?$`
const column = expression(
  'dgu',
)`[*]{0,2}[\x60"]{1,2}([\p{L}_][\p{L}\p{N}_$]{0,80})[\x60"]{0,2}[*]{0,2}\s*[:(,–—-]?\s*(?=\x60?[A-Za-z])`

/** Tables of what is added, which are there; where no table is sure to be meant, nothing. */
export function additionsToldIn(document: SpecDocument, owners: Owners): readonly DocumentedTable[] {
  const lines = linesOf(document).flatMap(({stretch, section, item}) => {
    const at = (): number =>
      section.lists.find((list) => list.start <= item.start && item.end <= list.end)?.start ?? item.start
    return additionsIn(stretch, () => owners.sureAt(section, at()), section)
  })
  const paragraphs = document.sections.flatMap((section) =>
    section.blocks
      .filter(({kind, start, end}) => kind === 'paragraph' && end - start < 400)
      .flatMap((block) => additionsIn(stretchOf(document, block), () => undefined, section)),
  )
  const rows = document.sections.flatMap((section) =>
    section.tables.flatMap((table) =>
      rowsOfChanges(table, document).flatMap((row) => additionsIn(row, () => undefined, section)),
    ),
  )
  return [...lines, ...paragraphs, ...rows]
}

/** `| Model | Change |`, each row as a line that begins with the table. */
function rowsOfChanges({header, rows}: Table, document: SpecDocument): readonly Stretch[] {
  const at = (form: RegExp): number => header.findIndex(({text}) => form.test(text.trim()))
  const [model, change] = [
    at(/^(?:tables?|models?|entit(?:y|ies))(?: name)?$/i),
    at(/^(?:changes?|what changes|modifications?)$/i),
  ]
  if (model < 0 || change < 0) return []
  return rows.flatMap(({cells}) => {
    const [name, said] = [cells[model], cells[change]]
    return name && said ? [joined(stretchOf(document, name), ': ', stretchOf(document, said))] : []
  })
}

function additionsIn(
  stretch: Stretch,
  owner: () => DocumentedTable['name'] | undefined,
  section: Section,
): readonly DocumentedTable[] {
  const path = withPath.exec(stretch.text)
  if (path) return ofPath(stretch, path, section)
  const named = withTable.exec(stretch.text)
  const head = named ?? alone.exec(stretch.text)
  if (!head) return []
  const all = part(stretch, head[0].length)
  // "It loses `memo`" adds nothing.
  const behind = part(all, 0, loses.exec(all.text)?.index)
  const end = named ? null : toTable.exec(behind.text)
  const said = named ? (group(stretch, named, 1) ?? group(stretch, named, 2)) : end ? group(behind, end, 1) : undefined
  const table = said ? nameOf(said) : owner()
  const read = table ? columnsIn(end ? part(behind, 0, end.index) : behind) : []
  if (!table || read.length === 0) return []
  return [toldTable(spanOf(stretch), table, read, section)]
}

function ofPath(stretch: Stretch, match: RegExpExecArray, section: Section): readonly DocumentedTable[] {
  const [table, written] = [group(stretch, match, 1), group(stretch, match, 2)]
  const type = typeAt(stretch, match[0].length)
  if (!table || !written || !isKnownType(type)) return []
  const name = nameOf(written)
  const rest = part(stretch, match[0].length)
  const span = {start: name.start, end: spanOf(stretch).end}
  return [
    toldTable(spanOf(stretch), nameOf(table), [toldColumn(span, name, type, clausesIn(rest, name, false))], section),
  ]
}

const loses = /(?:[.;,]\s+|\band\s+)(?:it\s+|and\s+)?(?:loses|drops|removes|gives up|no longer has|is freed of)\b/i

/** Names between quotes with a known type behind them, each with its words up to the next. */
function columnsIn(whole: Stretch): readonly Said[] {
  const all = [...whole.text.matchAll(column)]
  const found = all.filter(
    (match) =>
      isKnownType(typeAt(whole, match.index + match[0].length)) &&
      // A type is no name: "`code` – new, `VARCHAR(12)`".
      !isKnownType(typeOf(group(whole, match, 1) ?? whole)),
  )
  // What the first word is a name of has to be a column.
  if (found[0]?.index !== 0) return []
  // One of a type that nothing is known of ends what is said of another all the same.
  const ends = all.map(({index}) => index).filter((index) => begins.test(whole.text.slice(0, index)))
  return found.flatMap((match, index) => {
    const written = group(whole, match, 1)
    if (!written) return []
    const from = match.index + match[0].length
    const end = Math.min(
      found[index + 1]?.index ?? whole.text.length,
      ends.find((one) => one >= from) ?? whole.text.length,
    )
    const rest = part(whole, from, end)
    const name = nameOf(written)
    const type = typeAt(whole, from)
    const clauses = clausesIn(rest, name, false)
    const span = {start: spanOf(written).start, end: spanOf(rest).end}
    const isGiven = /\bnull(?:s)? (?:is |are )?(?:allowed|permitted)\b/i.test(rest.text)
    return [toldColumn(span, name, type, isGiven ? {...clauses, nullable: true} : clauses)]
  })
}

/** What stands in front of another column. */
const begins = /(?:[,;]|\b(?:and|adds?)\b|\+)\s*[*_]*$/i

const typed =
  /^\s*`?([A-Za-z][\w]*(?:\s+(?:precision|varying|unsigned|with(?:out)? time zone))?(?:\s*\([^()]*\))?(?:\[\])?)/du

/** The type that the words begin with. */
function typeAt(whole: Stretch, from: number): ReturnType<typeof typeOf> {
  const rest = part(whole, from)
  const match = typed.exec(rest.text)
  const written = match ? group(rest, match, 1) : undefined
  return written ? typeOf(written) : undefined
}
