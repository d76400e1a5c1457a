import {expression} from '../document/expressions.ts'
import {remembered} from '../document/remembered.ts'
import type {Span} from '../document/types.ts'
import type {Dialect} from './model.ts'

type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'comment'

/** Offsets are UTF-16 units of the SQL text. */
export interface Token extends Span {
  readonly kind: TokenKind
  readonly text: string
  /** Upper case for an unquoted word, else empty: what keywords are compared with. */
  readonly word: string
}

const word = String.raw`[\p{L}_][\p{L}\p{N}_$]*`
const plainString = String.raw`'[^']*(?:''[^']*)*(?:'|$)`
const escapedString = String.raw`'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*(?:'|$)`
const quoted = String.raw`"[^"]*(?:""[^"]*)*(?:"|$)|\x60[^\x60]*(?:\x60|$)`
const brackets = String.raw`\[[^\[\]\r\n]+\]`
const number = String.raw`\d[\p{L}\p{N}_]*(?:\.\d[\p{L}\p{N}_]*)?|\.\d+`
const symbol = String.raw`::|:=|->>|->|<=|>=|<>|!=|\|\||[^\s]`

function lexer(comment: string, string: string, quotes: string, prefix: string): RegExp {
  const parts = {comment, string, quoted: quotes, number, word: `${prefix}${word}`, symbol}
  return expression('gu')`${Object.entries(parts)
    .map(([name, pattern]) => `(?<${name}>${pattern})`)
    .join('|')}`
}

const lineComment = String.raw`--[^\r\n]*|/\*[\s\S]*?(?:\*/|$)`
const lexers: Readonly<Record<Dialect, RegExp>> = {
  postgresql: lexer(
    lineComment,
    `[eE]${escapedString}|(?:[uU]&|[bBxXnN])?${plainString}|${String.raw`\$(?<tag>(?:[\p{L}_][\p{L}\p{N}_]*)?)\$[\s\S]*?(?:\$\k<tag>\$|$)`}`,
    quoted,
    '',
  ),
  mysql: lexer(`${lineComment}|#[^\\r\\n]*`, `[bBxXnN]?${escapedString}`, quoted, '@{0,2}'),
  sqlite: lexer(lineComment, `[xX]?${plainString}`, `${quoted}|${brackets}`, '[@$]?'),
  mssql: lexer(lineComment, `[nN]?${plainString}`, `${quoted}|${brackets}`, '(?:@{0,2}|#{0,2})'),
}

/** All tokens of an SQL text, comments included. Linear; an open quote or comment reaches to the end. */
export function tokensOf(text: string, dialect: Dialect): readonly Token[] {
  return known(text, dialect)
}

const known = remembered((text, dialect) => read(text, dialect as Dialect))

function read(text: string, dialect: Dialect): readonly Token[] {
  const tokens: Token[] = []
  const pattern = new RegExp(lexers[dialect])
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const start = match.index
    const groups = match.groups ?? {}
    const kind = kinds.find((name) => groups[name] !== undefined) ?? 'symbol'
    const end =
      kind === 'comment' && dialect === 'postgresql' && match[0].startsWith('/*')
        ? nestedEnd(text, start)
        : start + match[0].length
    const content = text.slice(start, end)
    tokens.push({kind, text: content, start, end, word: kind === 'word' ? content.toUpperCase() : ''})
    pattern.lastIndex = end
  }
  return tokens
}

const kinds: readonly TokenKind[] = ['comment', 'string', 'quoted', 'number', 'word', 'symbol']

/** PostgreSQL's comments nest. */
function nestedEnd(text: string, start: number): number {
  const mark = /\/\*|\*\//gu
  mark.lastIndex = start
  let depth = 0
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return match.index + 2
  }
  return text.length
}

/** A quoted name or string without its quotes. */
export function unquoted(text: string): string {
  const first = text[0] ?? ''
  if (first === '[' && text.endsWith(']')) return text.slice(1, -1)
  if ((first === '"' || first === '`') && text.length > 1 && text.endsWith(first))
    return text.slice(1, -1).replaceAll(first + first, first)
  const string = /^[a-z]?&?'([\s\S]*)'$/i.exec(text)
  return string ? (string[1] ?? '').replaceAll("''", "'") : text
}
