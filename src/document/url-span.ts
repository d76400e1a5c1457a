import type {Definition, Image, Link} from 'mdast'
import {type Context, spanOf} from './context.ts'
import type {Span} from './types.ts'

/** Where the address of a link, image or definition stands; the whole of it where it has no brackets (`<https://…>`). */
export function urlSpan(node: Link | Image | Definition, whole: Span, context: Context): Span {
  const raw = context.text.slice(whole.start, whole.end)
  const from = opening(node, raw, whole, context)
  if (from === undefined) return whole
  const start = whole.start + from
  if (raw.startsWith(node.url, from)) return {start, end: start + node.url.length}
  // The address has escapes: it reaches to its bracket or to the next space.
  const written = (raw[from - 1] === '<' ? /^[^>\n]*/u : /^\S*/u).exec(raw.slice(from))?.[0] ?? ''
  const closed = node.type !== 'definition' && written.endsWith(')')
  return {start, end: start + written.length - (closed ? 1 : 0)}
}

/** Offset in `raw` at which the address begins. */
function opening(node: Link | Image | Definition, raw: string, whole: Span, context: Context): number | undefined {
  if (node.type === 'definition') {
    const label = /^\[(?:\\.|[^\]\\])*\]:\s*<?/u.exec(raw)
    return label?.[0].length
  }
  const last = node.type === 'link' ? node.children.at(-1) : undefined
  const inner = last && spanOf(last, context)
  const after = inner ? Math.max(0, inner.end - whole.start) : 0
  const bracket = node.type === 'image' ? raw.lastIndexOf('](') : raw.indexOf('](', after)
  if (bracket < 0) return undefined
  return bracket + 2 + (/^\s*<?/u.exec(raw.slice(bracket + 2))?.[0].length ?? 0)
}
