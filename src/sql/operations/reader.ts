import {remembered} from '../../document/remembered.ts'
import type {Span, Text} from '../../document/types.ts'
import {lastBefore} from '../documented/stretch.ts'
import {hasHole} from '../holes.ts'
import type {Dialect, Name} from '../model.ts'
import {type Token, unquoted} from '../tokens.ts'

/** One legal statement, as its tokens tell it. */
export interface Source {
  readonly dialect: Dialect
  /** As parsed, placeholders replaced. */
  readonly text: string
  /** As written; of the same length. */
  readonly written: string
  readonly tokens: readonly Token[]
  /** Ranges in the text that came from placeholders. */
  readonly holes: readonly Span[]
  /** Offset in the text to offset in the file. */
  readonly at: (offset: number) => number
}

const defaultSchemas: Readonly<Record<Dialect, string>> = {
  postgresql: 'public',
  mysql: '',
  sqlite: 'main',
  mssql: 'dbo',
}

const none: Token = {kind: 'symbol', text: '', word: '', start: 0, end: 0}

/** For the tokens of a statement: the index after the parenthesis that closes one. */
const closings = new WeakMap<readonly Token[], ReadonlyMap<number, number>>()

function closingsOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  const open: number[] = []
  for (const [index, {text}] of tokens.entries()) {
    if (text === '(') open.push(index)
    const opening = text === ')' ? open.pop() : undefined
    if (opening !== undefined) found.set(opening, index + 1)
  }
  return found
}

/** Whether one of the placeholders, in order, overlaps a range. */
function touches(holes: readonly Span[], {start, end}: Span): boolean {
  const hole = lastBefore(holes, end)
  return hole !== undefined && hole.end > start
}

const alternatives = remembered((words) => new Set(words.split('|')))

/** Reads forward through the tokens of a statement, up to an end. Offsets of tokens are of the text, facts' of the file. */
export class Reader {
  index: number
  readonly end: number
  readonly source: Source

  constructor(source: Source, index = 0, end: number = source.tokens.length) {
    this.source = source
    this.index = index
    this.end = end
  }

  get done(): boolean {
    return this.index >= this.end
  }

  get dialect(): Dialect {
    return this.source.dialect
  }

  /** The token `ahead` places further on; an empty one after the end. */
  token(ahead = 0): Token {
    const index = this.index + ahead
    return index >= 0 && index < this.end ? (this.source.tokens[index] ?? none) : none
  }

  /** The reader for a part of what this one reads. */
  part(from: number, to: number): Reader {
    return new Reader(this.source, from, Math.min(to, this.end))
  }

  /** Whether these words (or symbols) come next; `A|B` stands for either. */
  is(...words: readonly string[]): boolean {
    return words.every((word, ahead) => {
      const {word: keyword, text, kind} = this.token(ahead)
      const own = keyword || (kind === 'symbol' ? text : '')
      return own !== '' && (word.includes('|') ? alternatives(word).has(own) : word === own)
    })
  }

  take(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false
    this.index += words.length
    return true
  }

  skip(count = 1): void {
    this.index = Math.min(this.end, this.index + count)
  }

  takeIfExists(): boolean {
    return this.take('IF', 'NOT', 'EXISTS') || this.take('IF', 'EXISTS')
  }

  /** Index after the parenthesis that closes the one at `index`. */
  closing(index: number): number {
    const {tokens} = this.source
    if (tokens[index]?.text !== '(') return Math.min(index + 1, this.end)
    const known = closings.get(tokens) ?? closingsOf(tokens)
    closings.set(tokens, known)
    return Math.min(known.get(index) ?? this.end, this.end)
  }

  skipParentheses(): boolean {
    if (!this.is('(')) return false
    this.index = this.closing(this.index)
    return true
  }

  /** Skips one token, or all in parentheses. */
  skipOne(): void {
    if (!this.skipParentheses()) this.skip()
  }

