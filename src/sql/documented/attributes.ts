import {expression} from '../../document/expressions.ts'
import {keptIn} from '../../document/remembered.ts'
import type {Field, List, ListItem, Section, SpecDocument} from '../../document/types.ts'
import type {ColumnFact, Name, TypeFact} from '../model.ts'
import {type Clauses, clausesIn} from './clauses.ts'
import {namedEnum} from './enum-types.ts'
import {firstType, isNew, linesOfSeveral, listed, withoutMarks} from './attribute-marks.ts'
import {heldBy} from './held.ts'
import type {DocumentedTable, TypeChange} from './model.ts'
import type {Owners} from './owners.ts'
import {typeOfDatabase} from './database-types.ts'
import {stateOf} from './states.ts'
import {
  type Stretch,
  group,
  isHole,
  lastBefore,
  nameOf,
  part,
  spanOf,
  stretchOf,
  unquoted,
  withoutComment,
} from './stretch.ts'
import {toldColumn} from './told-table.ts'
import {isKnownType, isOptionalType, typeOf} from './types.ts'

const whole = /^(?:(?:key |core |main |data |entity )?(?:attributes?|fields?|columns?|properties|schema)|atributos)\b/i
const added = /^(?:new|added|additional) (?:fields?|columns?|attributes?)\b/i
const modified = /^(?:modified|changed|updated|altered) (?:fields?|columns?|attributes?)\b/i

/**
 * Lists of attributes: below a label `**Attributes**:`, or directly below a heading or label that names a table; with `loose` only
 * those of which nothing says what they are of, called after what stands above.
 */
export function attributeLists(document: SpecDocument, owners: Owners, loose = false): readonly DocumentedTable[] {
  return [document.root, ...document.sections].flatMap((section) => {
    if (section.lists.length === 0) return []
    const labelled = section.fields.filter(({style}) => style === 'bold')
    const starts = new Set<number>()
    const found = labelled.flatMap((field) => {
      const kind = partOf(field)
      if (!kind) return []
      const lists = field.blocks.filter((block) => block.kind === 'list')
      for (const {start} of lists) starts.add(start)
      const certain = kind !== 'all' || /\b(?:attributes?|columns?|atributos)\b/i.test(field.label.text)
      return tablesOf(lists, {kind, certain}, section, document, owners)
    })
    const bareLists = section.blocks.filter((block) => block.kind === 'list' && !starts.has(block.start))
    const unmistaken = bareLists.flatMap((list) =>
      list.kind === 'list' ? (isAttributes(list, document) ? [list] : freshOf(list, document)) : [],
    )
    const free = unmistaken.filter(
      (list) =>
        (owners.at(section, list.start)?.sure === true && !isLabelled(list, labelled, owners, section)) !== loose,
    )
    return [
      ...(loose ? [] : found),
      ...free.flatMap((list) => {
        const kind = list.items.every(({textSpan: {start, end}}) => isNew.test(document.text.slice(start, end)))
        return tablesOf([list], {kind: kind ? 'added' : 'all', certain: false}, section, document, owners)
      }),
    ]
  })
}

function partOf({label}: Field): DocumentedTable['part'] | undefined {
  if (added.test(label.text)) return 'added'
  if (modified.test(label.text)) return 'modified'
  return whole.test(label.text) ? 'all' : undefined
}

/** It belongs to another label (`**Relationships**:`), not to one that names the table. */
function isLabelled(list: List, labels: readonly Field[], owners: Owners, section: Section): boolean {
  const label = lastBefore(labels, list.start)
  // `**Purpose:** A telescope.` has said what it had to.
  if (!label || label.value.text !== '') return false
  const owner = owners.sureAt(section, list.start)
  return !owner || owner.start < label.label.start
}

