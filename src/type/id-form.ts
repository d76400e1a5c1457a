import {distance} from 'fastest-levenshtein'
import type {IdSpec} from './types.ts'

const slot = /\{[a-z]+\}/gu

const patterns = new Map<string, RegExp>()

function patternOf(form: string): RegExp {
  const known = patterns.get(form)
  if (known) return known
  const literals = form.split(slot).map((text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`))
  const pattern = new RegExp(`^${literals.join(String.raw`(\d+)`)}((?:\\.\\d+)*)$`, 'u')
  if (patterns.size > 1000) patterns.clear()
  patterns.set(form, pattern)
  return pattern
}

/** The values of a form's slots in an identifier; `undefined` for one of another form. `FR-1.2` has a value more than `FR-{n}`. */
export function partsOf(id: string, {form}: IdSpec): readonly number[] | undefined {
  const match = patternOf(form).exec(id)
  if (!match) return undefined
  const further = (match.at(-1) ?? '').split('.').slice(1)
  return [...match.slice(1, -1), ...further].map(Number)
}

export function slotsOf({form}: IdSpec): number {
  return form.match(slot)?.length ?? 0
}

/** The identifier with these values, as wide as the sample is padded: `FR-007`. */
export function formed({form}: IdSpec, parts: readonly number[], sample?: string): string {
  const digits = sample === undefined ? '' : (/\d+$/u.exec(sample)?.[0] ?? '')
  const width = digits.startsWith('0') ? digits.length : 0
  const last = parts.length - 1
  const values = parts.map((part, index) => (index === last ? String(part).padStart(width, '0') : String(part)))
  let at = -1
  return form.replaceAll(slot, () => {
    at += 1
    return values[at] ?? '1'
  })
}

/** Without padding: `FR-007` is `FR-7`. */
export function canonicalId(id: string): string {
  return id.replaceAll(/\d+/gu, (digits) => digits.replace(/^0+(?=\d)/u, ''))
}

export interface NearId {
  /** Length of the slip at the start of the text. */
  readonly length: number
  readonly numbers: readonly number[]
}

/** A text that begins with what is nearly an identifier of a kind: `FR_2`, `Fr-2`, `FR 2`, `FR-2a`, `RF-2`. */
export function nearId(text: string, spec: IdSpec, others: readonly string[]): NearId | undefined {
  const match = /^([A-Za-z]{1,10})[\s\-_.#–—]{0,3}(\d+(?:[._-]\d+)*)[a-z]?(?=\s*[:–—)\].-]|\s|$)/u.exec(text)
  const [whole = '', letters = '', digits = ''] = match ?? []
  if (!match) return bareId(text, spec)
  const upper = letters.toUpperCase()
  const known = upper === spec.prefix
  if (!known && (others.includes(upper) || distance(upper, spec.prefix) > 1 || spec.prefix.length < 2)) return undefined
  return {length: whole.length, numbers: digits.split(/[._-]/u).map(Number)}
}

/** `FR: Search`, `FR- Search`: the number is missing. */
function bareId(text: string, {prefix}: IdSpec): NearId | undefined {
  const match = /^([A-Z]+)[-_.#]?(?=\s*[:–—]\s)/u.exec(text)
  return match?.[1] === prefix ? {length: match[0].length, numbers: []} : undefined
}
