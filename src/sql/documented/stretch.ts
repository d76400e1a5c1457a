import {isSpace} from '../../document/context.ts'
import {expression} from '../../document/expressions.ts'
import type {CodeBlock, SpecDocument, Span, Text} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {countBefore} from '../../document/search.ts'

/** A part of the file as text, and the way from its indices back to offsets of the file. */
export interface Stretch {
  readonly text: string
  readonly at: (index: number) => number
}

export function stretchOf(document: SpecDocument, {start, end}: Span): Stretch {
  return {text: document.text.slice(start, end), at: (index) => start + index}
}

export function codeStretch(code: CodeBlock): Stretch {
  return {text: code.value, at: (index) => code.offsetAt(index)}
}

export function part(whole: Stretch, from: number, to = whole.text.length): Stretch {
  return {text: whole.text.slice(from, to), at: (index) => whole.at(from + index)}
}

/** What a group of a regular expression with the flag `d` matched. */
export function group(whole: Stretch, match: RegExpExecArray | RegExpMatchArray, index: number): Stretch | undefined {
  const range = match.indices?.[index]
  return range ? part(whole, range[0], range[1]) : undefined
}

export function spanOf({text, at}: Stretch): Span {
  const start = at(0)
  return {start, end: text === '' ? start : at(text.length - 1) + 1}
}

export function toText(stretch: Stretch): Text {
  return {...spanOf(stretch), text: stretch.text}
}

/** Two parts of the file as one text, with something between them. */
export function joined(one: Stretch, between: string, other: Stretch): Stretch {
  const {length} = one.text
  const from = length + between.length
  return {
    text: `${one.text}${between}${other.text}`,
    at: (index) => (index < length ? one.at(index) : index < from ? one.at(length - 1) + 1 : other.at(index - from)),
  }
}

const around = new Set(['`', '*', '"', "'", '“', '”', '~'])

/** Without white space, code marks, bold marks and quotes at its ends. */
export function bare(whole: Stretch): Stretch {
  return trimmed(whole, (mark) => around.has(mark) || isSpace(mark.charCodeAt(0)))
}

/** A part of the file, bare. */
export function bareAt(document: SpecDocument, span: Span): Stretch {
  return bare(stretchOf(document, span))
}

/** `` `"Team"("seasonId")` `` without the quotation marks, which SQL needs and a description has for nothing. */
export function unquoted(whole: Stretch): Stretch {
  if (!whole.text.includes('`"')) return whole
  let isCode = false
  return keeping(whole, (mark) => {
    if (mark === '`') isCode = !isCode
    return !isCode || mark !== '"'
  })
}

/** A comment behind an item, such as one to the linter, is no part of what it says. */
export function withoutComment(whole: Stretch): Stretch {
  const at = whole.text.includes('<!--') ? whole.text.lastIndexOf('<!--') : -1
  return at < 0 || !whole.text.trimEnd().endsWith('-->')
    ? whole
    : part(whole, 0, whole.text.slice(0, at).trimEnd().length)
}

/** With lines that end in `\n`, if all end in two characters: a parser may mend otherwise what is broken there. */
export function plainLines(whole: Stretch): Stretch {
  return whole.text.includes('\r\n') && !/(?<!\r)\n/u.test(whole.text)
    ? keeping(whole, (mark, index) => mark !== '\r' || whole.text[index + 1] !== '\n')
    : whole
}

/** The characters that are kept, each where it stands; asked once for each, in order. */
function keeping(whole: Stretch, isKept: (mark: string, index: number) => boolean): Stretch {
  const {length} = whole.text
  const kept: number[] = []
  for (let index = 0; index < length; index += 1) if (isKept(whole.text[index] ?? '', index)) kept.push(index)
  return {
    text: kept.map((index) => whole.text[index]).join(''),
    at: (index) => whole.at(kept[index] ?? length),
  }
}

/** Without white space at its ends. */
export function trim(whole: Stretch): Stretch {
  return trimmed(whole, (mark) => isSpace(mark.charCodeAt(0)))
}

