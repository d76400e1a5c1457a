import type {Field, Heading, Item, ListItem, Mention, Section, Span, Table, Text} from './types.ts'

/** An identifier at the start of a heading, label or item: `FR-1`, `FR3.1`, `UC-2`. */
const idPattern = /^([A-Z][A-Z0-9]{0,9}?)(-?)(\d+(?:\.\d+)*)(?=\s*[:–—-]|\s|\.\s|$)/u
const anywhere = /(?<![\p{L}\p{N}_./#-])([A-Z][A-Z0-9]{0,9}?)(-?)(\d+(?:\.\d+)*)(?![\p{L}\p{N}_])/gu
/** Words of the trade that look like identifiers. */
const lookalikes = new Set([
  'UTF',
  'SHA',
  'ISO',
  'RFC',
  'H',
  'P',
  'S',
  'EC',
  'MD',
  'HTTP',
  'V',
  'COVID',
  'ES',
  'IPV',
  'OAUTH',
  'TLS',
  'AES',
  'RSA',
  'CVE',
  'PEP',
  'JSR',
  'ECMA',
  'K',
  'B',
  'C',
  'X',
  'Q',
])

export function readId(
  text: string,
): {readonly id: string; readonly prefix: string; readonly length: number} | undefined {
  const [id, prefix] = idPattern.exec(text) ?? []
  return id === undefined || prefix === undefined || lookalikes.has(prefix)
    ? undefined
    : {id, prefix, length: id.length}
}

export function itemsOf(root: Section, sections: readonly Section[]): readonly Item[] {
  const found: Item[] = []
  for (const section of [root, ...sections]) {
    if (section.heading) found.push(...headingItem(section.heading, section.fields))
    for (const list of section.lists) for (const item of list.items) found.push(...listItem(item))
    for (const table of section.tables) found.push(...cellItems(table))
  }
  return found
}

function headingItem(heading: Heading, fields: readonly Field[]): readonly Item[] {
  return make(heading.title, heading, 'heading', fields)
}

function listItem(item: ListItem): readonly Item[] {
  const text = item.lead ?? {...item.textSpan, text: item.text}
  return make(text, item, 'listItem', item.fields)
}

function cellItems(table: Table): readonly Item[] {
  return table.rows.flatMap((row) => (row.cells[0] ? make(row.cells[0], row, 'cell', []) : []))
}

export function make(text: Text, span: Span, where: Item['where'], fields: readonly Field[]): readonly Item[] {
  const read = readId(text.text)
  if (!read) return []
  const rest = text.text.slice(read.length)
  const title = rest.replace(/^\s*[:–—.-]?\s*/u, '')
  if (where !== 'cell' && !/^\s*[:–—.-]/u.test(rest) && rest.trim() !== '' && where !== 'heading') return []
  const start = Math.max(text.start, text.end - title.length)
  return [
    {
      kind: 'item',
      start: span.start,
      end: span.end,
      id: read.id,
      prefix: read.prefix,
      idSpan: {start: text.start, end: Math.min(text.end, text.start + read.length)},
      title: {start, end: text.end, text: title},
      where,
      fields,
    },
  ]
}

export function mentionsOf(prose: readonly Text[], items: readonly Item[]): readonly Mention[] {
  const prefixes = new Set(items.map(({prefix}) => prefix))
  return prose.flatMap(({text, start}) =>
    [...text.matchAll(anywhere)].flatMap((match) => {
      const [id, prefix = '', hyphen] = match
      if (lookalikes.has(prefix) || (hyphen === '' && !prefixes.has(prefix))) return []
      return [{id, prefix, start: start + match.index, end: start + match.index + id.length}]
    }),
  )
}
