import type {Json, Text} from '../document/types.ts'
import type {JsonSchema} from './types.ts'

const emojiFirst = /^[\p{Extended_Pictographic}\u{FE0F}\u{200D}\s]+/u
/** `Online (by flag)`, `Online – by flag`, `Online, by flag`, `Online. By flag`, `Online: by flag`. */
const remark = /\s*(?:\([^()]*\)\.?|\s[–—-]\s.*|[.,;:]\s.*)$/su

/** What a schema sees of a text of the document: numbers where it asks for them, without a remark where it allows one. */
export function coerce(schema: JsonSchema | undefined, text: string): Json {
  const plain = text.replace(emojiFirst, '').trim()
  const values = Array.isArray(schema?.['enum']) ? schema['enum'] : []
  const shorter = schema?.['x-remark'] === true ? plain.replace(remark, '').replace(/\.$/u, '').trim() : plain
  const candidate = values.some((value) => same(String(value), plain, schema)) ? plain : shorter
  const known = values.find((value) => same(String(value), candidate, schema))
  if (known !== undefined) return known as Json
  const type = schema?.['type']
  if ((type === 'integer' || type === 'number') && /^[+-]?\d+(?:\.\d+)?$/u.test(candidate)) return Number(candidate)
  if (type === 'boolean' && /^(?:true|false|yes|no)$/i.test(candidate)) return /^(?:true|yes)$/i.test(candidate)
  return candidate
}

function same(value: string, text: string, schema: JsonSchema | undefined): boolean {
  return value === text || (schema?.['x-case-insensitive'] === true && value.toLowerCase() === text.toLowerCase())
}

/** The part of a text that its schema judges: without emoji before and remark after. */
export function judged(schema: JsonSchema | undefined, at: Text): Text {
  const lead = emojiFirst.exec(at.text)?.[0].length ?? 0
  const rest = at.text.slice(lead)
  const tail = schema?.['x-remark'] === true ? (remark.exec(rest)?.[0].length ?? 0) : 0
  const span = at.end - at.start
  if (span !== at.text.length || lead + tail >= span) return at
  return {start: at.start + lead, end: at.end - tail, text: rest.slice(0, rest.length - tail)}
}

export function properties(schema: JsonSchema): {readonly [name: string]: JsonSchema} {
  const value = schema['properties']
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as {readonly [name: string]: JsonSchema})
    : {}
}

export function requiredOf(schema: JsonSchema): readonly string[] {
  return Array.isArray(schema['required']) ? schema['required'].map(String) : []
}