  /** Readers for the parts between commas, from here to the end (or to the parenthesis that closes the one here). */
  list(): readonly Reader[] {
    const inside = this.is('(')
    const to = inside ? this.closing(this.index) - 1 : this.end
    const from = inside ? this.index + 1 : this.index
    const parts: Reader[] = []
    let start = from
    let depth = 0
    for (let at = from; at < to; at += 1) {
      const text = this.source.tokens[at]?.text
      if (text === '(') depth += 1
      else if (text === ')') depth -= 1
      else if (text === ',' && depth === 0) {
        parts.push(this.part(start, at))
        start = at + 1
      }
    }
    if (start < to) parts.push(this.part(start, to))
    this.index = inside ? to + 1 : to
    return parts
  }

  get isName(): boolean {
    const {kind} = this.token()
    return kind === 'word' || kind === 'quoted' || (kind === 'string' && this.dialect !== 'postgresql')
  }

  /** A name with its schema. */
  name(): Name | undefined {
    if (!this.isName) return undefined
    const from = this.index
    this.skip()
    while (this.token().text === '.' && this.token(1).kind !== 'symbol') this.skip(2)
    return this.nameOf(from, this.index)
  }

  /** The name that the tokens of a range make. */
  nameOf(from: number, to: number): Name {
    const tokens = this.source.tokens.slice(from, to)
    const first = tokens[0] ?? none
    const last = tokens.at(-1) ?? none
    const {written, holes, dialect} = this.source
    const parts = tokens.filter(({text}) => text !== '.')
    const keys = parts.map((token) => keyOf(token, dialect))
    if (keys.length > 1 && keys[0] === defaultSchemas[dialect]) keys.shift()
    const texts = parts.map((token) => {
      const {start, end} = this.whole(token)
      const text = written.slice(start, end)
      return token.kind === 'word' ? text : unquoted(text)
    })
    return {
      text: texts.join('.'),
      key: keys.join('.'),
      hole:
        touches(holes, {start: first.start, end: last.end}) ||
        parts.some((token) => token.kind === 'quoted' && isTemplate(token.text, dialect)),
      ...this.span(from, to),
    }
  }

  /** Range in the file of a range of tokens. */
  span(from: number, to: number): Span {
    const {at} = this.source
    const {start, end} = this.range(from, to)
    return {start: at(start), end: at(end)}
  }

  /** Source text and range of a range of tokens. */
  textOf(from: number, to: number): Text {
    const {start, end} = this.range(from, to)
    return {text: this.source.written.slice(start, end), ...this.span(from, to)}
  }

  /** Range in the text of a range of tokens. */
  private range(from: number, to: number): Span {
    const {tokens} = this.source
    const first = tokens[from] ?? none
    const last = tokens[Math.max(from, to - 1)] ?? none
    return {start: this.whole(first).start, end: this.whole(last).end}
  }

  /** A token's range, or that of the placeholder that it was put in for. */
  private whole(token: Token): Span {
    const hole = lastBefore(this.source.holes, token.start + 1)
    return hole && token.end <= hole.end ? hole : token
  }

  isHole(from: number, to: number): boolean {
    const start = this.source.tokens[from]?.start ?? 0
    const end = this.source.tokens[to - 1]?.end ?? 0
    return touches(this.source.holes, {start, end})
  }

  /** A string's content; its range covers the quotes. */
  string(): Text | undefined {
    const token = this.token()
    if (token.kind !== 'string') return undefined
    const span = this.span(this.index, this.index + 1)
    this.skip()
    return {text: unquoted(token.text), ...span}
  }
}

/** `"{{table}}"`; in SQL Server brackets are quotes, in SQLite they may be either. */
function isTemplate(text: string, dialect: Dialect): boolean {
  if (!text.startsWith('[')) return hasHole(unquoted(text))
  return dialect === 'sqlite' || hasHole(unquoted(text))
}

function keyOf({kind, text}: Token, dialect: Dialect): string {
  const name = unquoted(text)
  return dialect === 'postgresql' && kind === 'quoted' ? name : name.toLowerCase()
}
