import type {Block, Field, Json, ListItem, Section, Span, Table} from '../document/types.ts'
import type {BoundId, BoundSection, Operation} from '../rule/types.ts'
import type {Prepared} from './prepare.ts'

/** A document as one JSON value, and where each part of it stands. */
export interface Exported {
  readonly value: {readonly [key: string]: Json}
  /** JSON Pointer into the value to a range of the text. */
  readonly spans: ReadonlyMap<string, Span>
}

type Place = (pointer: string, span: Span) => void

/**
 * The value: `type`, `title`, `status`, `metadata`, `sections` (nested; each with its text, fields, tables, items, code), `ids`
 * with who names them, `schemaChanges`, and `operations` of the SQL (needs the parsers loaded). Positions are in `spans`, by JSON Pointer.
 */
export function exportOf({document, type, schemaChanges, schema}: Prepared, path: string): Exported {
  const spans = new Map<string, Span>()
  const place: Place = (pointer, {start, end}) => spans.set(pointer, {start, end})
  if (document.title) place('/title', document.title.title)
  if (type.status) place('/status', type.status.value)
  for (const {property, entry} of type.metadata.entries) place(`/metadata/${escaped(property)}`, entry.valueSpan)
  const title = document.sections.find(({heading}) => heading === document.title)
  const tops = document.root.children.flatMap((section) => (section === title ? section.children : [section]))
  const preamble = [document.root, ...(title ? [title] : [])].flatMap(({blocks}) => blocks)
  const value = {
    path,
    type: type.type.name,
    title: document.title?.text ?? null,
    status: type.status?.value.text ?? null,
    metadata: type.metadata.value,
    text: textOf(preamble),
    sections: tops.map((section, index) =>
      sectionValue(section, `/sections/${index}`, (one) => type.boundOf(one), place),
    ),
    ids: type.ids
      .flatMap(({spec, definitions}) => definitions.map((one) => ({one, kind: spec.name})))
      .map(({one, kind}, index) => idValue(one, kind, `/ids/${index}`, place)),
    schemaChanges: schemaChanges.map(({operation, name, label, source, start, end}, index) => {
      place(`/schemaChanges/${index}`, {start, end})
      return {operation, name: name ?? null, label, source}
    }),
    operations: schema.sql.statements
      .flatMap(({operations}) => operations)
      .map((operation, index) => operationValue(operation, `/operations/${index}`, place)),
  }
  return {value, spans}
}

function sectionValue(
  section: Section,
  at: string,
  boundOf: (section: Section) => BoundSection | undefined,
  place: Place,
): Json {
  const {heading, children, blocks, fields, tables, codes} = section
  if (heading) place(`${at}/heading`, heading.title)
  const items = blocks.flatMap((block) => (block.kind === 'list' ? block.items : []))
  return {
    id: boundOf(section)?.spec.id ?? null,
    heading: heading?.title.text ?? '',
    number: heading?.number?.text ?? null,
    depth: section.depth,
    text: textOf(blocks),
    fields: fieldsValue(fields, `${at}/fields`, place),
    tables: tables.map((table, index) => tableValue(table, `${at}/tables/${index}`, place)),
    items: items.map((item, index) => itemValue(item, `${at}/items/${index}`, place)),
    code: codes.map(({language, value, content}, index) => {
      place(`${at}/code/${index}`, content)
      return {language: language ?? null, value}
    }),
    sections: children.map((child, index) => sectionValue(child, `${at}/sections/${index}`, boundOf, place)),
  }
}

/** Paragraphs and quotes, an empty line between them. */
function textOf(blocks: readonly Block[]): string {
  return blocks
    .flatMap((block) => (block.kind === 'paragraph' || block.kind === 'quote' ? [block.text] : []))
    .join('\n\n')
}

/** Labels to values: a text, or what stands below the label. A label that comes again keeps its first value. */
function fieldsValue(fields: readonly Field[], at: string, place: Place): {readonly [label: string]: Json} {
  const entries = new Map<string, Json>()
  for (const field of fields) {
    const label = field.label.text
    if (entries.has(label)) continue
    const pointer = `${at}/${escaped(label)}`
    place(pointer, field.value.text === '' ? field.label : field.value)
    entries.set(label, fieldValue(field, pointer, place))
  }
  return Object.fromEntries(entries)
}

function fieldValue({value, fields, blocks}: Field, at: string, place: Place): Json {
  if (fields.length > 0) {
    const inner = fieldsValue(fields, at, place)
    return value.text === '' ? inner : {'': value.text, ...inner}
  }
  const items = blocks.flatMap((block) => (block.kind === 'list' ? block.items.map(({text}) => text) : []))
  const below = textOf(blocks)
  if (value.text === '' && items.length > 0) return items
  return [value.text, below].filter((text) => text !== '').join('\n\n')
}

function tableValue({header, rows, headerSpan}: Table, at: string, place: Place): Json {
  place(at, headerSpan)
  return {
    columns: header.map(({text}) => text),
    rows: rows.map(({cells}, row) =>
      Object.fromEntries(
        header.map(({text}, column) => {
          const cell = cells[column]
          if (cell) place(`${at}/rows/${row}/${escaped(text)}`, cell)
          return [text, cell?.text ?? null]
        }),
      ),
    ),
  }
}

function itemValue(item: ListItem, at: string, place: Place): Json {
  place(at, item.textSpan)
  const nested = item.blocks.flatMap((block) => (block.kind === 'list' ? block.items : []))
  const fields = fieldsValue(item.fields, `${at}/fields`, place)
  return {
    text: item.text,
    ...(item.number !== undefined && {number: item.number}),
    ...(item.checked !== undefined && {checked: item.checked}),
    ...(Object.keys(fields).length > 0 && {fields}),
    ...(nested.length > 0 &&
      Object.keys(fields).length === 0 && {
        items: nested.map((one, index) => itemValue(one, `${at}/items/${index}`, place)),
      }),
  }
}

function idValue({item, coveredBy}: BoundId, kind: string, at: string, place: Place): Json {
  place(at, item.idSpan)
  place(`${at}/title`, item.title)
  return {
    id: item.id,
    kind,
    title: item.title.text,
    fields: fieldsValue(item.fields, `${at}/fields`, place),
    namedBy: coveredBy.map(({spec, by}, index) => {
      const cover = coveredBy[index]
      if (cover) place(`${at}/namedBy/${index}`, cover.at)
      return {source: spec.name, id: by ?? null}
    }),
  }
}

/** What a statement does: its kind, and the names of the objects that it touches. */
function operationValue(operation: Operation, at: string, place: Place): Json {
  place(at, operation)
  const {statement: _statement, kind, start: _start, end: _end, ...parts} = operation
  const names = Object.entries(parts).flatMap(([key, part]): readonly (readonly [string, Json])[] => {
    if (typeof part === 'string' || typeof part === 'boolean') return [[key, part]]
    const name = nameIn(part)
    return name === undefined ? [] : [[key, name]]
  })
  return {kind, ...Object.fromEntries(names)}
}

/** The name of a table, column, constraint or index; those of a list. */
function nameIn(part: unknown): Json | undefined {
  if (Array.isArray(part)) {
    const names = part.map(nameIn).filter((name) => name !== undefined)
    return names.length > 0 ? names : undefined
  }
  if (typeof part !== 'object' || part === null) return undefined
  if ('text' in part && typeof part.text === 'string') return part.text
  return 'name' in part ? nameIn(part.name) : undefined
}

/** A part of a JSON Pointer. */
function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