function trimmed(whole: Stretch, outer: (mark: string) => boolean): Stretch {
  const {text} = whole
  let from = 0
  let to = text.length
  while (from < to && outer(text[from] ?? '')) from += 1
  while (to > from && outer(text[to - 1] ?? '')) to -= 1
  return part(whole, from, to)
}

const holes = /\{\{|\}\}|\[[^\]]+\]|^<[^<>]*>$|^(?:TBD|TODO)$/u

export function nameOf(whole: Stretch): Name {
  const stretch = bare(whole)
  return {...toText(stretch), key: keyOf(stretch.text), hole: isHole(stretch.text)}
}

/** It holds a template's placeholder: `{{x}}`, `[x]`, `<x>`. */
export function isHole(text: string): boolean {
  return holes.test(text)
}

/** As names are compared: lower case, without quotes and default schema. */
function keyOf(text: string): string {
  return text
    .replaceAll(/["'`*\\]/gu, '')
    .trim()
    .toLowerCase()
    .replace(/^(?:public|dbo|main)\./u, '')
}

const firstName = expression('u')`^(?:[\p{L}\p{N}_$.]|\{\{[^{}]*\}\}|\[[^[\]]*\])+`

/** Names in a list such as `(a, b DESC)`, without the direction. An expression has an empty key. */
export function namesIn(list: Stretch): readonly Name[] {
  return pieces(list, /^,/u)
    .map((piece) => bare(piece))
    .filter(({text}) => text !== '')
    .map((piece) => {
      const word = firstName.exec(piece.text)?.[0]
      const rest = piece.text.slice(word?.length ?? 0)
      if (word === undefined || /^\s*\(/u.test(rest)) return {...toText(piece), key: '', hole: isHole(piece.text)}
      return nameOf(part(piece, 0, word.length))
    })
}

/** The sentences of a text, each with what ends it. */
export function sentencesOf(whole: Stretch, ending: RegExp): readonly Stretch[] {
  const ends = [...whole.text.matchAll(ending)].map(({index, 0: {length}}) => index + length)
  return [0, ...ends].map((from, at) => part(whole, from, ends[at] ?? whole.text.length))
}

/** All that separators begin with. */
const separators = new Set([',', ';', '.', '|', '/'])

/** The pieces between separators, of one mark, that stand outside of brackets and quotes; `separator` sees the next mark too. */
export function pieces(whole: Stretch, separator: RegExp): readonly Stretch[] {
  const found: Stretch[] = []
  let depth = 0
  let quote = ''
  let from = 0
  for (let index = 0; index < whole.text.length; index += 1) {
    const mark = whole.text[index] ?? ''
    if (quote !== '') quote = mark === quote ? '' : quote
    else if ((mark === "'" || mark === '"') && opens(whole.text, index)) quote = mark
    else if (mark === '(' || mark === '[' || mark === '{') depth += 1
    else if (mark === ')' || mark === ']' || mark === '}') depth = Math.max(0, depth - 1)
    else if (depth === 0 && separators.has(mark) && separator.test(whole.text.slice(index, index + 2))) {
      found.push(part(whole, from, index))
      from = index + 1
    }
  }
  return [...found, part(whole, from)]
}

/** A quote opens after white space or a mark, not within a word (`User's`), and is closed on the same stretch. */
function opens(text: string, index: number): boolean {
  return !/[\p{L}\p{N}]/u.test(text[index - 1] ?? ' ') && text.slice(index + 1, index + 200).includes(text[index] ?? '')
}

/** Index after the bracket that closes the one at `from`; -1 without one. */
export function closing(text: string, from: number): number {
  let depth = 0
  for (let index = from; index < text.length; index += 1) {
    const mark = text[index]
    if (mark === '(') depth += 1
    if (mark === ')') {
      depth -= 1
      if (depth === 0) return index + 1
    }
  }
  return -1
}

/** The last of some things in order that starts before an offset. */
export function lastBefore<One extends {readonly start: number}>(all: readonly One[], offset: number): One | undefined {
  return all[countBefore(all, ({start}) => start < offset) - 1]
}
