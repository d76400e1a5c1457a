import {expression} from './expressions.ts'
import {createScanner} from 'jsonc-parser'
import type {CodeBlock, Span} from './types.ts'

export interface JsonProblem extends Span {
  /** One line without full stop, such as "`,` is missing before `"b"`". */
  readonly message: string
}

/** What opaque parts look like, and placeholders outside of them: `{{x}}`, `[x]`, `<x>`, `...` with the words behind it. */
const parts = expression(
  'gmu',
)`("(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|((?<=^|\s)#[^\n]*)|\{\{[^{}\n]+\}\}|\$?\{[\p{L}_][\p{L}\p{N}_ .-]*\}|\[(?!\s*(?:true|false|null)\b)[^[\]"'{}\n]*\p{L}[^[\]"'{}\n]*\]|<[^<>\n]+>|(?:\.{2,}|…)[^\n"{}[\],:]*`

interface Token extends Span {
  readonly kind: 'open' | 'close' | 'comma' | 'colon' | 'bar' | 'string' | 'value' | 'hole' | 'wrong' | 'unclosed'
  readonly text: string
}

/**
 * Where the text of a fence stops being JSON; comments, several values and placeholders are fine. A comma at the end is one of
 * JSONC's, or stands before a comment on what is left out.
 */
export function jsonProblem(code: CodeBlock): JsonProblem | undefined {
  const reader = new Reader()
  const tokens = tokensOf(code.value)
  const span = (token: Token): Span => ({start: code.offsetAt(token.start), end: code.offsetAt(token.end - 1) + 1})
  for (const [index, token] of tokens.entries()) {
    const message = reader.read(token)
    if (message !== undefined) return {message, ...span(token)}
    const before = tokens[index - 1]
    if (token.kind === 'close' && before?.kind === 'comma' && code.language === 'json' && isBare(before, token, code))
      return {message: `no comma may stand before \`${token.text}\``, ...span(before)}
  }
  const missing = reader.missing()
  const last = tokens.at(-1)
  if (missing === undefined || !last) return undefined
  const end = code.offsetAt(last.end - 1) + 1
  return {message: missing, start: end - 1, end}
}

/** Nothing but white space stands between two tokens. */
function isBare(first: Token, second: Token, {value}: CodeBlock): boolean {
  return value.slice(first.end, second.start).trim() === ''
}

function tokensOf(text: string): readonly Token[] {
  const holes = new Map<number, string>()
  const plain = text.replaceAll(parts, (found: string, opaque: string | undefined, note: string | undefined, at) => {
    if (opaque !== undefined) return found
    if (note !== undefined) return ' '.repeat(found.length)
    const hole = found.trimEnd()
    holes.set(Number(at), hole)
    return '0'.padEnd(hole.length, '0').padEnd(found.length)
  })
  const scanner = createScanner(plain, true)
  const tokens: Token[] = []
  for (;;) {
    scanner.scan()
    const start = scanner.getTokenOffset()
    if (start >= plain.length) return tokens
    const hole = holes.get(start)
    if (hole !== undefined) scanner.setPosition(start + hole.length)
    const end = hole === undefined ? start + scanner.getTokenLength() : start + hole.length
    const written = text.slice(start, end)
    const error: number = scanner.getTokenError()
    const found = hole === undefined ? kindOf(written, error !== 0) : 'hole'
    const before = tokens.at(-1)
    // `2026-02-02`: one word, read as several numbers.
    if (before?.end === start && isWord(before.kind) && isWord(found))
      tokens.splice(-1, 1, {kind: 'wrong', start: before.start, end, text: before.text + written})
    else tokens.push({kind: found, start, end, text: written})
  }
}

function isWord(kind: Token['kind']): boolean {
  return kind === 'value' || kind === 'wrong'
}

const marks: Readonly<Record<string, Token['kind']>> = {
  '{': 'open',
  '[': 'open',
  '}': 'close',
  ']': 'close',
  ',': 'comma',
  ':': 'colon',
  '|': 'bar',
}

