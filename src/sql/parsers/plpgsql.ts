import type {Fault} from './types.ts'

type Check = (text: string) => string | undefined

/** What somebody is to fill in, or left out: a body with it isn't read. */
const open = /\{\{|\$\{|\.{3}|…|<[\p{L}_][\p{L}\p{N}_ -]*>/u
const mostTries = 60

/**
 * What is wrong in the body of a function in PL/pgSQL, whose parser tells the word but not the place. `check` gives its message.
 * The place is the last one where a word put in before it changes the message: what comes later is never read.
 */
export function bodyFault(text: string, check: Check): Fault | undefined {
  const body = bodyOf(text)
  if (!body || open.test(body.text)) return undefined
  const message = check(text)
  if (message === undefined || !/^(?:syntax error|missing |mismatched|unterminated|end label)/iu.test(message))
    return undefined
  const word = / at or near "([\s\S]*)"$/u.exec(message)?.[1]
  if (word === undefined || word === '') {
    const end = body.start + body.text.trimEnd().length
    const last = /(?:[\p{L}\p{N}_]+|\S)$/u.exec(body.text.trimEnd())?.[0].length ?? 1
    return {offset: end - last, length: last, message: plain(message)}
  }
  const places = placesOf(word, body.text).map((at) => body.start + at)
  const isBefore = (at: number): boolean => check(`${text.slice(0, at)} spec_lint_mark ${text.slice(at)}`) !== message
  // All places up to the fault change the message, none behind it does.
  let low = 0
  let high = places.length - 1
  for (let tries = 0; low < high && tries < mostTries; tries += 1) {
    const middle = (low + high + 1) >> 1
    if (isBefore(places[middle] ?? 0)) low = middle
    else high = middle - 1
  }
  return {offset: places[low] ?? body.start, length: word.length, message: plain(message)}
}

interface Body {
  readonly text: string
  readonly start: number
}

/** The text between dollar quotes of `CREATE FUNCTION … LANGUAGE plpgsql` and of `DO`. */
function bodyOf(text: string): Body | undefined {
  if (!/^(?:\s|--[^\n]*)*(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE)|DO)\b/iu.test(text)) return undefined
  const opening = /\$(\w*)\$/u.exec(text)
  if (!opening) return undefined
  const start = opening.index + opening[0].length
  const end = text.indexOf(opening[0], start)
  if (end < 0) return undefined
  const around = text.slice(0, opening.index) + text.slice(end + opening[0].length)
  const language = /\bLANGUAGE\s+'?(\w+)'?/iu.exec(around)?.[1]?.toLowerCase()
  const isDo = /^(?:\s|--[^\n]*)*DO\b/iu.test(text)
  return (language ?? (isDo ? 'plpgsql' : '')) === 'plpgsql' ? {text: text.slice(start, end), start} : undefined
}

/** Where a word or a sign stands outside of strings and comments. */
function placesOf(word: string, body: string): readonly number[] {
  const escaped = word.replaceAll(/[^\p{L}\p{N}_\s]/gu, String.raw`\$&`)
  const isWord = /^[\p{L}\p{N}_]+$/u.test(word)
  const pattern = new RegExp(
    String.raw`--[^\n]*|/\*[\s\S]*?\*/|'(?:[^']|'')*'|(${isWord ? String.raw`(?<![\p{L}\p{N}_])${escaped}(?![\p{L}\p{N}_])` : escaped})`,
    'giu',
  )
  return [...body.matchAll(pattern)].flatMap((match) => (match[1] === undefined ? [] : match.index))
}

function plain(message: string): string {
  return message.replace(/ at or near "([\s\S]*)"$/u, (_, near: string) => ` at \`${near}\``)
}
