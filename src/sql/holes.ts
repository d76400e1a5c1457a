import {expression} from '../document/expressions.ts'
import {remembered} from '../document/remembered.ts'
import type {Span} from '../document/types.ts'
import type {Dialect} from './model.ts'
import type {Fault} from './parsers/types.ts'
import {type Token, tokensOf} from './tokens.ts'

/** What was done to a statement so that its parser could read it. */
export type Reading =
  | {readonly kind: 'legal'; readonly text: string; readonly holes: readonly Span[]}
  /** Nothing can be told: what fails may be a placeholder. */
  | {readonly kind: 'template'; readonly holes: readonly Span[]}
  | {readonly kind: 'fault'; readonly fault: Fault}

const pattern = expression(
  'gu',
)`\{\{[^{}\r\n]+\}\}|\$\{[^{}\r\n]+\}|\{[\p{L}_][\p{L}\p{N}_ .-]*\}|<[\p{L}][^<>\r\n=;()']*>|\[[^[\]\r\n]+\]|\.\.\.|…|%\(\w+\)s|%s|(?<![:\p{L}\p{N}_]):[\p{L}_][\p{L}\p{N}_]*|(?<=[=(,<>\s])\?(?=[\s,;)]|$)`

/** A statement with more is taken for a template without an attempt. */
const mostHoles = 500

interface Hole extends Span {
  readonly text: string
  /** Texts of the same length, the likeliest first. */
  readonly choices: readonly string[]
  /** `...`: stands for any number of things. */
  readonly elision: boolean
}

export interface Bounds {
  /** Attempts at one statement. */
  readonly tries: number
  /** Characters that may still be parsed again, for the whole document. */
  readonly budget: {left: number}
}

/** Whether a text is or holds a placeholder of a template. */
export function hasHole(text: string): boolean {
  return new RegExp(pattern).test(text)
}

/** Parses a statement, its placeholders replaced by tokens of the same length where it can't be read as it stands. */
export function readThroughHoles(
  text: string,
  dialect: Dialect,
  parse: (text: string) => Fault | undefined,
  bounds: Bounds,
): Reading {
  const first = parse(text)
  if (first === undefined) return {kind: 'legal', text, holes: []}
  const holes = holesOf(text, dialect)
  if (holes.length === 0) return {kind: 'fault', fault: first}
  if (holes.length > mostHoles) return {kind: 'template', holes}
  const state: Attempt = {chosen: holes.map(() => 0), furthest: undefined}
  for (let tries = 1; tries < bounds.tries; tries += 1) {
    const filled = fill(text, holes, state.chosen)
    const fault = parse(filled)
    if (fault === undefined) return {kind: 'legal', text: filled, holes: holes.map(({start, end}) => ({start, end}))}
    if (state.furthest === undefined || fault.offset > state.furthest.offset) state.furthest = fault
    bounds.budget.left -= text.length
    if (bounds.budget.left < 0 || !next(holes, state.chosen, fault.offset)) break
  }
  const fault = state.furthest && certain(state.furthest, holes, text, dialect)
  return fault ? {kind: 'fault', fault} : {kind: 'template', holes}
}

/** A statement with each placeholder as the likeliest token of the same length. */
export function withoutHoles(text: string, dialect: Dialect): {readonly text: string; readonly holes: readonly Span[]} {
  const holes = holesOf(text, dialect)
  return {
    text: fill(
      text,
      holes,
      holes.map(() => 0),
    ),
    holes: holes.map(({start, end}) => ({start, end})),
  }
}

interface Attempt {
  readonly chosen: number[]
  furthest: Fault | undefined
}

/** Takes the next choice of the last hole that may be to blame: one at or before the place where the parser stopped. */
function next(holes: readonly Hole[], chosen: number[], offset: number): boolean {
  for (let index = holes.length - 1; index >= 0; index -= 1) {
    const hole = holes[index]
    const at = chosen[index] ?? 0
    if (hole && hole.start <= offset && at + 1 < hole.choices.length) {
      chosen[index] = at + 1
      chosen.fill(0, index + 1)
      return true
    }
  }
  return false
}

function fill(text: string, holes: readonly Hole[], chosen: readonly number[]): string {
  let filled = ''
  let end = 0
  for (const [index, hole] of holes.entries()) {
    filled += text.slice(end, hole.start) + (hole.choices[chosen[index] ?? 0] ?? hole.text)
    end = hole.end
  }
  return filled + text.slice(end)
}

