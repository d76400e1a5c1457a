import {expression} from '../../document/expressions.ts'
import type {Fault} from './types.ts'

type Check = (text: string) => string | undefined

/** What somebody is to fill in, or left out: a body with it isn't read. */
const open = expression('u')`\{\{|\$\{|\.{3}|…|<[\p{L}_][\p{L}\p{N}_ -]*>`
const mostTries = 60

/**
 * What is wrong in the body of a function in PL/pgSQL, whose parser tells the word but not the place. `check` gives its message.
 * The place is the last one where a word put in before it changes the message: what comes later is never read.
 */
export function bodyFault(text: string, check: Check): Fault | undefined {
  const body = bodyOf(text)
  if (!body || open.test(body.text)) return undefined
  const message = check(text)
  if (message === undefined || !/^(?:syntax error|missing |mismatched|unterminated|end label)/i.test(message))
    return undefined
  const opener = / at (?:end of input|or near ";")$/u.test(message) ? unclosedIn(body.text) : undefined
  if (opener) return {...opener, offset: body.start + opener.offset}
  const word = / at or near "([\s\S]*)"$/u.exec(message)?.[1]
  const known = word === undefined || word === '' ? undefined : word
  const places = placesOf(known, body.text).map(({at, length}) => ({at: body.start + at, length}))
  const isBefore = (at: number): boolean => check(`${text.slice(0, at)} spec_lint_mark ${text.slice(at)}`) !== message
  // All places up to the fault change the message, none behind it does.
  let low = 0
  let high = places.length - 1
  for (let tries = 0; low < high && tries < mostTries; tries += 1) {
    const middle = (low + high + 1) >> 1
    if (isBefore(places[middle]?.at ?? 0)) low = middle
    else high = middle - 1
  }
  const {at, length} = places[low] ?? {at: body.start, length: 1}
  return {offset: at, length, message: plain(message)}
}

const blockWords =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\bEND\s+(?:IF|LOOP|CASE)\b|\b(?:END|IF|LOOP|CASE|BEGIN)\b/gi

/** The IF or the LOOP that an END of something around it comes before. */
function unclosedIn(body: string): Fault | undefined {
  const stack: {readonly word: string; readonly at: number}[] = []
  for (const {0: found, index: at} of body.matchAll(blockWords)) {
    if (/^(?:--|\/\*|')/u.test(found)) continue
    const word = found.toUpperCase().replaceAll(/\s+/gu, ' ')
    const top = stack.at(-1)
    // `DROP TABLE IF EXISTS` opens nothing.
    if (word === 'IF' && !/(?:^|;|>>|\b(?:BEGIN|THEN|ELSE|LOOP))\s*$/i.test(withoutComments(body.slice(0, at))))
      continue
    if (!word.startsWith('END')) stack.push({word, at})
    else if (top && (word === 'END' ? /^(?:BEGIN|CASE)$/u.test(top.word) : word === `END ${top.word}`)) stack.pop()
    else return word === 'END' && top ? missingEnd(top) : undefined
  }
  return undefined
}

function missingEnd({word, at}: {readonly word: string; readonly at: number}): Fault {
  return {offset: at, length: word.length, message: `no \`END ${word}\` belongs to this \`${word}\``}
}

function withoutComments(text: string): string {
  return text.slice(-400).replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//gu, ' ')
}

interface Body {
  readonly text: string
  readonly start: number
}

/** The text between dollar quotes of `CREATE FUNCTION … LANGUAGE plpgsql` and of `DO`. */
function bodyOf(text: string): Body | undefined {
  if (!/^(?:\s|--[^\n]*)*(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE)|DO)\b/i.test(text)) return undefined
  const opening = /\$(\w*)\$/u.exec(text)
  if (!opening) return undefined
  const start = opening.index + opening[0].length
  const end = text.indexOf(opening[0], start)
  if (end < 0) return undefined
  const around = text.slice(0, opening.index) + text.slice(end + opening[0].length)
  const language = /\bLANGUAGE\s+'?(\w+)'?/i.exec(around)?.[1]?.toLowerCase()
  const isDo = /^(?:\s|--[^\n]*)*DO\b/i.test(text)
  return (language ?? (isDo ? 'plpgsql' : '')) === 'plpgsql' ? {text: text.slice(start, end), start} : undefined
}

/** Where a word or a sign stands outside of strings and comments; without one, where any stands. */
function placesOf(word: string | undefined, body: string): readonly {readonly at: number; readonly length: number}[] {
  const escaped = word?.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)
  const one =
    word === undefined
      ? String.raw`[\p{L}\p{N}_]+|\S`
      : /^[\p{L}\p{N}_]+$/u.test(word)
        ? String.raw`(?<![\p{L}\p{N}_])${escaped ?? ''}(?![\p{L}\p{N}_])`
        : (escaped ?? '')
  const pattern = new RegExp(String.raw`--[^\n]*|/\*[\s\S]*?\*/|'(?:[^']|'')*'|(${one})`, 'giu')
  return [...body.matchAll(pattern)].flatMap((match) =>
    match[1] === undefined ? [] : [{at: match.index, length: match[1].length}],
  )
}

function plain(message: string): string {
  return message.replace(/ at or near "([\s\S]*)"$/u, (_, near: string) => ` at \`${near}\``)
}
