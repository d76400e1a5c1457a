import type {Nodes, Root} from 'mdast'
import {Lexer} from 'yaml'
import {type Context, spanOf} from './context.ts'
import type {Comment, Directive, FrontMatter, Span, Text} from './types.ts'
import {countBefore} from './search.ts'

const largestFrontMatter = 65_536
const flow = new Set([
  'blockquote',
  'code',
  'definition',
  'footnoteDefinition',
  'heading',
  'html',
  'list',
  'listItem',
  'paragraph',
  'table',
  'tableRow',
  'thematicBreak',
])
const holdsText = new Set(['heading', 'paragraph', 'tableRow'])

/** Comments to the linter, in Markdown and in the front matter, in the order of the text. */
export function directivesOf(
  tree: Root,
  comments: readonly Comment[],
  frontMatter: FrontMatter | undefined,
  context: Context,
): readonly Directive[] {
  const inFrontMatter = frontMatter ? yamlComments(context.text, frontMatter.content) : []
  const written = [
    ...inFrontMatter.flatMap((comment) => read(comment, comment.start + 1, comment.end, 'frontMatter', context)),
    ...comments.flatMap((comment) => read(comment, comment.start + 4, comment.end - 3, 'markdown', context)),
  ]
  if (written.every(({verb}) => verb.text !== 'ignore')) return written
  const own = new Set(written.map(({start}) => start))
  const blocks = blocksOf(tree, context).filter(({start}) => !own.has(start))
  return written.map((one) =>
    one.verb.text === 'ignore'
      ? {...one, next: one.where === 'markdown' ? blockAfter(one.end, blocks) : entryAfter(one, frontMatter, context)}
      : one,
  )
}

/** `spec-lint VERB name, name -- reason`. */
function read(
  {start, end}: Span,
  from: number,
  to: number,
  where: Directive['where'],
  {text}: Context,
): readonly Directive[] {
  const inside = text.slice(from, to)
  if (!/^\s*spec-lint(?![\p{L}\p{N}_./])/u.test(inside)) return []
  const tokens = [...inside.matchAll(/[^\s,]+/gu)].map((match): Text => ({
    start: from + match.index,
    end: from + match.index + match[0].length,
    text: match[0],
  }))
  const dashes = tokens.findIndex((token) => token.text === '--')
  const words = dashes < 0 ? tokens : tokens.slice(0, dashes)
  const [head, ...rest] = words
  if (!head) return []
  // `spec-lint-disable` and `spec-lint: disable` are slips for `spec-lint disable`.
  const glued = head.text.slice('spec-lint'.length).replace(/^[:-]/u, '')
  const isGlued = glued !== ''
  const separated = head.text === 'spec-lint'
  const word = isGlued ? {...head, text: glued} : (rest[0] ?? {start: head.end, end: head.end, text: ''})
  const verb = separated ? word : {...word, start: head.start}
  return [
    {
      kind: 'directive',
      start,
      end,
      verb,
      separated,
      names: isGlued ? rest : rest.slice(1),
      reason:
        dashes < 0
          ? ''
          : text
              .slice(tokens[dashes]?.end ?? to, to)
              .replaceAll(/\s+/gu, ' ')
              .trim(),
      where,
      next: undefined,
    },
  ]
}

/** What the YAML of the front matter takes for comments. */
function yamlComments(text: string, {start, end}: Span): readonly Span[] {
  const source = text.slice(start, end).replaceAll(/\r(?!\n)/gu, '\n')
  if (source.length > largestFrontMatter || !source.includes('spec-lint')) return []
  const found: Span[] = []
  let at = start
  let previous = ''
  for (const lexeme of new Lexer().lex(source)) {
    const isMark = lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001F'
    // Behind the mark of a scalar, `#` is text.
    if (!isMark && lexeme.startsWith('#') && previous !== '\u001F')
      found.push({start: at, end: at + lexeme.trimEnd().length})
    if (!isMark) at += lexeme.length
    previous = lexeme
  }
  return found
}

/** Blocks by where they begin, the outermost of those that begin together alone. */
function blocksOf(tree: Root, context: Context): readonly Span[] {
  const found: Span[] = []
  const stack: Nodes[] = [tree]
  for (let node = stack.pop(); node; node = stack.pop()) {
    const span = flow.has(node.type) ? spanOf(node, context) : undefined
    if (span) found.push(span)
    // An HTML node in a line of text is no block.
    if ('children' in node && !holdsText.has(node.type)) for (const child of node.children) stack.push(child)
  }
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end)
  return sorted.filter(({start}, index) => sorted[index - 1]?.start !== start)
}

function blockAfter(offset: number, blocks: readonly Span[]): Span | undefined {
  return blocks[countBefore(blocks, ({start}) => start < offset)]
}

/** The next key of the front matter, with what is indented below it. */
function entryAfter({end}: Span, frontMatter: FrontMatter | undefined, {text}: Context): Span | undefined {
  const rest = text.slice(end, frontMatter?.content.end ?? end)
  const found = /(?:\r\n|\n|\r)(?![ \t]*(?:#|\r|\n))([^\r\n]+(?:(?:\r\n|\n|\r)[ \t-][^\r\n]*)*)/u.exec(rest)
  if (!found?.[1]) return undefined
  const start = end + found.index + found[0].length - found[1].length
  return {start, end: start + found[1].length}
}
