/**
 * What is read of each node of the top level, by itself: it depends on the node and its own source alone. Of a text that is edited
 * most nodes stay what they are, or move as a whole, and so does what was read of them.
 */
import type {Heading, Nodes, RootContent} from 'mdast'
import {blocksOf, codesIn} from './blocks.ts'
import {type Context, cover, spanOf, trimSpan, visible} from './context.ts'
import {fieldsIn} from './fields.ts'
import {type Inline, readInline} from './inline.ts'
import {type Label, labelsOf} from './labels.ts'
import {type Candidate, candidatesIn} from './mentions.ts'
import {type Origin, originOf} from './moved.ts'
import {placeholdersIn} from './placeholders.ts'
import {shiftedPiece} from './shifted.ts'
import type {Block, Depth, Field, Placeholder, Span, Text} from './types.ts'

export interface Piece {
  /** `undefined` for the nodes that the parser leaves without a position. */
  readonly span: Span | undefined
  readonly heading: PlainHeading | undefined
  readonly blocks: readonly Block[]
  /** Labelled lines, before they own what follows them. */
  readonly fields: readonly Field[]
  /** Labels of a paragraph. */
  readonly labels: readonly Label[]
  /** Without what only tells where a placeholder stands. */
  readonly inline: Omit<Inline, 'headings' | 'cells'>
  /** What names an identifier, if there are such identifiers. */
  readonly candidates: readonly Candidate[]
  readonly placeholders: readonly Placeholder[]
}

/** A heading whose number is not told from its title yet. */
export interface PlainHeading {
  readonly depth: Depth
  /** Visible text, and where it stands in the source. */
  readonly inner: Text
}

interface Known {
  readonly piece: Piece
  /** Offsets are those of the node and this much. */
  readonly shift: number
}

const known = new WeakMap<Nodes, Known>()

export function pieceOf(node: RootContent, context: Context): Piece {
  const before = known.get(node)
  if (before?.shift === context.shift) return before.piece
  const origin = originOf(node)
  const first = origin && firstOf(origin)
  const piece = first
    ? shiftedPiece(first.piece, origin.offset + context.shift - first.shift)
    : readPiece(node, context)
  known.set(node, {piece, shift: context.shift})
  if (origin && !first) known.set(origin.node, {piece, shift: origin.offset + context.shift})
  return piece
}

/** What was read of a node before it moved: of its own source, for what is read of a text keeps the whole of it in memory. */
function firstOf({node, source}: Origin): Known | undefined {
  const before = known.get(node)
  if (before || source === undefined) return before
  const first = {piece: readPiece(node, {text: source, shift: 0}), shift: 0}
  known.set(node, first)
  return first
}

function readPiece(node: RootContent, context: Context): Piece {
  const span = spanOf(node, context)
  const isRead = span !== undefined && node.type !== 'heading' && node.type !== 'yaml'
  const blocks = isRead ? blocksOf([node], context) : []
  const {headings, cells, ...inline} = readInline(node, context)
  return {
    span,
    heading: span && node.type === 'heading' ? readHeading(node, span, context) : undefined,
    blocks,
    fields: isRead ? fieldsIn(node, context, (nodes) => blocksOf(nodes, context)) : [],
    labels: isRead && node.type === 'paragraph' ? labelsOf(node, context) : [],
    inline,
    candidates: candidatesIn(inline.prose),
    placeholders: placeholdersIn({...inline, headings, cells}, codesIn(blocks)),
  }
}

function readHeading(node: Heading, span: Span, context: Context): PlainHeading {
  const inner = trimSpan(context.text, cover(node.children, context) ?? {start: span.end, end: span.end})
  return {depth: node.depth, inner: {...inner, text: visible(node)}}
}
