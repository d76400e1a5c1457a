import type {Field, Heading, Item, ListItem, Section, Span, Table, Text} from './types.ts'
import {countBefore} from './search.ts'

/** An identifier at the start of a heading, label or item: `FR-1`, `FR3.1`, `UC-2`. */
const idPattern = /^([A-Z][A-Z0-9]{0,9}?)(-?)(\d+(?:\.\d+)*)(?=\s*[:–—-]|\s|\.\s|$)/u
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

export function isLookalike(prefix: string): boolean {
  return lookalikes.has(prefix)
}

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
  const {start, end} = item.textSpan
  const text = item.lead ?? {start, end, text: item.text}
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

/** Items with the range of their identifier as the leaves of the tree have it, past the markup around. */
export function located(items: readonly Item[], leaves: readonly Text[]): readonly Item[] {
  return items.map((item) => ({...item, idSpan: idSpanOf(item, leaves) ?? item.idSpan}))
}

/** `leaves` are the texts and code of the document, in order. */
function idSpanOf({id, idSpan, title}: Item, leaves: readonly Text[]): Span | undefined {
  let known = 0
  let start: number | undefined
  for (let index = firstAfter(leaves, idSpan.start); known < id.length; index += 1) {
    const leaf = leaves[index]
    if (!leaf || leaf.start >= title.end) return undefined
    for (let at = Math.max(0, idSpan.start - leaf.start); at < leaf.text.length;) {
      const end = at + written(leaf.text, at, id[known] ?? '')
      if (end > at) {
        start ??= leaf.start + at
        known += 1
        if (known === id.length) return {start, end: leaf.start + end}
      } else if (start !== undefined || !/[\s`]/u.test(leaf.text[at] ?? '')) return undefined
      at = Math.max(end, at + 1)
    }
  }
  return undefined
}

/** Length in which the source writes a letter: itself, escaped, or as a character reference; 0 for another letter. */
function written(source: string, at: number, letter: string): number {
  if (source[at] === letter) return 1
  if (source[at] === '\\' && source[at + 1] === letter) return 2
  return source[at] === '&' ? (/^&#?\w{1,31};/u.exec(source.slice(at, at + 34))?.[0].length ?? 0) : 0
}

/** Index of the first leaf that ends behind an offset. */
function firstAfter(leaves: readonly Text[], offset: number): number {
  return countBefore(leaves, ({end}) => end <= offset)
}
