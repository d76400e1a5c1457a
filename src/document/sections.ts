import {codesIn, listsIn, tablesIn} from './blocks.ts'
import {type Context, nowhere} from './context.ts'
import {owning} from './fields.ts'
import {make} from './items.ts'
import type {Piece, PlainHeading} from './pieces.ts'
import type {Depth, Heading, HeadingNumber, Item, Section, Span} from './types.ts'

const dotted = /^(\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)])\s+(?=\S)/u
const bare = /^(\d{1,2})\s+(?=\p{Lu})/u

type Draft = {-readonly [K in keyof Section]: Section[K]} & {
  children: Draft[]
  pieces: Piece[]
  labelItems: Item[]
}

export interface Sections {
  readonly root: Section
  readonly sections: readonly Section[]
  readonly headings: readonly Heading[]
  readonly labelItems: readonly Item[]
}

/** Of what was read of each node of the top level, in order. */
export function readSections(pieces: readonly Piece[], context: Context): Sections {
  const bareDepths = bareNumbered(pieces)
  const root = draft(undefined, 0, undefined, 0, context)
  const all: Draft[] = []
  let current = root
  for (const piece of pieces) {
    const {heading: plain, span} = piece
    if (!plain || !span) {
      current.pieces.push(piece)
      continue
    }
    const heading = readHeading(plain, span, bareDepths.has(plain.depth), context)
    let parent: Draft = current
    while (parent.depth >= plain.depth && parent.parent) parent = parent.parent as Draft
    current = draft(heading, plain.depth, parent, span.start, context)
    parent.children.push(current)
    all.push(current)
  }
  close([root, ...all], context)
  return {
    root,
    sections: all,
    headings: all.flatMap(({heading}) => heading ?? []),
    labelItems: [root, ...all].flatMap((section) => section.labelItems),
  }
}

function draft(
  heading: Heading | undefined,
  depth: 0 | Depth,
  parent: Draft | undefined,
  start: number,
  context: Context,
): Draft {
  return {
    kind: 'section',
    heading,
    depth,
    parent,
    start,
    end: context.text.length,
    children: [],
    body: nowhere,
    blocks: [],
    fields: [],
    lists: [],
    tables: [],
    codes: [],
    pieces: [],
    labelItems: [],
  }
}

function close(drafts: readonly Draft[], context: Context): void {
  for (const [index, section] of drafts.entries()) {
    const next = drafts[index + 1]?.start ?? context.text.length
    section.body = {start: section.heading?.end ?? section.start, end: next}
    section.blocks = section.pieces.flatMap(({blocks}) => blocks)
    section.fields = owning(
      section.pieces.flatMap(({fields}) => fields),
      section.blocks,
    )
    section.lists = listsIn(section.blocks)
    section.tables = tablesIn(section.blocks)
    section.codes = codesIn(section.blocks)
    section.labelItems = labelItems(section)
  }
  const open: Draft[] = []
  for (const section of drafts) {
    while (open.length > 0 && (open.at(-1)?.depth ?? 0) >= section.depth && section.depth > 0) {
      const closed = open.pop()
      if (closed) closed.end = section.start
    }
    open.push(section)
  }
}

/** `**FR-1: Search**` as a paragraph of its own; the list below it holds its fields. */
function labelItems(section: Draft): Item[] {
  const starts = section.pieces.flatMap(({labels}) => labels).flatMap(({label, span}) => make(label, span, 'label', []))
  return starts.map((item, index) => {
    const until = starts[index + 1]?.start ?? section.body.end
    const fields = section.fields.filter((field) => field.start >= item.end && field.start < until)
    return {...item, fields}
  })
}

function readHeading({depth, inner}: PlainHeading, span: Span, allowBare: boolean, context: Context): Heading {
  const {text} = inner
  const match = dotted.exec(text) ?? (allowBare ? bare.exec(text) : null)
  const printed = match?.[1]
  const number = printed === undefined ? undefined : readNumber(printed, inner.start, context)
  const titleText = number ? text.slice(match?.[0].length ?? 0) : text
  const start = number ? skipSpace(context.text, number.end, inner.end) : inner.start
  return {kind: 'heading', ...span, depth, text, number, title: {start, end: inner.end, text: titleText}}
}

function readNumber(printed: string, at: number, context: Context): HeadingNumber | undefined {
  const start = context.text.indexOf(printed, at)
  if (start !== at) return undefined
  const digits = printed.replace(/[.)]$/u, '')
  return {start, end: start + digits.length, text: digits, parts: digits.split('.').map(Number)}
}

function skipSpace(text: string, from: number, end: number): number {
  let at = from
  while (at < end && /[\s.)]/u.test(text[at] ?? '')) at += 1
  return at
}

/** Depths at which at least half of the headings begin with a bare number. */
function bareNumbered(pieces: readonly Piece[]): ReadonlySet<number> {
  const counts = new Map<number, [number, number]>()
  for (const {heading} of pieces) {
    if (!heading) continue
    const {depth, inner} = heading
    const count = counts.get(depth) ?? [0, 0]
    const isNumbered = /^\d/u.test(inner.text) && (bare.test(inner.text) || dotted.test(inner.text))
    counts.set(depth, [count[0] + (isNumbered ? 1 : 0), count[1] + 1])
  }
  return new Set(
    [...counts].filter(([, [numbered, all]]) => numbered * 2 >= all && numbered > 1).map(([depth]) => depth),
  )
}
