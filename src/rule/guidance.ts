import {isWithin} from '../document/places.ts'
import type {Span, SpecDocument} from '../document/types.ts'
import type {Edit} from './types.ts'

type Left = Span & {readonly sentence: string}

/** Sentences of the template that a document shows to its readers: not in a comment, nor in the brackets of a placeholder. */
export function guidanceIn(document: SpecDocument, sentences: readonly string[]): readonly Left[] {
  return sentences
    .flatMap((sentence) => occurrences(document.text, sentence).map((span) => ({...span, sentence})))
    .filter(
      ({start, end}) =>
        ![...document.comments, ...document.placeholders].some((one) => start >= one.start && end <= one.end),
    )
}

/** Where a sentence stands, however its lines are broken. */
function occurrences(text: string, sentence: string): readonly Span[] {
  const parts = sentence.split(' ')
  const [first = ''] = parts
  const longest = parts.reduce((one, other) => (other.length > one.length ? other : one), first)
  // Most documents have none: the rarest of the words tells it at once.
  if (!text.includes(longest)) return []
  const found: {start: number; end: number}[] = []
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const end = matchAt(text, at, parts)
    if (end !== undefined) found.push({start: at, end})
  }
  return found
}

function matchAt(text: string, start: number, parts: readonly string[]): number | undefined {
  let at = start
  for (const [index, part] of parts.entries()) {
    if (index > 0) {
      const from = at
      while (at < text.length && /\s/u.test(text[at] ?? '')) at += 1
      if (at === from) return undefined
    }
    if (!text.startsWith(part, at)) return undefined
    at += part.length
  }
  return at
}

/**
 * The edit that takes a sentence out: with the marks around it, and with its line where nothing else stands on that. None where it
 * is part of the author's own sentence or a heading.
 */
export function removalOf(sentence: Span, document: SpecDocument): Edit | undefined {
  const {text, codes, headings} = document
  const inCode = codes.some((code) => sentence.start >= code.start && sentence.end <= code.end)
  if (headings.some((heading) => isWithin(sentence.start, heading))) return undefined
  const {start, end} = inCode ? commented(sentence, text) : marked(sentence, text)
  const before = text.slice(Math.max(0, start - reach), start)
  const after = text.slice(end, end + reach)
  const lead = /[^\r\n]*$/u.exec(before)?.[0] ?? ''
  const tail = /^[ \t]*(?:\r\n|\n|\r|$)/u.exec(after)?.[0]
  const isFirst = lineStart.test(lead)
  if (isFirst && tail !== undefined) {
    const line = {start: start - lead.length, end: end + tail.length}
    return inCode ? {...listed(line, text), text: ''} : {...withGap(line, text), text: ''}
  }
  const isAside = /^\(.*\)$/su.test(text.slice(start, end)) && /\s$/u.test(before)
  if (isAside) return {start: start - 1, end, text: ''}
  if (inCode)
    return tail === undefined ? undefined : {start: start - (/[ \t]*$/u.exec(lead)?.[0].length ?? 0), end, text: ''}
  const isCell = /\|[ \t]*$/u.test(lead) && /^[ \t]*\|/u.test(after)
  if (!/^(?:\s|$)/u.test(after) || !(isFirst || isCell || sentenceEnd.test(before))) return undefined
  return isFirst
    ? {start, end: end + (/^[ \t]*/u.exec(after)?.[0].length ?? 0), text: ''}
    : {start: /\s$/u.test(before) ? start - 1 : start, end, text: ''}
}

/** As far as a removal looks around. */
const reach = 200
/** What a block begins with: indentation, the mark of a quote, of an item, of a task. */
const lineStart = /^[\s>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?:\[[ xX]\][ \t]+)?$/u
/** What a sentence or a label before it ends with; a line may break behind it. */
const sentenceEnd = /[.!?:…][)\]"'”’*_`]*\s+$/u
const pairs = [
  ['(', ')'],
  ['[', ']'],
  ['"', '"'],
  ['“', '”'],
  ['**', '**'],
  ['__', '__'],
  ['*', '*'],
  ['_', '_'],
  ['`', '`'],
] as const

/** With its full stop and the marks that hold nothing else. */
function marked({start, end}: Span, text: string): Span {
  const stop = /^[.…](?![^\s)\]"”*_`])/u.test(text.slice(end, end + 2)) ? 1 : 0
  const pair = pairs.find(
    ([open, close]) =>
      text.slice(Math.max(0, start - open.length), start) === open && text.startsWith(close, end + stop),
  )
  if (pair) return marked({start: start - pair[0].length, end: end + stop + pair[1].length}, text)
  return {start, end: end + stop}
}

/** With the mark of a comment that holds nothing else. */
function commented({start, end}: Span, text: string): Span {
  const mark = /(?:--|\/\/|#)[ \t]*$/u.exec(text.slice(Math.max(0, start - 20), start))?.[0] ?? ''
  return {start: start - mark.length, end}
}

/** The last line of a list in code, with the comma in front of it: what stands behind it closes the list. */
function listed({start, end}: Span, text: string): Span {
  const comma = /,\s*(?:\r\n|\n|\r)[ \t]*$/u.exec(text.slice(Math.max(0, start - reach), start))?.[0]
  return comma !== undefined && /^\s*[)\]}]/u.test(text.slice(end, end + reach))
    ? {start: start - comma.length, end: end - (/(?:\r\n|\n|\r)$/u.exec(text.slice(start, end))?.[0].length ?? 0)}
    : {start, end}
}

/** A line between empty ones, with the one behind it. */
function withGap({start, end}: Span, text: string): Span {
  const isBelowGap =
    start === 0 || /(?:^|\n|\r)[ \t]*(?:\r\n|\n|\r)$/u.test(text.slice(Math.max(0, start - reach), start))
  const gap = isBelowGap ? (/^[ \t]*(?:\r\n|\n|\r)/u.exec(text.slice(end, end + reach))?.[0] ?? '') : ''
  return {start, end: end + gap.length}
}
