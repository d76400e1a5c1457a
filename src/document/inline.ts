import type {Nodes} from 'mdast'
import {type Context, spanOf, visible} from './context.ts'
import type {Comment, Definition, Link, Span, Text} from './types.ts'
import {urlSpan} from './url-span.ts'

interface NamedDefinition extends Omit<Definition, 'used'> {
  readonly identifier: string
}

export interface Inline {
  readonly prose: readonly Text[]
  readonly inlineCode: readonly Text[]
  readonly html: readonly Text[]
  readonly links: readonly Link[]
  readonly definitions: readonly NamedDefinition[]
  /** Identifiers of definitions that something refers to. */
  readonly referred: readonly string[]
  readonly comments: readonly Comment[]
  /** Ranges of headings and cells, for telling where a token stands. */
  readonly headings: readonly Span[]
  readonly cells: readonly Span[]
}

/** Definitions of a document, in order, as rules know them. */
export function definitionsOf(all: readonly Pick<Inline, 'definitions' | 'referred'>[]): readonly Definition[] {
  const used = new Set(all.flatMap(({referred}) => referred))
  return all
    .flatMap(({definitions}) => definitions)
    .map(({identifier, ...rest}) => ({...rest, used: used.has(identifier)}))
}

/** One walk over a node for all that stands inside of it. */
export function readInline(root: Nodes, context: Context): Inline {
  const prose: Text[] = []
  const inlineCode: Text[] = []
  const html: Text[] = []
  const links: Link[] = []
  const headings: Span[] = []
  const cells: Span[] = []
  const definitions: NamedDefinition[] = []
  const used = new Set<string>()
  walk(root, (node) => {
    const span = spanOf(node, context)
    if (node.type === 'linkReference' || node.type === 'imageReference') used.add(node.identifier)
    if (!span) return
    switch (node.type) {
      case 'text':
        prose.push({...span, text: context.text.slice(span.start, span.end)})
        break
      case 'inlineCode':
        inlineCode.push({...span, text: context.text.slice(span.start, span.end)})
        break
      case 'html':
        html.push({...span, text: node.value})
        break
      case 'heading':
        headings.push(span)
        break
      case 'tableCell':
        cells.push(span)
        break
      case 'link':
        links.push({...span, url: node.url, urlSpan: urlSpan(node, span, context), text: visible(node), image: false})
        break
      case 'image':
        links.push({...span, url: node.url, urlSpan: urlSpan(node, span, context), text: node.alt ?? '', image: true})
        break
      case 'definition':
        definitions.push({
          ...span,
          label: node.label ?? node.identifier,
          url: node.url,
          urlSpan: urlSpan(node, span, context),
          identifier: node.identifier,
        })
        break
      default:
    }
  })
  return {
    prose,
    inlineCode,
    html,
    links,
    headings,
    cells,
    definitions,
    referred: [...used],
    comments: html.flatMap((span) => commentsIn(span, context)),
  }
}

/** In the source: the value of a node leaves out the marks of a quote around it. */
function commentsIn({start, end}: Span, {text}: Context): readonly Comment[] {
  return [...text.slice(start, end).matchAll(/<!--([\s\S]*?)-->/gu)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
    text: (match[1] ?? '').trim(),
  }))
}

/** Depth first, in the order of the text, without recursion: a hostile document nests as deep as it likes. */
function walk(root: Nodes, visitor: (node: Nodes) => void): void {
  const stack: Nodes[] = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    visitor(node)
    if (!('children' in node)) continue
    for (let index = node.children.length - 1; index >= 0; index -= 1) {
      const child = node.children[index]
      if (child) stack.push(child)
    }
  }
}
