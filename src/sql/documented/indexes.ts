import {expression} from '../../document/expressions.ts'
import type {Section, SpecDocument} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {blocksOf} from './entity-blocks.ts'
import {common, isPartial, severalKeys} from './entity-keys.ts'
import {columnsAt} from './index-columns.ts'
import {indexName, indexesInSentences} from './index-sentences.ts'
import {indexesInTables} from './index-tables.ts'
import {keysListed} from './key-lists.ts'
import {type Line, labelled, linesOf} from './lines.ts'
import type {DocumentedIndex} from './model.ts'
import type {Owners} from './owners.ts'
import {type Stretch, bare, closing, group, nameOf, namesIn, part, pieces, stretchOf, trim} from './stretch.ts'

const word = String.raw`(?:[\p{L}\p{N}_$.]|\{\{[^{}]*\}\}|\[[^[\]\s]+\])+`
const created = expression(
  'diu',
)`CREATE\s+(UNIQUE\s+)?INDEX\s+(?:CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?(?:["\x60]?(?!ON\s)(${word})["\x60]?\s+)?ON\s+["\x60]?(${word})["\x60]?\s*(?:USING\s+\w+\s*)?(?=\()`
const keyed = expression(
  'diu',
)`^[\x60*\s]*(?:(?:CONSTRAINT\s+)?[\x60"]?(${word})[\x60"]?\s+)?((?:COMPOSITE\s+)?PRIMARY\s+KEY|UNIQUE(?:\s+(?:INDEX|KEY|CONSTRAINT))?|INDEX|(?<!(?:PRIMARY|UNIQUE|FOREIGN)\s+)KEY(?=\s+\x60?${word}\x60?\s*\())\b[\x60*\s:]*(?:ON[\x60\s]+|EN[\x60\s]+)?(\(|${word})`
const named = expression(
  'diu',
)`^[\x60*\s]*((?:idx|ix|ux|uq|uk|pk|index|unique)_${word}|${word}_(?:idx|index|key|pkey|uq|ix))[\x60*]*`
/** Indexes and keys in lists, as statements or in words; and `**Composite Primary Key:** (a, b)`. */
export function indexesIn(document: SpecDocument, owners: Owners): readonly DocumentedIndex[] {
  const lines = linesOf(document).flatMap((line) => indexesOfLine(line, owners))
  const labels = [document.root, ...document.sections].flatMap((section) =>
    section.fields.flatMap((field) => {
      if (
        field.style !== 'bold' ||
        !/^(?:composite )?(?:primary key|unique(?: (?:key|constraint))?)$/i.test(field.label.text)
      )
        return []
      const what = /primary/i.test(field.label.text) ? 'primary' : 'unique'
      return listed(trim(stretchOf(document, field.value)), what, section, owners)
    }),
  )
  const blocks = blocksOf(document).flatMap(({table: {name, section}, keys}) =>
    keys.flatMap((stretch) => {
      const several = severalKeys(stretch, section, name)
      return several.length > 0 ? several : fromKey(keyed.exec(stretch.text), stretch, section, name)
    }),
  )
  return [
    ...lines,
    ...labels,
    ...blocks,
    ...indexesInSentences(document, owners),
    ...indexesInTables(document, owners),
  ].toSorted((a, b) => a.start - b.start)
}

