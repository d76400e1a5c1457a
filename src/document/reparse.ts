import type {Nodes, Root, RootContent} from 'mdast'
import {parseMarkdown} from './markdown.ts'
import {moved, originOf} from './moved.ts'
import {alone, kept} from './remembered.ts'
import {linesIn} from './source.ts'

/** A text with its tree, for the next one that differs a little. */
export interface Parsed {
  readonly text: string
  readonly tree: Root
  /** What its definitions and footnotes are called: they decide everywhere what is a link. */
  readonly labels: readonly string[]
}

/**
 * Parses a text that was edited: between the headings around the edit alone, where these stand in the document itself. The tree is
 * that of `parseMarkdown`; trees that were given out before stay as they are.
 *
 * A line that begins with `#` at the document's own level closes whatever stands before it, so that its reading depends on nothing
 * before; what stands before it depends on nothing behind, but for definitions. Where these change, all is parsed.
 */
export function reparse(before: Parsed | undefined, text: string): Parsed {
  const parts = before && partsOf(before, text)
  const labels = before?.labels ?? []
  if (parts && labels.every((label) => /^\^?[^\\[\]&\r\n]+$/u.test(label))) {
    const tree = joined(parts, text, labels)
    if (tree && sameLabels(labelsOf(tree), labels)) return {text, tree, labels}
  }
  const tree = parseMarkdown(text)
  return {text, tree, labels: labelsOf(tree)}
}

/** What stays of a tree, in front of the edit and behind it. */
interface Parts {
  readonly head: readonly RootContent[]
  readonly tail: readonly RootContent[]
  /** Where the edited part begins and, in the old text, ends: at a heading, at the start or at the end. */
  readonly from: Place
  readonly to: Place
  /** Where the end of the edited part is in the new text. */
  readonly end: number
}

interface Place {
  readonly offset: number
  readonly line: number
}

function partsOf({text: old, tree}: Parsed, text: string): Parts | undefined {
  const least = Math.min(old.length, text.length)
  let same = 0
  // Stretches as a whole first: that is quicker than one character after the other.
  while (same + stretch <= least && old.slice(same, same + stretch) === text.slice(same, same + stretch))
    same += stretch
  while (same < least && old.charCodeAt(same) === text.charCodeAt(same)) same += 1
  let behind = 0
  while (behind + stretch <= least - same && endOf(old, behind) === endOf(text, behind)) behind += stretch
  while (behind < least - same && old.charCodeAt(old.length - 1 - behind) === text.charCodeAt(text.length - 1 - behind))
    behind += 1
  const marks = tree.children.flatMap((node, index) => {
    const start = node.position?.start
    return node.type === 'heading' && start?.column === 1 && old[start.offset ?? -1] === '#'
      ? [{index, offset: start.offset ?? 0, line: start.line}]
      : []
  })
  const first = marks.findLast(({offset}) => endOfLine(old, offset) + 2 <= same)
  const last = marks.find(({offset}) => offset - 1 >= old.length - behind && offset > (first?.offset ?? 0))
  if (!first && !last) return undefined
  return {
    head: first ? tree.children.slice(0, first.index) : [],
    tail: last ? tree.children.slice(last.index) : [],
    from: first ?? {offset: 0, line: 1},
    to: last ?? {offset: old.length, line: 0},
    end: (last?.offset ?? old.length) + text.length - old.length,
  }
}

const stretch = 1024

/** The last stretch of a text but for so many characters. */
function endOf(text: string, behind: number): string {
  return text.slice(text.length - behind - stretch, text.length - behind)
}

function joined({head, tail, from, to, end}: Parts, text: string, labels: readonly string[]): Root | undefined {
  const definitions = labels.map((label) => `[${label}]: x\n`).join('\n')
  if (tail.length === 0) {
    const lead = definitions === '' ? '' : `${definitions}\n`
    const source = alone(lead + text.slice(from.offset))
    const {children} = parseMarkdown(source)
    const lines = lead.split('\n').length - 1
    const middle = children
      .filter(({position}) => (position?.start.offset ?? 0) >= lead.length)
      .map((node) => moved(node, from.offset - lead.length, from.line - 1 - lines, source))
    return rootOf([...head, ...middle], text)
  }
  // The heading behind has to be one again, or something that the edit opened goes on behind it.
  const stop = endOfLine(text, end)
  const source = alone(`${text.slice(from.offset, stop)}\n\n${definitions}`)
  const {children} = parseMarkdown(source)
  // What looks like front matter may end anywhere behind.
  if (from.offset === 0 && text.startsWith('---') && children[0]?.type !== 'yaml') return undefined
  const at = children.findIndex(({position}) => position?.start.offset === end - from.offset)
  const heading = children[at]
  if (heading?.type !== 'heading') return undefined
  const middle = children.slice(0, at).map((node) => moved(node, from.offset, from.line - 1, source))
  const offset = end - to.offset
  const lines = (heading.position?.start.line ?? 0) + from.line - 1 - to.line
  return rootOf([...head, ...middle, ...tail.map((node) => moved(node, offset, lines))], text)
}

function rootOf(children: RootContent[], text: string): Root {
  const {starts} = linesIn(text)
  const end = {line: starts.length, column: text.length - (starts.at(-1) ?? 0) + 1, offset: text.length}
  return {type: 'root', children, position: {start: {line: 1, column: 1, offset: 0}, end}}
}

function labelsOf(tree: Root): readonly string[] {
  return [...new Set(tree.children.flatMap((node) => labelsIn(originOf(node)?.node ?? node)))].toSorted()
}

const known = kept<readonly string[]>()

function labelsIn(node: RootContent): readonly string[] {
  return known(node, () => {
    const labels: string[] = []
    const stack: Nodes[] = [node]
    for (let next = stack.pop(); next; next = stack.pop()) {
      if (next.type === 'definition') labels.push(next.label ?? next.identifier)
      if (next.type === 'footnoteDefinition') labels.push(`^${next.label ?? next.identifier}`)
      if ('children' in next) for (const child of next.children) stack.push(child)
    }
    return labels
  })
}

function sameLabels(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label, index) => label === b[index])
}

/** Offset behind the last character of the line at an offset. */
function endOfLine(text: string, offset: number): number {
  const found = text.slice(offset).search(/[\r\n]/u)
  return found < 0 ? text.length : offset + found
}