/** The items that call a column new, of a list that speaks of others too. */
function freshOf(list: List, document: SpecDocument): readonly List[] {
  const items = list.items.filter(({textSpan}) => isNew.test(document.text.slice(textSpan.start, textSpan.end)))
  const fresh = {...list, items}
  return items.length > 1 && items.length < list.items.length && isAttributes(fresh, document) ? [fresh] : []
}

/** At least two of its items, and half of them, are a name with a type that we know. */
function isAttributes({items}: List, document: SpecDocument): boolean {
  return areAttributes(items.map((item) => attributesOf(item, document)[0]))
}

export function areAttributes(lines: readonly (ReadAttribute | undefined)[]): boolean {
  const known = lines.filter((one) => one?.isEnum === true || isKnownType(one?.column.type)).length
  return known >= 2 && known * 2 >= lines.length
}

function tablesOf(
  lists: readonly List[],
  {kind, certain}: {readonly kind: DocumentedTable['part']; readonly certain: boolean},
  section: Section,
  document: SpecDocument,
  owners: Owners,
): readonly DocumentedTable[] {
  const [first] = lists
  const last = lists.at(-1)
  const owner = first ? owners.at(section, first.start) : undefined
  if (!first || !last || !owner) return []
  const read = lists.flatMap(({items}) => items).flatMap((item) => attributesOf(item, document))
  if (read.length === 0) return []
  return [
    {
      kind: 'documentedTable',
      start: first.start,
      end: last.end,
      name: owner.name,
      ...heldBy(read),
      section,
      source: 'attributeList',
      state: stateOf(section),
      certain,
      part: kind === 'all' && owner.added === true ? 'added' : kind,
      asks: new Set(),
      changes: read.flatMap(({change}) => change ?? []),
    },
  ]
}

export interface ReadAttribute {
  readonly column: ColumnFact
  readonly clauses: Clauses
  readonly change: TypeChange | undefined
  /** Its type is said to be an enum, and called by its name. */
  readonly isEnum?: boolean
}

/** Types that no other word is taken for: "- `line` – text, required". */
const unmistaken =
  'text integer int bigint smallint boolean bool date time timestamp timestamptz datetime uuid json jsonb bytea numeric decimal real serial bigserial interval'.split(
    ' ',
  )
const plainTypes = unmistaken.join('|')
const typesInBothCases = [...unmistaken, ...unmistaken.map((type) => type.toUpperCase())].join('|')
/** `` `id`: UUID - Primary key ``, `**id** (UUID): …`, `` `id: UUID` - … ``, `id: UUID (primary key)`, `id (pk)`, `` `id` UUID, primary key ``. */
const attribute = expression(
  'du',
)`^[*\x60_]*((?:[\p{L}\p{N}_$.]|\{\{[^{}]*\}\}|\[[^[\]]+\])+)(\?)?[*\x60]*(?:\s*[:：][*\x60]*\s*|\s*(?=\()|\s+[–—-]\s+(?=\x60?[\p{L}]+\x60?(?:\(|\s|$)|\x60[\p{L}]+\x60,|\x60?(?:${typesInBothCases})(?:\[\])?\x60?,|\x60?"[\p{L}_][\p{L}\p{N}_]*"\x60?(?:,|\s|$)|\x60?[\p{L}][\p{L}\p{N}_]*\x60?,\s+(?:required|optional|not null|null|nullable|unique|default)\b|\x60?\p{Ll}[\p{Ll}\p{N}]*_[\p{Ll}\p{N}_]+\x60?(?:\s*$|,\s))|(?<=[\x60*])\s+(?=\x60?\p{Lu}[\p{Lu}\p{N}]{2,}(?:[\s,;(\x60]|$)|(?:[a-z]+(?:_[a-z]+)+|${plainTypes}|varchar|char|numeric|decimal|timestamptz|enum)(?:\(\d+(?:,\s*\d+)?\))?\s*(?:,|$|(?:NOT\s|NULL\b|DEFAULT\s|UNIQUE\b|PRIMARY\s|REFERENCES\s)))|\s*$)`

