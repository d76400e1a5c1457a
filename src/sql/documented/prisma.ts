import type {CodeBlock, Section, SpecDocument, Text} from '../../document/types.ts'
import type {ColumnFact, ConstraintFact, IndexFact, Name, TypeFact} from '../model.ts'
import type {DocumentedEnum, ModelRelation, ModelTable} from './model.ts'
import {type Stretch, closing, codeStretch, group, nameOf, namesIn, part, spanOf, toText, trim} from './stretch.ts'
import {typeOf} from './types.ts'

export interface PrismaFacts {
  readonly tables: readonly ModelTable[]
  readonly enums: readonly DocumentedEnum[]
}

/** A block of a schema, with its lines that are no comments. */
export interface PrismaBlock {
  readonly kind: string
  readonly name: Stretch
  readonly whole: Stretch
  readonly lines: readonly Stretch[]
}

const scalars = /^(?:String|Boolean|Int|BigInt|Float|Decimal|DateTime|Json|Bytes|Unsupported)$/u

/** Models and enums of the `prisma` fences. */
export function prismaIn(document: SpecDocument): PrismaFacts {
  const all = [document.root, ...document.sections].flatMap((section) =>
    section.codes
      .filter(({language}) => language === 'prisma')
      .map((code) => ({code, section, blocks: blocksOf(codeStretch(code))})),
  )
  const enums = all.flatMap(({section, blocks}) =>
    blocks.filter(({kind}) => kind === 'enum').map((block) => enumOf(block, section)),
  )
  const values = new Map(enums.map(({name, values: list}) => [name.text, list]))
  const tables = all.flatMap(({code, section, blocks}) =>
    blocks.filter(({kind}) => kind === 'model').map((block) => modelOf(block, values, code, section)),
  )
  return {tables: named(tables), enums}
}

/** Keys lead to tables by the names of models: compared as the tables that these stand for. */
function named(tables: readonly ModelTable[]): readonly ModelTable[] {
  const keys = new Map(tables.flatMap(({name, table}) => (table ? [[name.key, table.key] as const] : [])))
  const renamed = (one: ConstraintFact): ConstraintFact =>
    one.kind === 'foreign' ? {...one, table: {...one.table, key: keys.get(one.table.key) ?? one.table.key}} : one
  return tables.map((table) => ({...table, constraints: table.constraints.map(renamed)}))
}

/** Of a longer line only the beginning is read. */
const longestLine = 2000

/** The blocks of a fence that are closed. */
export function blocksOf(code: Stretch): readonly PrismaBlock[] {
  const found: PrismaBlock[] = []
  let open: {kind: string; name: Stretch; start: number; lines: Stretch[]} | undefined
  let from = 0
  for (const text of code.text.split('\n')) {
    const head = /^\s*(model|enum|view|type|datasource|generator)\s+([\w{}]+)\s*\{/du.exec(text)
    const line = part(code, from, from + Math.min(text.length, longestLine))
    const name = head ? group(line, head, 2) : undefined
    if (head && name) open = {kind: head[1] ?? '', name, start: from + text.search(/\S/u), lines: []}
    else if (open && /^\s*\}/u.test(text)) {
      found.push({...open, whole: part(code, open.start, from + text.indexOf('}') + 1)})
      open = undefined
    } else if (open && !/^\s*(?:\/\/|$)/u.test(text)) open.lines.push(uncommented(line))
    from += text.length + 1
  }
  return found
}

/** A comment begins behind the last quote, so that `//` in a string is none. */
function uncommented(line: Stretch): Stretch {
  const comment = line.text.indexOf(' //', line.text.lastIndexOf('"') + 1)
  return trim(comment < 0 ? line : part(line, 0, comment))
}

function enumOf({name, whole, lines}: PrismaBlock, section: Section): DocumentedEnum {
  const values = lines.flatMap((line) => {
    const match = /^([\w{}]+)(?:\s+@map\("([^"]*)"\))?/du.exec(line.text)
    return (match && (group(line, match, 2) ?? group(line, match, 1))) ?? []
  })
  return {
    kind: 'documentedEnum',
    ...spanOf(whole),
    name: nameOf(name),
    values: values.map((value) => toText(value)),
    table: undefined,
    section,
    source: 'prisma',
  }
}

interface Parts {
  readonly columns: ColumnFact[]
  readonly constraints: ConstraintFact[]
  readonly indexes: IndexFact[]
  readonly relations: ModelRelation[]
  /** Keys of the columns by the names of fields. */
  readonly mapped: Map<string, string>
}