function kindOf(text: string, faulty: boolean): Token['kind'] {
  if (text.startsWith('"')) return faulty ? (/^"(?:[^"\\]|\\.)*"$/u.test(text) ? 'wrong' : 'unclosed') : 'string'
  if (!faulty && /^(?:true|false|null|-?\d.*)$/u.test(text)) return 'value'
  return marks[text] ?? 'wrong'
}

/** Reads token after token without calling itself, so that no depth overflows the stack. */
class Reader {
  readonly #open: ('{' | '[')[] = []
  /** What was read before: a separator, a key, its colon, a value, or what stands for any number of things. */
  #last: 'start' | 'comma' | 'key' | 'colon' | 'value' | 'hole' = 'start'

  /** What is wrong with the token here. */
  read(token: Token): string | undefined {
    const shown = quoted(token.text)
    if (token.kind === 'unclosed') return `the string ${shown} isn't closed`
    if (token.kind === 'wrong') return this.#wrong(token.text, shown)
    if (token.kind === 'close') return this.#close(token.text)
    if (token.kind === 'comma') return this.#comma()
    if (token.kind === 'colon') return this.#colon()
    if (token.kind === 'bar') return this.#bar()
    return this.#thing(token, shown)
  }

  #wrong(text: string, shown: string): string {
    if (text.startsWith('"')) return `${shown} holds a sign or an escape that no string may hold`
    if (this.#last === 'value' && this.#open.length > 0) return `\`,\` is missing before ${shown}`
    const isKey = this.#takesKey() && /^[\p{L}_$][\w$-]*$/u.test(text)
    return isKey || text.startsWith("'") ? `${shown} needs double quotes` : `${shown} is no value`
  }

  #takesKey(): boolean {
    return this.#open.at(-1) === '{' && this.#last !== 'colon'
  }

  missing(): string | undefined {
    const open = this.#open.at(-1)
    if (open !== undefined) return `\`${open === '{' ? '}' : ']'}\` is missing at the end`
    return this.#last === 'colon' ? 'the value is missing at the end' : undefined
  }

  #thing({kind, text}: Token, shown: string): string | undefined {
    const isKey = this.#takesKey()
    const isFirst = this.#open.length === 0
    if (kind === 'hole') {
      // Behind a value without a comma it says that there is more.
      this.#last = 'hole'
      return undefined
    }
    if (this.#last === 'key') return `\`:\` is missing before ${shown}`
    if (this.#last === 'value' && !isFirst) return `\`,\` is missing before ${shown}`
    if (isKey && kind !== 'string') return `the key is missing before ${shown}`
    this.#last = isKey ? 'key' : 'value'
    if (kind === 'open') {
      this.#open.push(text === '{' ? '{' : '[')
      this.#last = 'start'
    }
    return undefined
  }

  #close(text: string): string | undefined {
    const open = this.#open.pop()
    if (open === undefined) return `\`${text}\` closes nothing`
    const right = open === '{' ? '}' : ']'
    if (right !== text) return `\`${right}\` is missing before \`${text}\``
    if (this.#last === 'key' || this.#last === 'colon') return `the value is missing before \`${text}\``
    this.#last = 'value'
    return undefined
  }

  #comma(): string | undefined {
    if (this.#last === 'key' || this.#last === 'colon') return 'the value is missing before `,`'
    if (this.#last === 'start' || this.#last === 'comma') return 'nothing stands before `,`'
    this.#last = 'comma'
    return undefined
  }

  /** A list of properties without its braces is a part of an object: fine. */
  #colon(): string | undefined {
    const isProperty = this.#last === 'key' || this.#last === 'hole'
    if (!isProperty && !(this.#open.length === 0 && this.#last === 'value')) return '`:` stands behind no key'
    this.#last = 'colon'
    return undefined
  }

  /** `true | false`: one of these. */
  #bar(): string | undefined {
    if (this.#last !== 'value' && this.#last !== 'hole') return 'nothing stands before `|`'
    this.#last = this.#open.at(-1) === '{' ? 'colon' : 'comma'
    return undefined
  }
}

function quoted(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').replaceAll('`', "'").trim()
  return line.length > 40 ? `\`${[...line].slice(0, 39).join('')}…\`` : `\`${line}\``
}
