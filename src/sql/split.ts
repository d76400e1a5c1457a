import {remembered} from '../document/remembered.ts'
import type {Span} from '../document/types.ts'
import type {Dialect} from './model.ts'
import {type Token, tokensOf} from './tokens.ts'

/** One statement of an SQL text; offsets are of that text. */
export interface Piece extends Span {
  /** Without comments and the closing mark. */
  readonly tokens: readonly Token[]
  /** Comments directly before, inside, or directly after. */
  readonly comments: readonly Token[]
  /** A command of psql's or mysql's prompt, such as `\d users`: no SQL. */
  readonly meta: boolean
}

export interface Pieces {
  readonly pieces: readonly Piece[]
  /** Where reading stopped because there were too many statements. */
  readonly cut: number | undefined
}

export const mostStatements = 20_000

/** Splits at `;`, `DELIMITER`'s mark and `GO`; semicolons in strings, comments and bodies of routines end nothing. */
export function split(text: string, dialect: Dialect): Pieces {
  return known(text, dialect)
}

const known = remembered((text, dialect) => read(text, dialect as Dialect))

function read(text: string, dialect: Dialect): Pieces {
  const all = tokensOf(text, dialect)
  const splitter = new Splitter(text, dialect, all)
  const pieces = splitter.run()
  return {pieces: withComments(pieces, all, text), cut: splitter.cut}
}

type Bare = Omit<Piece, 'comments'>

class Splitter {
  cut: number | undefined
  private readonly pieces: Bare[] = []
  private readonly code: readonly Token[]
  private current: Token[] = []
  private delimiter = ';'
  private block = 0
  private depth = 0

  private readonly text: string
  private readonly dialect: Dialect

  constructor(text: string, dialect: Dialect, tokens: readonly Token[]) {
    this.text = text
    this.dialect = dialect
    this.code = tokens.filter(({kind}) => kind !== 'comment')
  }

  run(): readonly Bare[] {
    for (let at = 0; at < this.code.length;) {
      const skipTo = this.command(at)
      if (skipTo === undefined) {
        this.step(at)
        at += 1
      } else at = this.after(at, skipTo)
      if (this.pieces.length >= mostStatements) {
        this.cut = this.code[at]?.start
        return this.pieces
      }
    }
    this.finish()
    return this.pieces
  }

  /** Where a line ends that no SQL parser reads (`\d`, `DELIMITER //`, `GO`) or a separator; `undefined` for SQL. */
  private command(at: number): number | undefined {
    const token = this.code[at]
    if (token === undefined) return undefined
    if (this.delimiter !== ';' && this.text.startsWith(this.delimiter, token.start)) {
      this.finish()
      return token.start + this.delimiter.length
    }
    if (!/^(?:GO|DELIMITER|\\)$/u.test(token.word || token.text) || !this.isLineStart(token.start)) return undefined
    const line = this.lineFrom(token.start)
    if (token.word === 'GO' && this.dialect === 'mssql' && /^GO(?:\s+\d+)?\s*;?\s*(?:--.*)?$/i.test(line)) {
      this.finish()
      return token.start + line.length
    }
    if (token.word === 'DELIMITER' && this.dialect === 'mysql' && this.current.length === 0) {
      this.delimiter = /^delimiter\s+(\S+)/i.exec(line)?.[1] ?? ';'
      return token.start + line.length
    }
    if (token.text === '\\' && this.dialect === 'postgresql' && this.current.length === 0) {
      const end = token.start + line.trimEnd().length
      this.pieces.push({start: token.start, end, tokens: [token], meta: true})
      return token.start + line.length
    }
    return undefined
  }

  private step(at: number): void {
    const token = this.code[at]
    if (token === undefined) return
    const {length} = this.delimiter
    // `END$$`: a word may have dollars in it.
    if (this.delimiter !== ';' && token.kind === 'word' && token.text.endsWith(this.delimiter)) {
      const text = token.text.slice(0, -length)
      this.current.push({...token, text, word: text.toUpperCase(), end: token.end - length})
      this.finish()
      return
    }
    if (this.delimiter === ';' && token.text === ';' && this.block === 0 && !this.inRule()) {
      this.finish()
      return
    }
    if (this.dialect === 'mssql' && this.block === 0 && this.depth === 0 && this.startsBatchStatement(token))
      this.finish()
    this.current.push(token)
    if (token.text === '(') this.depth += 1
    else if (token.text === ')') this.depth = Math.max(0, this.depth - 1)
    else if (token.word !== '') this.block = Math.max(0, this.block + this.opens(token.word, this.code[at + 1]))
  }

  /** How far a word opens (1) or closes (-1) a body whose semicolons end nothing. */
  private opens(word: string, next: Token | undefined): number {
    const isRoutine = this.isRoutine()
    const isBlock = isRoutine || this.dialect === 'mssql'
    if (!isBlock) return 0
    if (word === 'BEGIN') {
      if (this.dialect === 'postgresql') return next?.word === 'ATOMIC' ? 1 : 0
      return /^(?:TRAN|TRANSACTION|WORK|DISTRIBUTED)$/u.test(next?.word ?? '') ||
        next === undefined ||
        next.text === ';'
        ? 0
        : 1
    }
    if (word === 'CASE') return this.block > 0 && this.current.at(-2)?.word !== 'END' ? 1 : 0
    if (word !== 'END' || this.block === 0) return 0
    return /^(?:IF|LOOP|WHILE|REPEAT|FOR)$/u.test(next?.word ?? '') ? 0 : -1
  }