function modelOf(
  block: PrismaBlock,
  enums: ReadonlyMap<string, readonly Text[]>,
  code: CodeBlock,
  section: Section,
): ModelTable {
  const name = nameOf(block.name)
  const mapped = block.lines.flatMap((line) => argument(line, /^@@map\s*\(\s*(?:name:\s*)?"([^"]*)"/du) ?? [])[0]
  const parts: Parts = {
    columns: [],
    constraints: [],
    indexes: [],
    relations: [],
    mapped: new Map(),
  }
  const table = mapped ? nameOf(mapped) : undefined
  for (const line of block.lines) {
    if (line.text.startsWith('@@')) attributeOfModel(line, parts, table ?? name)
    else fieldOf(line, parts, enums)
  }
  const {columns, relations} = parts
  const renamed = (one: Name): Name => ({...one, key: parts.mapped.get(one.text) ?? one.key})
  return {
    kind: 'modelTable',
    ...spanOf(block.whole),
    source: 'prisma',
    name,
    table,
    columns,
    constraints: parts.constraints.map((one) =>
      one.kind === 'check' ? one : {...one, columns: one.columns.map((column) => renamed(column))},
    ),
    indexes: parts.indexes.map((one) => ({...one, columns: one.columns.map((column) => renamed(column))})),
    relations,
    code,
    section,
  }
}

/** `authorId String? @unique @default(uuid()) @map("author_id") @db.VarChar(40)` */
function fieldOf(line: Stretch, parts: Parts, enums: ReadonlyMap<string, readonly Text[]>): void {
  const match = /^([\w{}]+)\s+(([\w{}]+)(\[\])?(\?)?)/du.exec(line.text)
  const field = match ? group(line, match, 1) : undefined
  const written = match ? group(line, match, 2) : undefined
  const base = match ? group(line, match, 3) : undefined
  if (!match || !field || !written || !base) return
  const span = spanOf(line)
  const mapped = argument(line, /@map\s*\(\s*(?:name:\s*)?"([^"]*)"/du)
  const name = nameOf(mapped ?? field)
  parts.mapped.set(field.text, name.key)
  if (!scalars.test(base.text) && !enums.has(base.text) && !nameOf(base).hole) {
    parts.relations.push({...span, field: nameOf(field), to: nameOf(base), many: match[4] !== undefined})
    relationOf(line, parts)
    if (match[4] !== undefined || /@relation/u.test(line.text) || !/@default\b/u.test(line.text)) return
  }
  if (/@id\b/u.test(line.text)) parts.constraints.push({kind: 'primary', ...span, name: undefined, columns: [name]})
  if (/@unique\b/u.test(line.text)) parts.constraints.push({kind: 'unique', ...span, name: undefined, columns: [name]})
  parts.columns.push({
    kind: 'column',
    ...span,
    name,
    type: typeOfField(line, written, enums.get(base.text)),
    nullable: match[5] !== undefined,
    default: defaultOf(line),
    generated: /@default\(\s*autoincrement\(/u.test(line.text),
  })
}

/** `@db.VarChar(40)` says more than `String`; its range is still that of the written type. */
function typeOfField(line: Stretch, written: Stretch, values: readonly Text[] | undefined): TypeFact | undefined {
  const type = typeOf(written)
  const native = argument(line, /@db\.(\w+(?:\([^()]*\))?)/du)
  const exact = native ? typeOf(native) : undefined
  if (!type) return undefined
  if (values) return {...type, base: 'enum', values}
  return exact ? {...type, base: exact.base, size: exact.size} : type
}

function defaultOf(line: Stretch): Text | undefined {
  const at = line.text.search(/@default\s*\(/u)
  if (at < 0) return undefined
  const opening = line.text.indexOf('(', at)
  const end = closing(line.text, opening)
  return end < 0 ? undefined : toText(trim(part(line, opening + 1, end - 1)))
}

/** `@relation(fields: [authorId], references: [id], onDelete: Cascade)` */
function relationOf(line: Stretch, parts: Parts): void {
  const columns = argument(line, /@relation\([^)]*\bfields:\s*\[([^\]]*)\]/du)
  const target = argument(line, /@relation\([^)]*\breferences:\s*\[([^\]]*)\]/du)
  const action = argument(line, /@relation\([^)]*\bonDelete:\s*(\w+)/du)
  const to = parts.relations.at(-1)?.to
  if (!columns || !to) return
  parts.constraints.push({
    kind: 'foreign',
    ...spanOf(line),
    name: undefined,
    columns: namesIn(columns),
    table: to,
    target: target ? namesIn(target) : [],
    onDelete: action ? toText(action) : undefined,
  })
}

function attributeOfModel(line: Stretch, parts: Parts, table: Name): void {
  const what = /^@@(id|unique|index)\b/u.exec(line.text)?.[1]
  const list = argument(line, /^@@\w+\s*\(\s*(?:fields:\s*)?\[([^\]]*)\]/du)
  const map = argument(line, /\bmap:\s*"([^"]*)"/du)
  if (what === undefined || !list) return
  // `startsAt(sort: Desc)`, `title(length: 20)`
  const plain = list.text.replaceAll(/\([^()]*\)/gu, (inside) => ' '.repeat(inside.length))
  const columns = namesIn({...list, text: plain})
  const name = map ? nameOf(map) : undefined
  if (what === 'index')
    parts.indexes.push({
      kind: 'index',
      ...spanOf(line),
      name,
      table,
      columns,
      unique: false,
      partial: false,
      concurrently: false,
    })
  else parts.constraints.push({kind: what === 'id' ? 'primary' : 'unique', ...spanOf(line), name, columns})
}

function argument(line: Stretch, pattern: RegExp): Stretch | undefined {
  const match = pattern.exec(line.text)
  return match ? group(line, match, 1) : undefined
}
