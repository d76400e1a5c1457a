import {expression} from '../../document/expressions.ts'
import {blockAbove} from '../../document/places.ts'
import type {CodeBlock, Section, SpecDocument, Table, Text} from '../../document/types.ts'
import {enumsInCheckItems, enumsInChecks, enumsOfNamedChecks} from './checks.ts'
import {enumsInPython, enumsInTypeScript} from './enum-code.ts'
import {isPlain} from './entity-blocks.ts'
import {enumsInLanguage} from './enum-languages.ts'
import {enumItems} from './enum-items.ts'
import {enumLines} from './enum-lines.ts'
import {enumsInWords, titledValues, valuesInWords} from './enum-prose.ts'
import {enumsInTables} from './enum-tables.ts'
import {labelled, linesOf} from './lines.ts'
import type {DocumentedEnum, DocumentedTable} from './model.ts'
import {type Stretch, bare, bareAt, codeStretch, group, nameOf, part, spanOf, stretchOf, toText} from './stretch.ts'
import {valuesIn} from './types.ts'

/** Enums in Python and TypeScript fences, in lists and tables below `### Status Enum`, and in the types of columns. */
export function enumsIn(document: SpecDocument, tables: readonly DocumentedTable[]): readonly DocumentedEnum[] {
  const found = [document.root, ...document.sections].flatMap((section) => [
    ...section.codes.flatMap((code) => fromCode(code, section)),
    ...section.tables.flatMap((table) => fromTable(table, section, document)),
  ])
  const titled = document.sections.flatMap((section) => {
    const name = enumName(section, document)
    return name ? titledValues(document, section, name) : []
  })
  return [
    ...found,
    ...titled,
    ...fromLists(document),
    ...enumsInChecks(document),
    ...enumsInCheckItems(document),
    ...enumsOfNamedChecks(document),
    ...enumsInTables(document),
    ...enumItems(document),
    ...enumsInWords(document, tables),
    ...tables.flatMap((table) => fromColumns(table, document)),
  ].toSorted((a, b) => a.start - b.start)
}

function fromCode(code: CodeBlock, section: Section): readonly DocumentedEnum[] {
  const stretch = codeStretch(code)
  if (code.language === 'python' || code.language === 'py')
    return [...classes(stretch, section), ...enumsInPython(stretch, section)]
  if (isPlain(code)) return enumLines(stretch, section)
  const language = code.language ?? ''
  if (/^(?:typescript|ts|tsx|javascript|js)$/u.test(language)) return enumsInTypeScript(stretch, section)
  return enumsInLanguage(stretch, language.toLowerCase(), section)
}

/** `class Status(str, Enum):` and the lines `A = "a"` of its body. */
function classes(code: Stretch, section: Section): readonly DocumentedEnum[] {
  const found: DocumentedEnum[] = []
  let open: {name: Stretch; indent: number; start: number; values: Text[]; end: number} | undefined
  const close = (): void => {
    if (open && open.values.length > 0)
      found.push({
        kind: 'documentedEnum',
        ...spanOf(part(code, open.start, open.end)),
        name: nameOf(open.name),
        values: open.values,
        table: undefined,
        section,
        source: 'python',
      })
    open = undefined
  }
  let from = 0
  for (const text of code.text.split('\n')) {
    const line = part(code, from, from + text.length)
    const head = /^([ \t]*)class\s+([\w{}]+)\s*\([^()]*\b(?:(?:Str|Int)?Enum|TextChoices)\b[^()]*\)\s*:/du.exec(text)
    const indent = text.search(/\S/u)
    if (open && indent >= 0 && indent <= open.indent) close()
    const name = head ? group(line, head, 2) : undefined
    if (head && name)
      open = {name, indent: (head[1] ?? '').length, start: from + indent, values: [], end: from + text.length}
    else if (open) {
      const member = /^\s*[\w{}]+\s*=\s*(?:"([^"]*)"|'([^']*)'|(-?\d+))/du.exec(text)
      const value = member ? (group(line, member, 1) ?? group(line, member, 2) ?? group(line, member, 3)) : undefined
      if (value) open.values.push(toText(value))
      if (value) open.end = from + text.length
    }
    from += text.length + 1
  }
  close()
  return found
}

const enumTitle = expression(
  'diu',
)`^(?:(?:new\s+)?enum(?:eration)?(?:\s+type)?\s*[:–—-]?\s+)?[\x60*]*([\p{L}_][\p{L}\p{N}_.]*|\{\{[^{}]*\}\}|\[[^[\]]+\])[\x60*]*(?:\s+(?:enum(?:eration)?(?:\s+values)?|values))?$`

/** `` `orders.state` `` and nothing else. */
const ofColumn = expression('u')`^[\x60*]*[\p{L}_]\w{0,62}\.[\p{L}_]\w{0,62}[\x60*]*$`