  private isRoutine(): boolean {
    if (!/^(?:CREATE|ALTER)$/u.test(this.current[0]?.word ?? '')) return false
    return this.current.slice(1, 10).some(({word}) => /^(?:FUNCTION|PROCEDURE|PROC|TRIGGER|EVENT|PACKAGE)$/u.test(word))
  }

  private inRule(): boolean {
    return this.depth > 0 && this.current.slice(0, 4).some(({word}) => word === 'RULE')
  }

  /** T-SQL needs no semicolons: a statement begins at a line that begins with such a word. */
  private startsBatchStatement(token: Token): boolean {
    return (
      /^(?:CREATE|ALTER|DROP|TRUNCATE|GRANT|USE|EXEC|PRINT|INSERT|UPDATE|DELETE|COMMIT|DECLARE)$/u.test(token.word) &&
      this.current.length > 0 &&
      !this.isRoutine() &&
      !/^(?:IF|ELSE|WITH|MERGE|EXPLAIN|GRANT|DENY|REVOKE|SET)$/u.test(this.current[0]?.word ?? '') &&
      this.isLineStart(token.start)
    )
  }

  private finish(): void {
    const first = this.current[0]
    const last = this.current.at(-1)
    if (first && last) this.pieces.push({start: first.start, end: last.end, tokens: this.current, meta: false})
    this.current = []
    this.block = 0
    this.depth = 0
  }

  private after(at: number, offset: number): number {
    let next = at
    while (next < this.code.length && (this.code[next]?.start ?? 0) < offset) next += 1
    return Math.max(next, at + 1)
  }

  private isLineStart(offset: number): boolean {
    const before = this.text.slice(Math.max(0, offset - 200), offset)
    return /(?:^|[\r\n])[ \t]*$/u.test(before)
  }

  private lineFrom(offset: number): string {
    const line = /[^\r\n]*/uy
    line.lastIndex = offset
    return line.exec(this.text)?.[0] ?? ''
  }
}

/** Gives each comment to the statement that it stands at. */
function withComments(bare: readonly Bare[], all: readonly Token[], text: string): readonly Piece[] {
  const owned = bare.map((): Token[] => [])
  const comments = all.filter(({kind}) => kind === 'comment')
  const first = bare[0]
  const leads = first !== undefined && (comments[0]?.start ?? Infinity) < first.start
  let next = 0
  for (const [index, comment] of comments.entries()) {
    while (next < bare.length && (bare[next]?.end ?? 0) <= comment.start) next += 1
    const owner = ownerOf(comment, comments, index, {bare, next, text, leads})
    if (owner !== undefined) owned[owner]?.push(comment)
  }
  return bare.map((piece, index) => ({...piece, comments: owned[index] ?? []}))
}

interface Around {
  readonly bare: readonly Bare[]
  /** Index of the first statement that ends after the comment. */
  readonly next: number
  readonly text: string
  /** The first statement has a comment before it. */
  readonly leads: boolean
}

function ownerOf(comment: Token, comments: readonly Token[], index: number, around: Around): number | undefined {
  const {bare, next, text, leads} = around
  const following = bare[next]
  const previous = bare[next - 1]
  if (following && following.start < comment.start) return next
  const gapBefore = previous ? gap(text, previous.end, comment.start, comments, index, -1) : 99
  const gapAfter = following ? gap(text, comment.end, following.start, comments, index, 1) : 99
  if (gapBefore === 0) return next - 1
  const tells = !leads && /^(?:--|#|\/\*)\s*(?:supports|used by|serves)\b/i.test(comment.text)
  if (gapAfter <= 1 && !(tells && gapBefore <= 1)) return next
  return gapBefore <= 1 ? next - 1 : undefined
}

/** A longer run of comments belongs to no statement. */
const longestBlock = 100

/** The most line ends in a row between two offsets, other comments aside. */
function gap(
  text: string,
  from: number,
  to: number,
  comments: readonly Token[],
  index: number,
  direction: 1 | -1,
): number {
  let most = 0
  let [low, high] = [from, to]
  for (let other = index + direction; ; other += direction) {
    const comment = comments[other]
    const isBetween = comment !== undefined && comment.start >= from && comment.end <= to
    const edge: readonly [number, number] = isBetween
      ? direction === 1
        ? [low, comment.start]
        : [comment.end, high]
      : [low, high]
    const ends = text.slice(edge[0], edge[1]).match(/\r\n|\n|\r/gu)?.length ?? 0
    most = Math.max(most, ends)
    if (!isBetween || most > 1) return most
    if (Math.abs(other - index) > longestBlock) return 99
    if (direction === 1) low = comment.end
    else high = comment.start
  }
}
