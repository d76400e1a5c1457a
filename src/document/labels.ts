import type {Paragraph, PhrasingContent} from 'mdast'
import {type Context, spanOf, textOf, trimSpan, visible} from './context.ts'
import type {Span, Text} from './types.ts'

/** A bold label at the start of a line of a paragraph, and what follows it up to the next one. */
export interface Label {
  readonly label: Text
  readonly value: Text
  readonly span: Span
  /** A colon ends it, inside or outside the bold. */
  readonly colon: boolean
}

export function labelsOf(paragraph: Paragraph, context: Context): readonly Label[] {
  const whole = paragraph.children.some(({type}) => type === 'strong') ? spanOf(paragraph, context) : undefined
  if (!whole) return []
  const starts = paragraph.children.flatMap((node, at) =>
    startOf(node, whole, context).map((start) => ({...start, at})),
  )
  return starts.map((start, index) => {
    const end = starts[index + 1]?.strong.start ?? whole.end
    const raw = trimSpan(context.text, {
      start: start.valueStart,
      end: trimSeparator(context.text, {start: start.valueStart, end}),
    })
    const value = {...raw, text: visibleIn(paragraph.children.slice(start.at, starts[index + 1]?.at), raw, context)}
    return {
      label: start.label,
      value,
      span: {start: start.strong.start, end: Math.max(raw.end, start.valueStart)},
      colon: start.colon,
    }
  })
}

function startOf(
  node: PhrasingContent,
  whole: Span,
  context: Context,
): readonly {label: Text; strong: Span; valueStart: number; colon: boolean}[] {
  const strong = node.type === 'strong' ? spanOf(node, context) : undefined
  if (!strong) return []
  const {text} = context
  if (!beginsLine(text, whole.start, strong.start)) return []
  const name = visible(node)
  const inside = /[:：]$/u.test(name)
  const after = /^[ \t]*[:：]/u.exec(text.slice(strong.end, strong.end + 3))
  const inner = trimSpan(text, {start: strong.start + 2, end: strong.end - 2})
  const shorter = inside ? trimSpan(text, {start: inner.start, end: inner.end - 1}) : inner
  const valueStart = inside ? strong.end : strong.end + (after?.[0].length ?? 0)
  return [
    {label: {...shorter, text: name.replace(/\s*[:：]$/u, '')}, strong, valueStart, colon: inside || after !== null},
  ]
}

/** Nothing but blanks and marks of quotes stand between it and the line's start, a bar or a bullet. */
function beginsLine(text: string, least: number, offset: number): boolean {
  let start = offset
  while (start > least && /[^\S\r\n]|>/u.test(text[start - 1] ?? '')) start -= 1
  return start === least || /[\r\n|·•]/u.test(text[start - 1] ?? '')
}

function trimSeparator(text: string, {start, end}: Span): number {
  const tail = /(?<![\s|·•\\])[\s|·•\\]+$/u.exec(text.slice(start, end))
  return tail && /[|·•\\]/u.test(tail[0]) ? end - tail[0].length : end
}

/** Visible text of the part of some inline nodes that lies in a range. */
function visibleIn(nodes: readonly PhrasingContent[], range: Span, context: Context): string {
  const pieces = nodes.map((node) => {
    const span = spanOf(node, context)
    if (!span || span.end <= range.start || span.start >= range.end)
      return span || node.type !== 'text' ? '' : node.value
    if (span.start >= range.start && span.end <= range.end) return textOf(node)
    return context.text.slice(Math.max(span.start, range.start), Math.min(span.end, range.end))
  })
  return pieces.join('').replaceAll(/\s+/gu, ' ').trim()
}
