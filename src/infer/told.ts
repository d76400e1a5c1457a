import type {Json, Span, SpecDocument} from '../document/types.ts'
import type {Certainty, Claim, Evidence, Map, Told} from './types.ts'

const longest = 100

/** Evidence from the line on which a range of a document begins. */
export function seen(document: SpecDocument, span: Span, words?: string): Evidence {
  const line = document.source.lineOf(span.start)
  const whole = words ?? document.source.slice(document.source.lineSpan(line))
  return {path: document.path, line, text: shortened(whole)}
}

function shortened(text: string): string {
  const one = text.slice(0, 1000).replaceAll(/\s+/gu, ' ').trim()
  return one.length > longest ? `${[...one].slice(0, longest).join('')}…` : one
}

export function claim(
  says: string,
  certainty: Certainty,
  evidence: Evidence | readonly Evidence[],
  extra: {readonly at?: string; readonly doubt?: string} = {},
): Claim {
  return {
    at: extra.at ?? '',
    says,
    certainty,
    doubt: extra.doubt,
    evidence: 'line' in evidence ? [evidence] : evidence,
    against: [],
  }
}

export function told<T extends Json | undefined>(value: T, ...claims: readonly Claim[]): Told<T> {
  return {value, claims}
}

/** The claims of a part, as claims of the whole that has it under these keys. */
export function under(claims: readonly Claim[], ...keys: readonly (string | number)[]): readonly Claim[] {
  const prefix = keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  return claims.map((one) => ({...one, at: prefix + one.at}))
}

/** An object of parts; a part without a value is left out. */
export function object(parts: {readonly [key: string]: Told<Json | undefined> | undefined}): Told<Map> {
  const given = Object.entries(parts).flatMap(([key, part]) =>
    part?.value === undefined ? [] : [{key, value: part.value, claims: part.claims}],
  )
  return {
    value: Object.fromEntries(given.map(({key, value}) => [key, value])),
    claims: given.flatMap(({key, claims}) => under(claims, key)),
  }
}

/** A list of parts; `undefined` for none. */
export function list(parts: readonly Told<Json>[]): Told<Json | undefined> {
  if (parts.length === 0) return told(undefined)
  return {value: parts.map(({value}) => value), claims: parts.flatMap(({claims}, index) => under(claims, index))}
}

export function plain<T extends Json>(value: T | undefined): Told<T | undefined> {
  return told(value)
}