function indexesOfLine(line: Line, owners: Owners): readonly DocumentedIndex[] {
  const {section, stretch} = line
  const statement = created.exec(stretch.text)
  if (statement) return fromStatement(statement, stretch, section, owners)
  const own = keysListed(stretch, owners.sureAt(section, stretch.at(0)), section)
  if (own.length > 0) return own
  const about =
    /\b(?:index(?:es)?|indices|keys?|constraints?|[ií]ndices)\b/i.test(line.topic) && !/foreign/i.test(line.topic)
  const key = keyed.exec(stretch.text)
  if (key && (about || /\(/u.test(key[3] ?? ''))) {
    return fromKey(key, stretch, section, owners.sureAt(section, stretch.at(0)))
  }
  if (!about) return []
  const {label, rest} = labelled(line)
  if (/^(?:primary|unique|performance|secondary) (?:keys?|index(?:es)?)$/i.test(label))
    return pieces(rest, /^[,;]/u).flatMap((piece) =>
      called(bare(piece), /primary/i.test(label) ? 'primary' : /unique/i.test(label) ? 'unique' : 'index', section),
    )
  const byName = fromName(line, owners)
  if (byName.length > 0) return byName
  const byCall = fromCall(line)
  return byCall.length > 0 ? byCall : belowTable(line)
}

/** `` - orders: (a, b) ``, `` - `orders`: unique (a, b) ``: the table in front of the columns. */
const ofTable = expression(
  'diu',
)`^[*\x60]{0,3}([\p{L}_][\p{L}\p{N}_$.]{0,80})[*\x60]{0,3}\s*[:–—-]\s*(?:(unique)\s+)?(?:(?:index|key)\s+)?(?:on\s+)?(?=\x60?\()`

function belowTable({stretch, section}: Line): readonly DocumentedIndex[] {
  const head = ofTable.exec(stretch.text)
  const table = head ? group(stretch, head, 1) : undefined
  const list = head && table ? columnsAt(stretch, head[0].length) : undefined
  if (!head || !table || !list || !list.columns.every(({key}) => plainKey.test(key))) return []
  const isUnique = head[2] !== undefined || /^[^.;(]{0,20}\bunique\b/i.test(stretch.text.slice(list.end))
  return [
    {
      ...common(part(stretch, 0, list.end), section),
      what: isUnique ? 'unique' : 'index',
      name: undefined,
      table: nameOf(table),
      columns: list.columns,
      unique: isUnique,
      partial: isPartial(stretch, list.end),
    },
  ]
}

const plainKey = expression('u')`^[\p{L}_][\p{L}\p{N}_$]*$`

/** `` `orders(a, b)` ``, as all of an item or before what it is for. */
function fromCall({stretch, section}: Line): readonly DocumentedIndex[] {
  const match = /^[*\s]*`([^`\n(]+\([^`\n()]*\))`(?=[*\s]*(?:$|[:–—,-]|\(|(?:for|unique|partial|index|to)\b))/du.exec(
    stretch.text,
  )
  const piece = match ? group(stretch, match, 1) : undefined
  const words = stretch.text.slice(match?.[0].length ?? 0)
  return piece ? called(piece, /^[^.;]{0,40}\bunique\b/i.test(words) ? 'unique' : 'index', section) : []
}

function fromStatement(
  match: RegExpExecArray,
  stretch: Stretch,
  section: Section,
  owners: Owners,
): readonly DocumentedIndex[] {
  const opening = match.index + match[0].length
  const end = closing(stretch.text, opening)
  if (end < 0) return []
  const name = group(stretch, match, 2)
  const table = group(stretch, match, 3)
  return [
    {
      ...common(part(stretch, match.index, end), section),
      what: 'index',
      name: name ? nameOf(name) : undefined,
      table: table ? nameOf(table) : owners.sureAt(section, stretch.at(0)),
      columns: namesIn(part(stretch, opening + 1, end - 1)),
      unique: match[1] !== undefined,
      partial: /^\s*WHERE\b/i.test(stretch.text.slice(end)),
    },
  ]
}

function fromKey(
  match: RegExpExecArray | null,
  stretch: Stretch,
  section: Section,
  table: Name | undefined,
): readonly DocumentedIndex[] {
  if (!match) return []
  const words = match[2] ?? ''
  const what = /primary/i.test(words)
    ? 'primary'
    : /^unique/i.test(words) || /^unique$/i.test(match[1] ?? '')
      ? 'unique'
      : 'index'
  const first = match.indices?.[3]?.[0] ?? 0
  // ``UNIQUE ON `orders` (`a`, `b`)``: in back quotes, a table stands before its columns.
  const list = columnsAt(stretch, stretch.text[first - 1] === '`' ? first - 1 : first)
  const before = group(stretch, match, 1)
  // `UNIQUE KEY uq_a (a, b)`, as MySQL has it.
  const own = list?.table && (/^KEY$/i.test(words) || indexName.test(list.table.text)) ? list.table : undefined
  const name = before && /[_{[]/u.test(before.text) ? nameOf(before) : own
  if (/^(?:foreign|add|no|every|an?|the)$/i.test(before?.text ?? '')) return []
  if (
    !list ||
    list.columns.some(({text}) =>
      /^(?:for|to|automatic|index|indexed|filtrado|constraint|on|per|with|is|automatically|of|the|and|each|identifier)$/i.test(
        text,
      ),
    )
  )
    return []
  return [
    {
      ...common(part(stretch, /^[`*\s]*/u.exec(stretch.text)?.[0].length ?? 0, list.end), section),
      what,
      name,
      table: list.table && list.table !== own ? list.table : (tableBehind(stretch, list.end) ?? table),
      columns: list.columns,
      unique: what !== 'index',
      partial: isPartial(stretch, list.end),
    },
  ]
}

/** "unique (a, b) on orders" */
function tableBehind(stretch: Stretch, end: number): Name | undefined {
  const behind = part(stretch, end)
  const match = onTable.exec(behind.text)
  const found = match ? group(behind, match, 1) : undefined
  return found ? nameOf(found) : undefined
}

const onTable = expression(
  'diu',
)`^[\x60*]{0,3}\s+(?:on|in|of|for)\s+(?:the\s+)?(?:table\s+)?\x60?([\p{L}_][\p{L}\p{N}_$.]{1,80})\x60?(?:\s+table)?\s*(?=$|[.;,:(–—]|\s-\s)`

/** `idx_a on (a, b)`, `` `idx_a` on `a` ``, `` `idx_a` (a, b) - … ``, `` `idx_a`: … ``. */
function fromName(line: Line, owners: Owners): readonly DocumentedIndex[] {
  const {stretch, section} = line
  const match = named.exec(stretch.text)
  const name = match ? group(stretch, match, 1) : undefined
  if (!match || !name || !/index|indices|[ií]ndice|constraint/i.test(line.topic)) return []
  // Only mentioned: "`idx_a` serves the list".
  if (!/^\s*(?:$|[:(–—,-]|(?:on|en|unique|index)\b|`)/i.test(stretch.text.slice(match[0].length))) return []
  const behind =
    /^\s*(?:[:,–—-]\s*)?(?:(?:unique|partial)\b,?\s*){0,2}(?:(?:index|composite index|índice)\s+)?(?:on|en)?\s*(?:columns?\s+)?(?=[(`]|\w+_\w+|\w+\s+(?:column|field)\b)/i.exec(
      stretch.text.slice(match[0].length),
    )
  const at = match[0].length + (behind?.[0].length ?? 0)
  const list = behind ? columnsAt(stretch, at) : undefined
  const end = list?.end ?? match.indices?.[1]?.[1] ?? 0
  const unique = /^(?:uq|uk|ux|unique)_/i.test(name.text) || /\bunique\b/i.test(stretch.text.slice(match[0].length))
  return [
    {
      ...common(part(stretch, match.indices?.[1]?.[0] ?? 0, end), section),
      what: 'index',
      name: nameOf(name),
      table: list?.table ?? owners.sureAt(section, stretch.at(0)),
      columns: list?.columns ?? [],
      unique,
      partial: isPartial(stretch, end),
    },
  ]
}

const callForm = expression('du')`^([\p{L}\p{N}_$.{}]+)(?:\s*\(([^()]*)\))?$`

/** `orders(id)`, or the name of an index. */
function called(piece: Stretch, what: DocumentedIndex['what'], section: Section): readonly DocumentedIndex[] {
  const head = callForm.exec(piece.text)
  const first = head ? group(piece, head, 1) : undefined
  const columns = head ? group(piece, head, 2) : undefined
  if (!first || (!columns && !/_/u.test(first.text))) return []
  const name = nameOf(first)
  return [
    {
      ...common(piece, section),
      what,
      name: columns ? undefined : name,
      table: columns ? name : undefined,
      columns: columns ? namesIn(columns) : [],
      unique: what !== 'index',
      partial: false,
    },
  ]
}

function listed(
  value: Stretch,
  what: 'primary' | 'unique',
  section: Section,
  owners: Owners,
): readonly DocumentedIndex[] {
  const list = columnsAt(value, 0)
  if (!list || list.columns.length === 0) return []
  return [
    {
      ...common(bare(part(value, 0, list.end)), section),
      what,
      name: undefined,
      table: list.table ?? owners.sureAt(section, value.at(0)),
      columns: list.columns,
      unique: true,
      partial: false,
    },
  ]
}