const attributes = keptIn<readonly ReadAttribute[]>()

/** The columns of an item: one, or two of which the same is said. */
export function attributesOf(item: ListItem, document: SpecDocument): readonly ReadAttribute[] {
  return attributes(document, item, () => {
    if (item.checked !== undefined) return []
    const line = unquoted(withoutComment(stretchOf(document, item.textSpan)))
    return (linesOfSeveral(line) ?? [line]).flatMap((one) => attributeIn(one) ?? [])
  })
}

/** The attribute that a line begins with, by its first 1000 characters. */
export function attributeIn(item: Stretch): ReadAttribute | undefined {
  const {start, end} = spanOf(item)
  const line = withoutMarks(part(item, 0, 1000))
  const match = attribute.exec(line.text)
  const written = match ? group(line, match, 1) : undefined
  if (!match || !written) return undefined
  if (/^(?:index|indexes|unique|constraints?|primary|foreign|check)$/i.test(written.text)) return undefined
  // "new, `VARCHAR(12)`" has no name of a column.
  if (/^[^(]{0,4}(?:n?varchar2?|n?char|numeric|decimal)\s?\(\d/i.test(line.text)) return undefined
  const name = nameOf(written)
  const rest = part(line, match[0].length)
  const ofEnum = namedEnum(rest)
  const divided = parted(rest)
  const {typed, words} =
    !ofEnum && looksLikeType(divided.typed.text) ? divided : {typed: part(rest, 0, 0), words: ofEnum?.words ?? rest}
  const {type: first, change} = ofEnum ? {type: ofEnum.type, change: undefined} : typeIn(typed, name)
  const type = change ? first : (typeOfDatabase(words) ?? first)
  const clauses = clausesIn(words, name, true)
  const inType = clausesIn(change ? part(typed, typed.text.length) : typed, name, false)
  const optional = match[2] === '?' || isOptionalType(typed.text) ? true : undefined
  const constraints = [
    ...clauses.constraints,
    ...inType.constraints.filter((one) => !clauses.constraints.some(({kind}) => kind === one.kind)),
  ]
  const said: Clauses = {
    ...clauses,
    constraints,
    indexed: clauses.indexed || inType.indexed,
    foreign: (clauses.foreign || inType.foreign) && !constraints.some(({kind}) => kind === 'foreign'),
    nullable: clauses.nullable ?? inType.nullable ?? optional,
    default: clauses.default ?? inType.default,
    generated: clauses.generated || inType.generated,
  }
  return {change, isEnum: ofEnum !== undefined, ...toldColumn({start, end}, name, type, said)}
}

const modifiers =
  /\b(?:unsigned|varying|precision|with(?:out)? time zone|PK|FK|UNIQUE|NOT NULL|NULL|PRIMARY KEY|FOREIGN KEY|AUTO_INCREMENT|IDENTITY|nullable|required|optional|flag|DEFAULT\s.*|REFERENCES\s.*)(?:(?<=\bFK)\s+\w+\.\w+)?/gi

/** One word, with brackets and modifiers; not a description in words. */
function looksLikeType(text: string): boolean {
  if (isHole(text) || text.length > 200) return isHole(text)
  if (arrow.test(text) || listed.test(text)) return true
  const plain = text
    .replaceAll(/\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\]/gu, ' ')
    .replaceAll(modifiers, ' ')
    .replaceAll(/[`*,]/gu, ' ')
  const words = plain.trim().split(/\s*\\?\|\s*|\s+/u)
  return (words.length === 1 && words[0] !== '') || /\|/u.test(text)
}

const typeForm = expression(
  'iu',
)`^[\x60*]*(?:(?:enum|decimal|numeric|varchar|char|string|str|nvarchar|float|bit|varbinary|binary|n?char|double|datetime2?|timestamp|time)\s*\([^()]*\)|enum\s*\[[^[\]]*\]|(?!enum\b)[\p{L}\p{N}_.[\]<>|?]+(?:\([^()]*\))?)(?:\s+(?:unsigned|varying(?:\([^()]*\))?|precision|with(?:out)? time zone))?[\x60*?]*(?=\s*,|\s+\((?!\d)|\s+(?:NOT\s+)?NULL\b)`

/** The type, and the words behind ` - `, a bracket or a comma. */
function parted(rest: Stretch): {readonly typed: Stretch; readonly words: Stretch} {
  const bracketed = /^\(([^()]*(?:\([^()]*\)[^()]*)*)\)[*`]*\s*[:–—-]?/du.exec(rest.text)
  const inside = bracketed ? group(rest, bracketed, 1) : undefined
  if (bracketed && inside) {
    const values = listed.exec(inside.text)?.[0]
    if (values !== undefined) {
      const end = rest.text.indexOf(values) + values.length
      return {typed: part(inside, 0, values.length), words: part(rest, end)}
    }
    // `(smallint, not null, 1 to 5)`: more than a type and its modifiers.
    const first = looksLikeType(inside.text) ? null : typeForm.exec(inside.text)
    const from = rest.text.indexOf(inside.text)
    return first && isKnownType(typeOf(part(inside, 0, first[0].length)))
      ? {typed: part(inside, 0, first[0].length), words: part(rest, from + first[0].length)}
      : {typed: inside, words: part(rest, bracketed[0].length)}
  }
  const dash = /\s[–—-]{1,2}\s|[.;]\s/u.exec(rest.text)
  const typed = dash ? part(rest, 0, dash.index) : rest
  const words = dash ? part(rest, dash.index + dash[0].length) : part(rest, rest.text.length)
  // `UUID (primary key)`, `string, required`: the words begin behind the type.
  const end = typeForm.exec(typed.text)
  // An arrow in brackets is that of a key: `UUID (FK → users.id)`.
  const outside = typed.text.replaceAll(/\([^()]*\)/gu, ' ').replaceAll(/\([^()]*\)/gu, ' ')
  if (!end || /→|->|\|/u.test(outside)) return {typed, words}
  const tail = /^\s*\(?([\s\S]*?)\)?\s*$/u.exec(typed.text.slice(end[0].length))?.[1] ?? ''
  const from = typed.text.indexOf(tail, end[0].length)
  return {
    typed: part(typed, 0, end[0].length),
    words: part(rest, tail === '' ? rest.text.length - words.text.length : from),
  }
}

/** `VARCHAR(20) → VARCHAR(40)`; also through the arrow as it looks after a wrong decoding. */
const arrow = /\s*(?:→|->|=>|â†’)\s*/u
/** The arrow of a key, not of a change: `bigint, foreign key → users.id`. */
const keyArrow = /(?:^|,)[\s`*]*(?:FK|foreign key|references?)[\s`*:]*(?:→|->|=>)/iu

function typeIn(
  typed: Stretch,
  column: Name,
): {readonly type: TypeFact | undefined; readonly change: TypeChange | undefined} {
  const key = keyArrow.exec(typed.text)
  const plainKey = /^\s*[\w()]+\s*(?=(?:→|->)[\s`"*]*\w+\.\w+)/u.exec(typed.text)?.[0]
  if (plainKey !== undefined) return {type: typeOf(part(typed, 0, plainKey.length)), change: undefined}
  if (key)
    return {type: key.index === 0 ? undefined : typeOf(firstType(part(typed, 0, key.index + 1))), change: undefined}
  const match = arrow.exec(typed.text)
  if (!match) return {type: typeOf(firstType(typed)), change: undefined}
  const from = typeOf(firstType(part(typed, 0, match.index)))
  const behind = part(typed, match.index + match[0].length)
  const to = typeOf(firstType(part(behind, 0, /,\s*renamed\b/iu.exec(behind.text)?.index)))
  return {type: to, change: {start: typed.at(0), end: to?.end ?? typed.at(match.index), column, from, to}}
}
