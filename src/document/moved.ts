import type {Nodes, RootContent} from 'mdast'

/** A node as it was parsed, which stands in another text now. */
export interface Origin {
  readonly node: RootContent
  /** By how much the offsets of the moved one are greater. */
  readonly offset: number
  /** What was parsed for it, if not the whole of a document. */
  readonly source: string | undefined
}

interface Move extends Origin {
  readonly line: number
}

const moves = new WeakMap<Nodes, Move>()

/** What a node was before it was moved. */
export function originOf(node: Nodes): Origin | undefined {
  return moves.get(node)
}

/**
 * A node and all below it at another place of the text; columns stay. What is below is made when it is asked for: of a text that is
 * edited nobody asks for most of it. `source` is what the node was parsed of.
 */
export function moved(node: RootContent, offset: number, line: number, source?: string): RootContent {
  if (offset === 0 && line === 0) return node
  const before = moves.get(node)
  const move: Move = {
    node: before?.node ?? node,
    offset: (before?.offset ?? 0) + offset,
    line: (before?.line ?? 0) + line,
    source: before ? before.source : source,
  }
  const copy = copyOf(move.node, move)
  if ('children' in move.node) {
    const {children} = move.node
    let made: typeof children | undefined
    Object.defineProperty(copy, 'children', {
      configurable: true,
      enumerable: true,
      get: () => (made ??= children.map((child) => deep(child, move)) as typeof children),
    })
  }
  moves.set(copy, move)
  return copy
}

function deep(node: Nodes, move: Move): Nodes {
  const copy = copyOf(node, move)
  // A stack of its own: a hostile document nests as deep as it likes.
  const stack = [copy]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (!('children' in next)) continue
    const children = next.children.map((child) => copyOf(child, move))
    next.children = children as typeof next.children
    stack.push(...children)
  }
  return copy
}

function copyOf<T extends Nodes>(node: T, {offset, line}: Move): T {
  const {position} = node
  if (!position) return {...node}
  const at = (point: typeof position.start): typeof position.start => ({
    ...point,
    line: point.line + line,
    offset: (point.offset ?? 0) + offset,
  })
  return {...node, position: {...position, start: at(position.start), end: at(position.end)}}
}
