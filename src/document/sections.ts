import type {Heading as MdastHeading, Nodes, Paragraph, Root} from 'mdast'
import {blocksOf} from './blocks.ts'
import {type Context, cover, nowhere, spanOf, trimSpan, visible} from './context.ts'
import {fieldsOf} from './fields.ts'
import {labelsOf} from './labels.ts'
import {make} from './items.ts'
import type {Block, CodeBlock, Depth, Heading, HeadingNumber, Item, List, Section, Table} from './types.ts'

const dotted = /^(\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)])\s+(?=\S)/u
const bare = /^(\d{1,2})\s+(?=\p{Lu})/u

type Draft = {-readonly [K in keyof Section]: Section[K]} & {children: Draft[]; nodes: Nodes[]; labelItems: Item[]}

export interface Sections {
  readonly root: Section
  readonly sections: readonly Section[]
  readonly headings: readonly Heading[]
  readonly labelItems: readonly Item[]
}

export function readSections(tree: Root, context: Context): Sections {
  const bareDepths = bareNumbered(tree)
  const root = draft(undefined, 0, undefined, 0, context)
  const all: Draft[] = []
  let current = root
  for (const node of tree.children) {
    const span = spanOf(node, context)
    if (node.type !== 'heading') {
      if (node.type !== 'yaml' && span) current.nodes.push(node)
      continue
    }
    if (!span) continue
    const heading = readHeading(node, bareDepths.has(node.depth), context)
    let parent: Draft = current
    while (parent.depth >= node.depth && parent.parent) parent = parent.parent as Draft
    current = draft(heading, node.depth, parent, span.start, context)
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
    nodes: [],
    labelItems: [],
  }
}

function close(drafts: readonly Draft[], context: Context): void {
  for (const [index, section] of drafts.entries()) {
    const next = drafts[index + 1]?.start ?? context.text.length
    section.body = {start: section.heading?.end ?? section.start, end: next}
    section.blocks = blocksOf(section.nodes, context)
    section.fields = fieldsOf(section.nodes, section.blocks, context, (nodes) => blocksOf(nodes, context))
    section.lists = listsIn(section.blocks)
    section.tables = tablesIn(section.blocks)
    section.codes = codesIn(section.blocks)
    section.labelItems = labelItems(section, context)
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

function listsIn(blocks: readonly Block[]): readonly List[] {
  return blocks.flatMap((block) =>
    block.kind === 'list' ? [block, ...block.items.flatMap((item) => listsIn(item.blocks))] : [],
  )
}

function tablesIn(blocks: readonly Block[]): readonly Table[] {
  return blocks.flatMap((block) =>
    block.kind === 'list'
      ? block.items.flatMap((item) => tablesIn(item.blocks))
      : block.kind === 'table'
        ? [block]
        : [],
  )
}

function codesIn(blocks: readonly Block[]): readonly CodeBlock[] {
  return blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.flatMap((item) => codesIn(item.blocks)) : block.kind === 'code' ? [block] : [],
  )
}

/** `**FR-1: Search**` as a paragraph of its own; the list below it holds its fields. */
function labelItems(section: Draft, context: Context): Item[] {
  const paragraphs = section.nodes.filter((node): node is Paragraph => node.type === 'paragraph')
  const starts = paragraphs.flatMap((node) =>
    labelsOf(node, context).flatMap(({label, span}) => make({...label}, span, 'label', [])),
  )
  return starts.map((item, index) => {
    const until = starts[index + 1]?.start ?? section.body.end
    const fields = section.fields.filter((field) => field.start >= item.end && field.start < until)
    return {...item, fields}
  })
}

function readHeading(node: MdastHeading, allowBare: boolean, context: Context): Heading {
  const span = spanOf(node, context) ?? nowhere
  const text = visible(node)
  const inner = trimSpan(context.text, cover(node.children, context) ?? {start: span.end, end: span.end})
  const match = dotted.exec(text) ?? (allowBare ? bare.exec(text) : null)
  const printed = match?.[1]
  const number = printed === undefined ? undefined : readNumber(printed, inner.start, context)
  const titleText = number ? text.slice(match?.[0].length ?? 0) : text
  const start = number ? skipSpace(context.text, number.end, inner.end) : inner.start
  return {kind: 'heading', ...span, depth: node.depth, text, number, title: {start, end: inner.end, text: titleText}}
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
function bareNumbered(tree: Root): ReadonlySet<number> {
  const counts = new Map<number, [number, number]>()
  for (const node of tree.children) {
    if (node.type !== 'heading') continue
    const text = visible(node)
    const count = counts.get(node.depth) ?? [0, 0]
    counts.set(node.depth, [count[0] + (bare.test(text) || dotted.test(text) ? 1 : 0), count[1] + 1])
  }
  return new Set(
    [...counts].filter(([, [numbered, all]]) => numbered * 2 >= all && numbered > 1).map(([depth]) => depth),
  )
}
