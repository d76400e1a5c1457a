/**
 * Lists without the lines below them that their last item swallows. `**Rules:**` right under a bullet goes on with that bullet for
 * Markdown, since no empty line parts the two; whoever wrote it means a paragraph, and the list below it as one of its own.
 */
import type {List, ListItem, Paragraph, RootContent} from 'mdast'
import {expression} from './expressions.ts'
import type {Context} from './context.ts'
import {originOf} from './moved.ts'

/** Lists that swallow nothing, as they were parsed. */
const whole = new WeakSet<RootContent>()
const known = new WeakMap<RootContent, {readonly shift: number; readonly parts: readonly RootContent[]}>()

/** The list, the paragraph and the list behind it that a list is meant to be; any other node as it is. */
export function partsOf(node: RootContent, context: Context): readonly RootContent[] {
  if (node.type !== 'list') return [node]
  const base = originOf(node)?.node ?? node
  if (whole.has(base)) return [node]
  const before = known.get(node)
  if (before?.shift === context.shift) return before.parts
  const parts = hasLabel(node, context) ? divided(node, context) : [node]
  if (parts.length === 1) whole.add(base)
  else known.set(node, {shift: context.shift, parts})
  return parts
}

const labelled = /\n[ \t]{0,3}\*\*\S/u

function hasLabel({position}: List, {text, shift}: Context): boolean {
  const [start, end] = [position?.start.offset, position?.end.offset]
  return start !== undefined && end !== undefined && labelled.test(text.slice(start + shift, end + shift))
}

function divided(list: List, context: Context): readonly RootContent[] {
  const parts: RootContent[] = []
  let from = 0
  for (const [index, item] of list.children.entries()) {
    const cut = cutItem(item, context, 0)
    if (!cut) continue
    parts.push(partOf(list, from, [...list.children.slice(from, index), cut.item]), cut.rest)
    from = index + 1
  }
  return from < list.children.length ? [...parts, partOf(list, from, list.children.slice(from))] : parts
}

function partOf(list: List, from: number, children: ListItem[]): List {
  const [first, last] = [children[0]?.position, children.at(-1)?.position]
  const position = first && last ? {start: first.start, end: last.end} : list.position
  const start = typeof list.start === 'number' ? {start: list.start + from} : {}
  return {...list, ...start, children, ...(position ? {position} : {})}
}

interface Cut {
  readonly item: ListItem
  readonly rest: Paragraph
}

/** Lists that hold each other, as far as people nest them. */
const deepest = 20

/** An item without the lines that its last paragraph swallows. */
function cutItem(item: ListItem, context: Context, depth: number): Cut | undefined {
  const last = item.children.at(-1)
  const others = item.children.slice(0, -1)
  if (last?.type === 'paragraph') {
    const cut = cutParagraph(last, context)
    return cut && {item: shortened(item, [...others, cut.head]), rest: cut.rest}
  }
  const inner = last?.type === 'list' && depth < deepest ? last.children.at(-1) : undefined
  const cut = inner && cutItem(inner, context, depth + 1)
  if (!cut || last?.type !== 'list') return undefined
  return {
    item: shortened(item, [...others, shortened(last, [...last.children.slice(0, -1), cut.item])]),
    rest: cut.rest,
  }
}

function shortened<T extends List | ListItem>(node: T, children: T['children']): T {
  const end = children.at(-1)?.position?.end
  return {...node, children, ...(node.position && end ? {position: {...node.position, end}} : {})}
}

/** The words of a label at the start of a line: `**FR-2: Seal boxes** (Must)`, `**Rules:** …`, or bold words that are alone. */
const label = expression(
  'uy',
)`\*\*(?!\s)(?:[^*\n]{1,80}:\*\*|[^*\n]{1,80}\*\*(?::|[ \t]*(?=\r?\n|$))|[A-Z]{1,6}-?\d[^*\n]{0,80}\*\*)`

function cutParagraph(
  paragraph: Paragraph,
  {text, shift}: Context,
): {readonly head: Paragraph; readonly rest: Paragraph} | undefined {
  const {position} = paragraph
  if (!position) return undefined
  for (const [index, node] of paragraph.children.entries()) {
    const start = node.type === 'strong' ? node.position?.start : undefined
    if (!start || start.offset === undefined || index === 0) continue
    const at = start.offset + shift
    const line = text.lastIndexOf('\n', at - 1) + 1
    label.lastIndex = at
    // What stands further to the right than a paragraph does is meant to be a part of the item.
    if (line > at || at - line > 1 || text.slice(line, at).trim() !== '' || !label.test(text)) continue
    const end = text.slice(0, line).trimEnd().length
    const offset = end - shift
    if (offset <= (position.start.offset ?? 0)) return undefined
    const above = text.slice(end, line).split('\n').length - 1
    const column = end - text.lastIndexOf('\n', end - 1)
    const point = {line: start.line - above, column, offset}
    const last = paragraph.children[index - 1]
    const cut =
      last?.type === 'text' && last.position
        ? [{...last, value: last.value.trimEnd(), position: {...last.position, end: point}}]
        : last && last.type !== 'break'
          ? [last]
          : []
    return {
      head: {
        ...paragraph,
        children: [...paragraph.children.slice(0, index - 1), ...cut],
        position: {...position, end: point},
      },
      rest: {type: 'paragraph', children: paragraph.children.slice(index), position: {start, end: position.end}},
    }
  }
  return undefined
}
