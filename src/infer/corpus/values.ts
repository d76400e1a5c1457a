import type {Json} from '../../document/types.ts'
import {isSlip} from '../../type/nearest.ts'
import type {JsonSchema} from '../../type/types.ts'
import type {Certainty} from '../types.ts'
import {anyText, anyValue, dateSchema, escaped, handleSchema, versionSchema} from '../values.ts'
import {mostCommon, tally} from './support.ts'

/** What the values of one key have in common. */
export interface Kind {
  readonly schema: JsonSchema
  /** In words; `undefined` when any text will do. */
  readonly says: string | undefined
  readonly certainty: Certainty
  readonly doubt: string | undefined
  /** Whether a value is of the kind. */
  readonly fits: (value: Json) => boolean
  /** The values to choose from, if they are few. */
  readonly choice: readonly string[]
}

const fewest = 8
const mostValues = 20
const longestValue = 48

/**
 * The kind of the values of a key. `threshold` is the part of them that has to be of a kind; the others are mistakes.
 * `inYaml` says that they come from front matter.
 */
export function kindOf(values: readonly Json[], threshold: number, inYaml: boolean): Kind {
  const any: Kind = {
    schema: inYaml ? anyValue : anyText,
    says: undefined,
    certainty: 'shown',
    doubt: undefined,
    fits: () => true,
    choice: [],
  }
  if (values.some((value) => typeof value === 'object')) return any
  return simpleKind(values, threshold, any) ?? choiceOf(values.map(textOf), any, inYaml) ?? any
}

export function textOf(value: Json): string {
  return typeof value === 'string' ? value.trim() : String(value)
}

interface Simple {
  readonly says: string
  readonly schema: JsonSchema
  readonly fits: (value: Json) => boolean
}

const handle = /^@[A-Za-z0-9][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_.-]+)?$/u
const semver = /^\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/u

const simple: readonly Simple[] = [
  {says: 'a date as YYYY-MM-DD', schema: dateSchema, fits: (value) => /^\d{4}-\d{2}-\d{2}$/u.test(textOf(value))},
  {says: 'true or false', schema: {type: 'boolean'}, fits: (value) => typeof value === 'boolean'},
  {says: 'a number', schema: {type: 'number'}, fits: (value) => typeof value === 'number'},
  {says: 'a semantic version', schema: versionSchema, fits: (value) => semver.test(textOf(value))},
  {says: 'a handle such as `@maria-lopez`', schema: handleSchema, fits: (value) => handle.test(textOf(value))},
]

function simpleKind(values: readonly Json[], threshold: number, any: Kind): Kind | undefined {
  const found = simple.find(({fits}) => values.length > 1 && values.filter(fits).length >= values.length * threshold)
  return found && {...any, ...found}
}

/** Few different values in many documents are a choice. A value that only one document has is one, too, unless it is a slip. */
function choiceOf(texts: readonly string[], any: Kind, inYaml: boolean): Kind | undefined {
  if (texts.length < fewest) return undefined
  const forms = [(text: string): string => text, withoutRemark, stem]
  const form = forms.find((one) => areFew(tally(texts.map((text) => one(text).toLowerCase())), texts.length))
  if (!form) return undefined
  const spelled = new Map<string, string[]>()
  for (const text of texts.map(form))
    spelled.set(text.toLowerCase(), [...(spelled.get(text.toLowerCase()) ?? []), text])
  const counts = [...spelled.values()].map((all) => ({text: mostCommon(all), count: all.length}))
  const kept = counts
    .filter(
      ({text, count}) =>
        count > 1 || !counts.some((other) => other.count >= 5 && isSlip(text.toLowerCase(), other.text.toLowerCase())),
    )
    .toSorted((a, b) => b.count - a.count)
    .map(({text}) => text)
  const known = new Set(kept.map((text) => text.toLowerCase()))
  const goesOn = form === stem
  const remark = form !== forms[0] || !inYaml
  const schema: JsonSchema = goesOn
    ? {type: 'string', pattern: `^(?i)(?:${kept.map(escaped).join('|')})(?:\\W|$)`, examples: kept}
    : {enum: kept, 'x-case-insensitive': true, ...(remark && {'x-remark': true})}
  return {
    ...any,
    schema,
    says: `one of ${kept.length}: ${kept.map((text) => `\`${text}\``).join(', ')}`,
    certainty: 'guessed',
    doubt: 'The values that documents have are taken for all there may be.',
    fits: (value) => known.has(form(textOf(value)).toLowerCase()),
    choice: goesOn ? [] : kept,
  }
}

function areFew(counts: readonly (readonly [string, number])[], of: number): boolean {
  const repeated = counts.filter(([, count]) => count > 1)
  return (
    counts.length > 1 &&
    counts.length <= Math.min(mostValues, Math.max(2, of / 4)) &&
    repeated.length * 2 >= counts.length &&
    counts.every(([text]) => /\p{L}/u.test(text) && text.length <= longestValue)
  )
}

const emoji = /^[\p{Extended_Pictographic}\u{FE0F}\u{200D}\s]+/u

/** `Accepted (2026)`, `Draft – see below`: what stands behind is the author's. */
function withoutRemark(text: string): string {
  return text
    .replace(emoji, '')
    .replace(/\s*(?:\([^()]*\)|\s[–—-]\s.*|[,;]\s.*)$/u, '')
    .trim()
}

/** `superseded by ADR-7` is `superseded`. */
function stem(text: string): string {
  return withoutRemark(text)
    .replace(/\s+(?:by|in|with|on|as of|since)\s.*$/i, '')
    .trim()
}
