/** What was read of a node, for the same node at another place of the text. Data alone: each kind is written out, since it is done often. */
import type {Label} from './labels.ts'
import type {Piece, PlainHeading} from './pieces.ts'
import type {Block, Cell, CodeBlock, Field, List, ListItem, Row, Span, Table, Text} from './types.ts'

export function shiftedPiece(piece: Piece, by: number): Piece {
  if (by === 0) return piece
  return {
    span: piece.span && moveSpan(piece.span, by),
    heading: piece.heading && moveHeading(piece.heading, by),
    blocks: piece.blocks.map((block) => moveBlock(block, by)),
    fields: piece.fields.map((field) => moveField(field, by)),
    labels: piece.labels.map((label) => moveLabel(label, by)),
    inline: moveInline(piece.inline, by),
    candidates: piece.candidates.map((one) => moveAny(one, by)),
    placeholders: piece.placeholders.map((one) => moveAny(one, by)),
  }
}

/** What has no range within. */
function moveAny<One extends Span>(one: One, by: number): One {
  return {...one, start: one.start + by, end: one.end + by}
}

function moveSpan({start, end}: Span, by: number): Span {
  return {start: start + by, end: end + by}
}

function moveText({start, end, text}: Text, by: number): Text {
  return {start: start + by, end: end + by, text}
}

function moveHeading({depth, inner}: PlainHeading, by: number): PlainHeading {
  return {depth, inner: moveText(inner, by)}
}

function moveLabel({label, value, span, colon}: Label, by: number): Label {
  return {label: moveText(label, by), value: moveText(value, by), span: moveSpan(span, by), colon}
}

function moveBlock(block: Block, by: number): Block {
  switch (block.kind) {
    case 'list':
      return moveList(block, by)
    case 'table':
      return moveTable(block, by)
    case 'code':
      return moveCode(block, by)
    default:
      return moveAny(block, by)
  }
}

function moveList({kind, start, end, ordered, items}: List, by: number): List {
  return {kind, start: start + by, end: end + by, ordered, items: items.map((item) => moveItem(item, by))}
}

function moveItem(item: ListItem, by: number): ListItem {
  return {
    kind: item.kind,
    start: item.start + by,
    end: item.end + by,
    text: item.text,
    textSpan: moveSpan(item.textSpan, by),
    number: item.number,
    checked: item.checked,
    checkbox: item.checkbox && moveSpan(item.checkbox, by),
    lead: item.lead && moveText(item.lead, by),
    blocks: item.blocks.map((block) => moveBlock(block, by)),
    fields: item.fields.map((field) => moveField(field, by)),
  }
}

function moveTable({kind, start, end, header, headerSpan, rows}: Table, by: number): Table {
  return {
    kind,
    start: start + by,
    end: end + by,
    header: header.map((cell) => moveCell(cell, by)),
    headerSpan: moveSpan(headerSpan, by),
    rows: rows.map((row) => moveRow(row, by)),
  }
}

function moveRow({start, end, cells}: Row, by: number): Row {
  return {start: start + by, end: end + by, cells: cells.map((cell) => moveCell(cell, by))}
}

function moveCell({kind, start, end, text}: Cell, by: number): Cell {
  return {kind, start: start + by, end: end + by, text}
}

function moveCode(code: CodeBlock, by: number): CodeBlock {
  return {
    ...moveAny(code, by),
    languageSpan: moveSpan(code.languageSpan, by),
    content: moveSpan(code.content, by),
    offsetAt: (index) => code.offsetAt(index) + by,
  }
}

function moveField({kind, start, end, label, value, style, blocks, fields}: Field, by: number): Field {
  return {
    kind,
    start: start + by,
    end: end + by,
    label: moveText(label, by),
    value: moveText(value, by),
    style,
    blocks: blocks.map((block) => moveBlock(block, by)),
    fields: fields.map((field) => moveField(field, by)),
  }
}

function moveInline(inline: Piece['inline'], by: number): Piece['inline'] {
  return {
    prose: inline.prose.map((text) => moveText(text, by)),
    inlineCode: inline.inlineCode.map((text) => moveText(text, by)),
    html: inline.html.map((text) => moveText(text, by)),
    links: inline.links.map((one) => ({...moveAny(one, by), urlSpan: moveSpan(one.urlSpan, by)})),
    definitions: inline.definitions.map((one) => ({...moveAny(one, by), urlSpan: moveSpan(one.urlSpan, by)})),
    referred: inline.referred,
    comments: inline.comments.map((text) => moveText(text, by)),
  }
}
