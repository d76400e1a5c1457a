import type {Nodes} from 'mdast'
import type {Span} from './types.ts'

export interface Context {
  readonly text: string
  /** Added to a node's offset to get the original offset. */
  readonly shift: number
}

export const nowhere: Span = {start: 0, end: 0}

/** Range of a node, checked; `undefined` for the nodes that the parser leaves without a position. */
export function spanOf(node: Nodes, {text, shift}: Context): Span | undefined {
  const start = node.position?.start.offset
  const end = node.position?.end.offset
  if (start === undefined || end === undefined || end < start) return undefined
  return {start: Math.min(start + shift, text.length), end: Math.min(end + shift, text.length)}
}

const lineBreak = /^<br\s*\/?>$/i
const phrasing = new Set(['text', 'inlineCode', 'emphasis', 'strong', 'delete', 'link', 'linkReference'])

export function visible(node: Nodes): string {
  const text = textOf(node).trim()
  return oddSpace.test(text) ? text.replaceAll(/\s+/gu, ' ') : text
}

/** Any but one blank between two words. */
const oddSpace = /[^\S ]| {2}/u

/** What a reader sees of a node, spaces as they come; words that a line break or a block parts stay apart. */
export function textOf(node: Nodes): string {
  const pieces: string[] = []
  // A stack of its own: a hostile document nests as deep as it likes.
  const stack: Nodes[] = [node]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if ('children' in next) {
      if (!phrasing.has(next.type)) pieces.push(' ')
      for (let index = next.children.length - 1; index >= 0; index -= 1) {
        const child = next.children[index]
        if (child) stack.push(child)
      }
    } else if (next.type === 'html') pieces.push(lineBreak.test(next.value) ? ' ' : '')
    else if ('value' in next) pieces.push(next.value)
    else if ('alt' in next) pieces.push(next.alt ?? '')
    else if (next.type === 'break') pieces.push(' ')
  }
  return pieces.join('')
}

/** A range without white space at its ends. */
export function trimSpan(text: string, {start, end}: Span): Span {
  let from = start
  let to = end
  while (from < to && isSpace(text.charCodeAt(from))) from += 1
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1
  return {start: from, end: to}
}

/** The code of a character that is white space, as `\s` has it. */
export function isSpace(code: number): boolean {
  return code <= 0x20
    ? code === 0x20 || (code >= 0x09 && code <= 0x0d)
    : code >= 0xa0 && /\s/u.test(String.fromCharCode(code))
}

/** Range from the first to the last positioned node. */
export function cover(nodes: readonly Nodes[], context: Context): Span | undefined {
  const spans = nodes.map((node) => spanOf(node, context)).filter((span) => span !== undefined)
  const first = spans[0]
  const last = spans.at(-1)
  return first && last ? {start: first.start, end: Math.max(first.end, last.end)} : undefined
}
