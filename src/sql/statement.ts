import type {CodeBlock, Section, Span} from '../document/types.ts'
import {kept, remembered} from '../document/remembered.ts'
import type {Dialect, Operation, StatementFact} from './model.ts'
import type {Draft} from './operations/draft.ts'
import {readOperations} from './operations/read.ts'
import type {Piece} from './split.ts'
import {tokensOf} from './tokens.ts'

/** Longer fences aren't read. */
export const mostCharacters = 1_000_000
/** Statements with more parentheses within each other aren't read. */
export const mostNesting = 1000

/** A fence of SQL, and what it is read as. */
export interface Fence {
  readonly code: CodeBlock
  readonly section: Section
  readonly dialect: Dialect
}

/** A piece of a fence as a statement of which nothing is known yet. */
export function statementOf(piece: Piece, {code, section, dialect}: Fence, template: boolean): StatementFact {
  return {
    code,
    section,
    dialect,
    text: code.value.slice(piece.start, piece.end),
    template,
    comments: piece.comments.map(({text, start, end}) => ({
      text: commentText(text),
      ...spanOf(code, start, end),
    })),
    operations: [],
    ...spanOf(code, piece.start, piece.end),
  }
}

/** A comment without its marks. */
function commentText(text: string): string {
  const inside = text.replace(/^(?:--+|#+|\/\*+!?)/u, '').trim()
  if (!inside.endsWith('*/')) return inside
  let end = inside.length - 2
  while (inside[end - 1] === '*') end -= 1
  return inside.slice(0, end).trimEnd()
}

/** The end is mapped by the last character, since what follows it may be another line's indentation. */
export function spanOf(code: CodeBlock, start: number, end: number): Span {
  const from = code.offsetAt(start)
  return {start: from, end: end > start ? code.offsetAt(end - 1) + 1 : from}
}

/** The index in the value of a fence of an offset of the document. */
export function indexAt(code: CodeBlock, offset: number): number {
  let [low, high] = [0, code.value.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (code.offsetAt(middle) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** A command of a prompt, such as `\\d users`. */
export function metaStatement(piece: Piece, fence: Fence): StatementFact {
  const statement = statementOf(piece, fence, false)
  const verb = /^\\\S*/u.exec(statement.text)?.[0] ?? '\\'
  const operations = statement.operations as Operation[]
  operations.push({kind: 'other', verb, statement, start: statement.start, end: statement.end})
  return statement
}

/** Reads what a statement does from its tokens, placeholders replaced; it and its operations know each other. */
export function withOperations(
  statement: StatementFact,
  piece: Piece,
  {text, holes}: {readonly text: string; readonly holes: readonly Span[]},
): StatementFact {
  const {code, dialect} = statement
  const drafts = (): readonly Draft[] =>
    readOperations({
      dialect,
      text,
      written: statement.text,
      tokens: withoutComments(text, dialect),
      holes,
      at: (offset) => code.offsetAt(piece.start + offset),
    })
  const operations = statement.operations as Operation[]
  for (const draft of holes.length === 0 && text === statement.text ? ofPiece(code, piece, dialect, drafts) : drafts())
    operations.push({...draft, statement})
  return statement
}

const known = kept<Map<string, readonly Draft[]>>()

/** What is bound to its type by the outline of a statement is read for the rules again. */
function ofPiece(
  code: CodeBlock,
  {start, end}: Piece,
  dialect: Dialect,
  make: () => readonly Draft[],
): readonly Draft[] {
  const all = known(code, () => new Map())
  const key = `${dialect} ${start} ${end}`
  const made = all.get(key) ?? make()
  all.set(key, made)
  return made
}

const withoutComments = remembered((text, dialect) =>
  tokensOf(text, dialect as Dialect).filter(({kind}) => kind !== 'comment'),
)

/** The readers of queries call themselves for each level. */
export function isTooDeep({tokens}: Piece): boolean {
  let depth = 0
  for (const {text} of tokens) {
    if (text === '(' || text === '[') depth += 1
    else if (text === ')' || text === ']') depth -= 1
    if (depth > mostNesting) return true
  }
  return false
}
