import {blockAbove} from '../../document/places.ts'
import {expression} from '../../document/expressions.ts'
import {keptIn} from '../../document/remembered.ts'
import type {Row, Section, Span, SpecDocument, Table} from '../../document/types.ts'
import type {ColumnFact, Name, TypeFact} from '../model.ts'
import {type Clauses, clausesIn, defaultCell, keyInWords, merge} from './clauses.ts'
import {placesOf} from './headers.ts'
import {heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'
import type {Owner, Owners} from './owners.ts'
import {stateOf} from './states.ts'
import {group, nameOf, stretchOf, trim, type Stretch} from './stretch.ts'
import {isOptionalType, typeOf} from './types.ts'

type Role = 'table' | 'name' | 'type' | 'constraints' | 'default' | 'nullable' | 'required' | 'key' | 'description'

const roles: readonly (readonly [Role, RegExp])[] = [
  ['table', /^(?:tables?|entity|entities|model|relation|tabla|entidad)(?: name)?$/i],
  ['name', /^(?:(?:column|field|attribute|property)s?(?: name| (?:of|in) \S+)?|name|columna|campo)$/i],
  [
    'type',
    /^(?:(?:data|sql|db|database|column|field|postgres(?:ql)?|mysql|mariadb|sqlite) ?)?type(?: sql)?$|^tipo(?: (?:sql|de dato))?$|^data ?type$/i,
  ],
  ['nullable', /^(?:nullable|null\??|allows? null|is null|optional)$/i],
  ['required', /^(?:required\??|not null|mandatory)$/i],
  ['key', /^(?:keys?|pk\/fk|index)$/i],
  ['default', /^defaults?(?: value)?$/i],
  [
    'constraints',
    /^(?:constraints?|modifiers?|attributes|rules?|restrictions?|constraints? ?[/&] ?(?:notes|description)|notas|notes)$/i,
  ],
  ['description', /^(?:description|purpose|comments?|meaning|details|notes.*|remarks?|descripci[oó]n)$/i],
]

/** A table is read for its owner as it is said and as it may be meant. */
const columns = keptIn<readonly ReadColumn[]>()

/** Tables of columns: a header `Column` (or `Field`, `Name`) and a header `Type`. */
export function tablesOfColumns(document: SpecDocument, owners: Owners): readonly DocumentedTable[] {
  return [document.root, ...document.sections].flatMap((section) =>
    section.tables.flatMap((table) => tableOf(table, section, document, owners)),
  )
}

function tableOf(table: Table, section: Section, document: SpecDocument, owners: Owners): readonly DocumentedTable[] {
  const places = placesOf(table.header, roles)
  if (!isOfColumns(table, places)) return []
  const certain = isCertain(table, places)
  const shared = {
    kind: 'documentedTable',
    section,
    source: 'columnTable',
    state: stateOf(section),
    asks: asked(places),
    changes: [],
  } as const
  const change = changeColumn(table)
  return groupsOf(table, places, section, document, owners).flatMap(({name, rows, span, added, changed}) => {
    const own =
      change === undefined ? rows : rows.filter(({cells}) => isAddition.test(cells[change]?.text.trim() ?? ''))
    const read = own.flatMap((row) => columns(document, row, () => columnOf(row, places, document)))
    if (read.length === 0) return []
    const hasKey = read.some(({clauses}) => clauses.constraints.some(({kind}) => kind === 'primary'))
    const isKeyed = hasKey || read.some(({clauses}) => clauses.constraints.some(({kind}) => kind === 'foreign'))
    const isPart = change !== undefined || added === true || (changed === true && !hasKey)
    return [
      {
        ...shared,
        ...span,
        name,
        ...heldBy(read),
        certain: certain || isKeyed,
        part: isPart ? ('added' as const) : ('all' as const),
      },
    ]
  })
}

const isAddition = /^(?:add(?:s|ed|ition)?|new|creat(?:e|es|ed))(?:\s*[;:,(–—].*)?$/i
const isChange =
  /^(?:add(?:s|ed|ition)?|new|creat(?:e|es|ed)|drop(?:s|ped)?|remov(?:e|es|ed|al)|delet(?:e|es|ed)|modif(?:y|ies|ied)|chang(?:e|es|ed)|alter(?:s|ed)?|renam(?:e|es|ed)|unchanged|keep|kept|none|[–—-])(?:\s*[;:,(–—].*)?$/i

/** The column whose cells say of each row what becomes of it: `add`, `remove`. */
function changeColumn({header, rows}: Table): number | undefined {
  const at = header.findIndex(({text}) => /^(?:changes?|actions?|operation)$/i.test(text.trim()))
  const told = rows.map(({cells}) => cells[at]?.text.trim() ?? '')
  // "Enum `a`, `b` becomes …" tells a change in words of its own.
  const isTold =
    told.every((text) => isChange.test(text) || becomes.test(text)) && told.some((text) => isChange.test(text))
  return at !== -1 && isTold ? at : undefined
}

const becomes = /\b(?:becomes?|renamed|widened|narrowed|made|dropped|from|moved|extended)\b/i

interface Group extends Pick<Owner, 'name' | 'added' | 'changed'> {
  readonly rows: readonly Row[]
  readonly span: Span
}

/** The rows of one table, or those of each where a column of its own names the table; an empty cell means the one above. */
function groupsOf(
  table: Table,
  places: ReadonlyMap<Role, number>,
  section: Section,
  document: SpecDocument,
  owners: Owners,
): readonly Group[] {
  const {start, end, rows} = table
  const at = places.get('table')
  if (at === undefined) {
    const owner = owners.at(section, start)
    return owner ? [{...owner, rows, span: {start, end}}] : []
  }
  const groups = new Map<string, {readonly name: Name; readonly rows: Row[]}>()
  let last: {readonly name: Name; readonly rows: Row[]} | undefined
  for (const row of rows) {
    const cell = row.cells[at]
    if (cell && cell.text !== '') {
      const name = nameOf(stretchOf(document, cell))
      last = groups.get(name.key) ?? {name, rows: []}
      groups.set(name.key, last)
    }
    last?.rows.push(row)
  }
  const above = blockAbove(section, start)
  const label = above?.kind === 'paragraph' ? above.text.trim() : ''
  const added = isGain.test(label) || isGain.test(label === '' ? (section.heading?.title.text ?? '') : '')
  return [...groups.values()].map((one) => ({
    ...one,
    changed: toModify.test(label),
    added,
    span: {start: one.rows[0]?.start ?? start, end: one.rows.at(-1)?.end ?? end},
  }))
}

/** "Models to modify:", "Changed tables:" */
const toModify =
  /^(?:(?:existing )?(?:models?|tables?|entities) to (?:modify|change|alter|extend)|(?:modified|changed|altered|extended) (?:models?|tables?|entities))\b[^.]{0,40}$/i

/** "Columns added to existing tables", "New columns" */
const isGain =
  /^(?:existing tables get )?(?:(?:new|added|additional|further|more) (?:columns?|fields?|attributes?)|(?:columns?|fields?|attributes?) (?:that are )?added)\b[^.]{0,60}$/i

function asked(places: ReadonlyMap<Role, number>): DocumentedTable['asks'] {
  const speaksOfNull = (['nullable', 'required', 'constraints'] as const).some((role) => places.has(role))
  return new Set([
    ...(speaksOfNull ? (['nullable'] as const) : []),
    ...(places.has('default') ? (['default'] as const) : []),
  ])
}

/** Parameters of an interface have a name and a type too: `Name` needs a header that only columns have. */
function isOfColumns(table: Table, places: ReadonlyMap<Role, number>): boolean {
  const name = table.header[places.get('name') ?? -1]?.text ?? ''
  if (name === '' || !places.has('type')) return false
  return (
    !/^name$/i.test(name) || (['constraints', 'nullable', 'key', 'default'] as const).some((role) => places.has(role))
  )
}

function isCertain(table: Table, places: ReadonlyMap<Role, number>): boolean {
  return /^(?:columns?|columna)(?: name| (?:of|in) \S+)?$/i.test(
    table.header[places.get('name') ?? -1]?.text.trim() ?? '',
  )
}

interface ReadColumn {
  readonly column: ColumnFact
  readonly clauses: Clauses
}

const plainName = expression('u')`^[\p{L}_$@#][\p{L}\p{N}_.$@#/-]*$`

/** `| created_at, updated_at | TIMESTAMPTZ |`: of both columns the same is said. */
const both = expression(
  'du',
)`^([\x60"]?[\p{L}_]\w{0,62}[\x60"]?)\s*(?:,|/|&|\band\b)\s*([\x60"]?[\p{L}_]\w{0,62}[\x60"]?)$`

function columnOf(row: Row, places: ReadonlyMap<Role, number>, document: SpecDocument): readonly ReadColumn[] {
  const found = row.cells[places.get('name') ?? -1]
  const whole = found ? stretchOf(document, found) : undefined
  const two = whole ? both.exec(whole.text.trim()) : null
  const [one, other] = two && whole ? [group(trim(whole), two, 1), group(trim(whole), two, 2)] : []
  return one && other
    ? [one, other].flatMap((name) => namedColumn(name, row, places, document))
    : namedColumn(whole, row, places, document)
}

function namedColumn(
  written: Stretch | undefined,
  row: Row,
  places: ReadonlyMap<Role, number>,
  document: SpecDocument,
): readonly ReadColumn[] {
  const cell = (role: Role): Stretch | undefined => {
    const found = row.cells[places.get(role) ?? -1]
    return found ? stretchOf(document, found) : undefined
  }
  const name = written ? nameOf(written) : undefined
  const typed = cell('type')
  const type = typed ? typeOf(typed) : undefined
  // A row that parts groups of columns: `| **Analysis** | | |`.
  if (!name || name.text === '' || (type === undefined && /\*\*/u.test(written?.text ?? ''))) return []
  // A name of several words is one in quotes.
  const isQuoted = /^["`][^"`]+["`]$/u.test(written?.text.trim() ?? '')
  if (!name.hole && !isQuoted && !plainName.test(name.text)) return []
  const isFormal = places.has('constraints') || places.has('key')
  const clauses = merge([
    ...stretches(cell('constraints'), cell('key')).map((one) => clausesIn(one, name, false)),
    ...stretches(typed).map((one) => clausesIn(one, name, false)),
    ...stretches(cell('description')).map((one) => (isFormal ? keyInWords(one, name) : clausesIn(one, name, true))),
  ])
  const value = cell('default')
  return [
    {
      clauses,
      column: {
        kind: 'column',
        start: row.start,
        end: row.end,
        name,
        type,
        nullable: yes(cell('nullable')) ?? not(yes(cell('required'))) ?? clauses.nullable ?? optional(typed),
        default: (value ? defaultCell(value) : undefined) ?? clauses.default,
        generated: clauses.generated || isSerial(type),
      },
    },
  ]
}

function stretches(...all: readonly (Stretch | undefined)[]): readonly Stretch[] {
  return all.filter((one) => one !== undefined)
}

function optional(typed: Stretch | undefined): boolean | undefined {
  return typed && isOptionalType(typed.text) ? true : undefined
}

export function isSerial(type: TypeFact | undefined): boolean {
  return type !== undefined && /^(?:small|big)?serial|\bidentity\b|auto_?increment/i.test(type.text)
}

function yes(cell: Stretch | undefined): boolean | undefined {
  const text = cell?.text.replaceAll(/[*`]/gu, '').trim() ?? ''
  if (/^(?:yes|y|true|null|nullable|✓|✔|✔️|✅|☑|x|optional|s[ií]|required|always)\b|^[✓✔✅☑]/i.test(text)) return true
  return /^(?:no|n|false|not null|✗|✘|❌|never)\b|^[✗✘❌]/i.test(text) ? false : undefined
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value
}