/** An error that no placeholder can be the cause of: before the first, or well after the last that the parser accepted. */
function certain(fault: Fault, holes: readonly Hole[], text: string, dialect: Dialect): Fault | undefined {
  const before = holes.filter(({start}) => start <= fault.offset)
  if (before.length === 0) return fault
  const last = before.at(-1)
  if (last === undefined || last.elision || last.end > fault.offset || fault.offset >= text.trimEnd().length)
    return undefined
  const between = tokensOf(text.slice(last.end, fault.offset), dialect).filter(({kind}) => kind !== 'comment')
  // A parameter is a value: what doesn't fit behind it is wrong without it too.
  return between.length >= (last.text === '?' ? 1 : 3) ? fault : undefined
}

/** Placeholders outside comments and strings, and commas that an elided rest of a list leaves behind. */
function holesOf(text: string, dialect: Dialect): readonly Hole[] {
  return known(text, dialect)
}

const known = remembered((text, dialect) => findHoles(text, dialect as Dialect))

function findHoles(text: string, dialect: Dialect): readonly Hole[] {
  const tokens = tokensOf(text, dialect === 'mssql' || dialect === 'sqlite' ? 'postgresql' : dialect)
  const opaque = tokens.filter(({kind}) => kind === 'comment' || kind === 'string' || kind === 'quoted')
  let at = 0
  const found: Hole[] = []
  for (const match of text.matchAll(pattern)) {
    const start = match.index
    const end = start + match[0].length
    while ((opaque[at]?.end ?? Infinity) <= start) at += 1
    const inside = (opaque[at]?.start ?? Infinity) <= start
    const isQuote = dialect === 'mssql' && text[start] === '['
    if (!inside && !isQuote) found.push(holeAt(text, start, end))
  }
  return [...found, ...danglingCommas(tokens, found)].toSorted((a, b) => a.start - b.start)
}

function holeAt(text: string, start: number, end: number): Hole {
  const raw = text.slice(start, end)
  const isGlued = /[\p{L}\p{N}_}\]>]/u.test(text[start - 1] ?? '') || /[\p{L}\p{N}_{[<$]/u.test(text[end] ?? '')
  const elision = raw === '...' || raw === '…'
  return {start, end, text: raw, elision, choices: isGlued && !elision ? [identifier(raw)] : choicesOf(raw)}
}

function choicesOf(raw: string): readonly string[] {
  const length = raw.length
  if (raw === '...') return ['_e_', '   ', 'a b', '(1)', ' 1 ', 'a=1', ' * ']
  if (raw === '…') return ['e', ' ', '1', '*']
  if (raw === '?') return ['1', 'e', ' ']
  // Parameters stand for values, seldom for names.
  if (raw.startsWith(':') || raw.startsWith('%')) return ['1'.padEnd(length), identifier(raw), ' '.repeat(length)]
  const inner = raw.replace(/^[[{<$%(:]+|[\]}>)]+s?$/gu, '').trim()
  const options = inner.split(/\s*[/|]\s*/u)
  const [option = ''] = options
  const isBlank = /constraint|generation|options?$|modifier|not null|optional/i.test(inner) && !/name/i.test(inner)
  const blank = ' '.repeat(length)
  const all = [
    options.length > 1 ? option : '',
    isBlank ? blank : '',
    identifier(raw),
    blank,
    'text',
    '1',
    '(1)',
    'true',
    'a b',
    inner,
  ]
  return [...new Set(all.filter((choice) => choice !== '' && choice.length <= length).map((one) => one.padEnd(length)))]
}

/** The same placeholder makes the same name, so that names meet across fences. */
function identifier(raw: string): string {
  const inner = raw.replaceAll(/[^\p{L}\p{N}]+/gu, '_').toLowerCase()
  const name = /^[\p{L}_]/u.test(inner) ? inner : `_${inner}`
  return name.padEnd(raw.length, '_').slice(0, raw.length)
}

/** `a INT, -- more` and `)`; `a INT, ...` and `)`. */
function danglingCommas(tokens: readonly Token[], holes: readonly Hole[]): readonly Hole[] {
  const found: Hole[] = []
  let hole = 0
  for (const [index, {text, start, end}] of tokens.entries()) {
    while ((holes[hole]?.end ?? Infinity) <= start) hole += 1
    if (text !== ',' || (holes[hole]?.start ?? Infinity) <= start) continue
    let at = afterComments(tokens, index + 1)
    const elided = holes[hole]
    const isHole = elided !== undefined && tokens[at]?.start === elided.start
    if (isHole) {
      while ((tokens[at]?.start ?? Infinity) < elided.end) at += 1
      at = afterComments(tokens, at)
    }
    if (tokens[at]?.text !== ')' || at === index + 1) continue
    found.push({start, end, text: ',', choices: isHole ? [',', ' '] : [' '], elision: true})
  }
  return found
}

function afterComments(tokens: readonly Token[], from: number): number {
  let at = from
  while (tokens[at]?.kind === 'comment') at += 1
  return at
}
