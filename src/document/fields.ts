import {expression} from './expressions.ts'
import type {List as MdastList, ListItem as MdastItem, Nodes, Paragraph as MdastParagraph} from 'mdast'
import {type Context, cover, spanOf, trimSpan, visible} from './context.ts'
import {readId} from './items.ts'
import {labelsOf} from './labels.ts'
import type {Block, Field, Span} from './types.ts'

const plainLabel = expression('u')`^(\p{L}[\p{L}\p{N} /&'’().-]{0,48}?)[:：](?:\s|$)`

/** Reads nodes as blocks; an argument, since blocks hold fields in their turn. */
export type ReadBlocks = (nodes: readonly Nodes[]) => readonly Block[]

/** The labelled lines of a run of sibling nodes, in order. `blocks` are the same siblings as blocks. */
export function fieldsOf(
  nodes: readonly Nodes[],
  blocks: readonly Block[],
  context: Context,
  read: ReadBlocks,
): readonly Field[] {
  return owning(
    nodes.flatMap((node) => fieldsIn(node, context, read)),
    blocks,
  )
}

/** The labelled lines of a node, before they own what follows them. */
export function fieldsIn(node: Nodes, context: Context, read: ReadBlocks): readonly Field[] {
  if (node.type === 'paragraph') return paragraphFields(node, context)
  return node.type === 'list' ? listFields(node, context, read) : []
}

function paragraphFields(node: MdastParagraph, context: Context): readonly Field[] {
  return labelsOf(node, context)
    .filter(({label, colon}) => colon && readId(label.text) === undefined)
    .map(({label, value, span}) => ({kind: 'field', ...span, label, value, style: 'bold', blocks: [], fields: []}))
}

function listFields(list: MdastList, context: Context, read: ReadBlocks): readonly Field[] {
  return list.children.flatMap((item) => itemField(item, context, read))
}

function itemField(item: MdastItem, context: Context, read: ReadBlocks): readonly Field[] {
  const first = item.children[0]
  const span = spanOf(item, context)
  if (first?.type !== 'paragraph' || !span || (item.checked !== null && item.checked !== undefined)) return []
  const label = first.children[0]?.type === 'strong' ? boldLabel(first, context) : textLabel(first, context)
  if (!label || readId(label.label.text)) return []
  const rest = item.children.slice(1)
  const blocks = read(rest)
  const nested = rest.flatMap((node) => (node.type === 'list' ? listFields(node, context, read) : []))
  return [{kind: 'field', ...span, ...label, style: 'item', blocks, fields: nested}]
}

function boldLabel(paragraph: MdastParagraph, context: Context): Pick<Field, 'label' | 'value'> | undefined {
  const first = labelsOf(paragraph, context)[0]
  return first?.colon ? {label: first.label, value: first.value} : undefined
}

function textLabel(paragraph: MdastParagraph, context: Context): Pick<Field, 'label' | 'value'> | undefined {
  const text = paragraph.children[0]
  const whole = cover(paragraph.children, context)
  if (text?.type !== 'text' || !whole) return undefined
  const source = context.text.slice(whole.start, whole.end)
  const name = plainLabel.exec(source)?.[1]?.trim()
  if (name === undefined || name.split(/\s+/u).length > 5) return undefined
  const colon = whole.start + source.search(/[:：]/u)
  const value = trimSpan(context.text, {start: Math.min(colon + 1, whole.end), end: whole.end})
  const shown = visible(paragraph)
  return {
    label: {start: whole.start, end: whole.start + name.length, text: name},
    value: {...value, text: shown.slice(shown.search(/[:：]/u) + 1).trim()},
  }
}

/** Gives a label without a value the blocks that follow it, up to the next label. */
export function owning(fields: readonly Field[], blocks: readonly Block[]): readonly Field[] {
  const bold = fields.filter(({style}) => style === 'bold')
  const next = new Map<Field, Field | undefined>(bold.map((field, index) => [field, bold[index + 1]]))
  return fields.map((field) => {
    if (field.style === 'item') return field
    const until = next.get(field)?.start ?? Number.POSITIVE_INFINITY
    const own = blocks.filter((block) => block.start >= field.end && block.start < until && !holds(block, field))
    const nested = fields.filter((other) => other.style === 'item' && own.some((block) => holds(block, other)))
    return {...field, blocks: own, fields: nested}
  })
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
