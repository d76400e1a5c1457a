import type {
  List as MdastList,
  ListItem as MdastItem,
  Nodes,
  Paragraph as MdastParagraph,
  Table as MdastTable,
} from 'mdast'
import {readCode} from './code.ts'
import {type Context, cover, nowhere, spanOf, trimSpan, visible} from './context.ts'
import {fieldsOf} from './fields.ts'
import {labelsOf} from './labels.ts'
import type {Block, Cell, CodeBlock, List, ListItem, Row, Span, Table, Text} from './types.ts'

const deepest = 100

export function blocksOf(nodes: readonly Nodes[], context: Context, depth = 0): readonly Block[] {
  return depth > deepest ? [] : nodes.flatMap((node) => blockOf(node, context, depth))
}

function blockOf(node: Nodes, context: Context, depth: number): readonly Block[] {
  const span = spanOf(node, context)
  if (!span) return []
  switch (node.type) {
    case 'paragraph':
      return [{kind: 'paragraph', ...span, text: visible(node)}]
    case 'blockquote':
      return [{kind: 'quote', ...span, text: visible(node)}]
    case 'list':
      return [readList(node, span, context, depth)]
    case 'table':
      return [readTable(node, span, context)]
    case 'code':
      return [readCode(node, context)]
    case 'html':
      return [{kind: 'html', ...span, comment: /^<!--([\s\S]*?)-->\s*$/u.exec(node.value)?.[1]?.trim()}]
    case 'heading':
      return []
    default:
      return [{kind: 'other', ...span, type: node.type}]
  }
}

function readList(node: MdastList, span: Span, context: Context, depth: number): List {
  const start = node.start ?? 1
  const items = node.children.flatMap((item, index) => {
    const own = spanOf(item, context)
    return own ? [readItem(item, own, node.ordered ? start + index : undefined, context, depth)] : []
  })
  return {kind: 'list', ...span, ordered: node.ordered === true, items}
}

function readItem(node: MdastItem, span: Span, number: number | undefined, context: Context, depth: number): ListItem {
  const first = node.children[0]
  const paragraph = first?.type === 'paragraph' ? first : undefined
  const box = /^[ \t]*(?:[-*+]|\d+[.)])[ \t]+(\[[ \txX]\])/u.exec(context.text.slice(span.start, span.start + 40))
  const checkbox = node.checked === null || node.checked === undefined || !box ? undefined : boxSpan(box, span)
  const textSpan = (paragraph && cover(paragraph.children, context)) ?? {start: span.end, end: span.end}
  const blocks = blocksOf(node.children, context, depth + 1)
  return {
    kind: 'listItem',
    ...span,
    text: paragraph ? visible(paragraph) : '',
    textSpan: trimSpan(
      context.text,
      checkbox && textSpan.start < checkbox.end ? {start: checkbox.end, end: textSpan.end} : textSpan,
    ),
    number: number === undefined ? undefined : (printed(context, span) ?? number),
    checked: checkbox ? node.checked === true : undefined,
    checkbox,
    lead: leadOf(paragraph, context),
    blocks,
    fields: fieldsOf(node.children, blocks, context, (nodes) => blocksOf(nodes, context, depth + 1)),
  }
}

function boxSpan(box: RegExpExecArray, span: Span): Span {
  const end = span.start + box[0].length
  return {start: end - (box[1]?.length ?? 3), end}
}

function printed(context: Context, span: Span): number | undefined {
  const digits = /^\s*(\d{1,9})[.)]/u.exec(context.text.slice(span.start, span.start + 20))?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function leadOf(paragraph: MdastParagraph | undefined, context: Context): Text | undefined {
  if (paragraph?.children[0]?.type !== 'strong') return undefined
  return labelsOf(paragraph, context)[0]?.label
}

function readTable(node: MdastTable, span: Span, context: Context): Table {
  const rows: readonly Row[] = node.children.flatMap((row) => {
    const own = spanOf(row, context)
    if (!own) return []
    const cells = row.children.map((cell): Cell => {
      const outer = spanOf(cell, context) ?? nowhere
      const inner = cover(cell.children, context)
      return {
        kind: 'cell',
        text: visible(cell),
        ...(inner ? trimSpan(context.text, inner) : hollow(context.text, outer)),
      }
    })
    return [{...own, cells}]
  })
  const [header, ...rest] = rows
  const headerSpan = header ? {start: header.start, end: header.end} : nowhere
  return {kind: 'table', ...span, header: header?.cells ?? [], headerSpan, rows: rest}
}

/** An empty range in the middle of an empty cell. */
function hollow(text: string, {start, end}: Span): Span {
  const from = text[start] === '|' ? start + 1 : start
  const at = Math.min(end, from + (text[from] === ' ' ? 1 : 0))
  return {start: at, end: at}
}

/** All lists, nested ones included, in order. */
export function listsIn(blocks: readonly Block[]): readonly List[] {
  return blocks.flatMap((block) =>
    block.kind === 'list' ? [block, ...block.items.flatMap((item) => listsIn(item.blocks))] : [],
  )
}

export function tablesIn(blocks: readonly Block[]): readonly Table[] {
  return blocks.flatMap((block) =>
    block.kind === 'list'
      ? block.items.flatMap((item) => tablesIn(item.blocks))
      : block.kind === 'table'
        ? [block]
        : [],
  )
}

export function codesIn(blocks: readonly Block[]): readonly CodeBlock[] {
  return blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.flatMap((item) => codesIn(item.blocks)) : block.kind === 'code' ? [block] : [],
  )
}