/** The enum's name in `### Status Enum`, `### Enum: Status`, or `### Status` below `## Enums`. */
function enumName(section: Section, document: SpecDocument): Stretch | undefined {
  const {heading, parent} = section
  if (
    !heading ||
    (!/\benum/i.test(heading.title.text) &&
      !ofColumn.test(heading.title.text.trim()) &&
      !/^enum(?:s|erations?|erated types)?$/i.test(parent?.heading?.title.text ?? ''))
  )
    return undefined
  const title = bareAt(document, heading.title)
  const match = enumTitle.exec(title.text)
  return /^enum/i.test(match?.[1] ?? 'enum') ? undefined : ((match && group(title, match, 1)) ?? undefined)
}

const ownValues = /^(?:values?|db value|stored(?: as)?|valor)$/i
const statesOrValues = /^(?:(?:enum |db )?values?|stat(?:e|us|us value)|code)$/i

function fromTable(table: Table, section: Section, document: SpecDocument): readonly DocumentedEnum[] {
  const titled = enumName(section, document)
  const name = titled ?? nameAbove(table, section, document)
  const form = titled ? ownValues : statesOrValues
  const at = table.header.findIndex(({text}) => form.test(text.trim()))
  if (!name || at < 0 || (!titled && at > 0)) return []
  const values = table.rows
    .flatMap(({cells}) => cells[at] ?? [])
    .map((cell) => toText(bareAt(document, cell)))
    .filter(({text}) => text !== '')
  return [
    {
      kind: 'documentedEnum',
      start: table.start,
      end: table.end,
      name: nameOf(name),
      values,
      table: undefined,
      section,
      source: 'table',
    },
  ]
}

/** ``**Life of a redirect (`redirect_state`):**``, `` ### Life of a redirect (`redirect_state`) ``: the one name in code above a table. */
function nameAbove({start}: Table, section: Section, document: SpecDocument): Stretch | undefined {
  const above = blockAbove(section, start)
  const isFirst = above === undefined
  const place = isFirst ? section.heading?.title : above.kind === 'paragraph' ? above : undefined
  if (!place) return undefined
  const label = stretchOf(document, place)
  const marked = label.text.length < 200 ? [...label.text.matchAll(/`([^`\n]+)`/dgu)] : []
  const name = marked.length === 1 && marked[0] ? group(label, marked[0], 1) : undefined
  const isLabel = isFirst || /[:*]\s*$/u.test(label.text)
  return name && isLabel && plainName.test(name.text) ? name : undefined
}

const plainName = expression('u')`^[\p{L}_]\w{0,62}$`

const leading = expression(
  'du',
)`^\s*(?:\*\*|\x60|["'])+([^\x60"'*]+)(?:\*\*|\x60|["'])+|^\s*([\p{L}\p{N}_-]+)(?=\s*(?:$|[:(–—]|-\s|=))`

function fromLists(document: SpecDocument): readonly DocumentedEnum[] {
  const names = new Map(document.sections.map((section) => [section, enumName(section, document)]))
  const grouped = new Map<Section, {values: Text[]; start: number; end: number}>()
  for (const line of linesOf(document)) {
    const name = names.get(line.section)
    const {rest} = labelled(line)
    const source = line.item.lead ? line.stretch : rest
    const match = leading.exec(source.text)
    const value = match ? (group(source, match, 1) ?? group(source, match, 2)) : undefined
    if (!name || !value || (line.item.lead && /:/u.test(value.text))) continue
    const found = grouped.get(line.section) ?? {values: [], start: line.item.start, end: line.item.end}
    found.values.push(toText(bare(value)))
    grouped.set(line.section, {...found, end: line.item.end})
  }
  return [...grouped].flatMap(([section, {values, start, end}]) => {
    const name = names.get(section)
    return name && values.length > 1
      ? [
          {
            kind: 'documentedEnum' as const,
            start,
            end,
            name: nameOf(name),
            values,
            table: undefined,
            section,
            source: 'list' as const,
          },
        ]
      : []
  })
}

const oneOf = /\bOne of:?\s+((?:[`'"][^`'"\n]+[`'"](?:\s*(?:,\s*(?:and|or)?|and|or|\/|\|)\s*)?)+)/di
const checked = /\bIN\s*\(((?:\s*'[^']*'\s*,?)+)\)/di

/** `Enum (active, inactive)` as a type, "One of `a`, `b` and `c`" and `CHECK (x IN ('a'))` behind a column. */
function fromColumns(table: DocumentedTable, document: SpecDocument): readonly DocumentedEnum[] {
  return table.columns.flatMap(({name, type, start, end}) => {
    const line = stretchOf(document, {start, end})
    const match = oneOf.exec(line.text) ?? checked.exec(line.text)
    const list = match ? group(line, match, 1) : undefined
    const sure = type && type.values.length > 1 ? type.values : list ? quoted(list) : []
    const values = sure.length > 0 ? sure : valuesInWords(line)
    if (values.length < 2) return []
    return [
      {
        kind: 'documentedEnum' as const,
        start,
        end,
        name,
        values,
        table: table.name,
        section: table.section,
        source: sure.length > 0 ? ('column' as const) : ('prose' as const),
      },
    ]
  })
}

function quoted(list: Stretch): readonly Text[] {
  const marked = [...list.text.matchAll(/[`'"]([^`'"\n]+)[`'"]/dgu)].flatMap((match) => group(list, match, 1) ?? [])
  return marked.length > 0 ? marked.map((one) => toText(one)) : valuesIn(list)
}
