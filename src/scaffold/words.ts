import {properties} from '../type/text-values.ts'
import type {JsonSchema} from '../type/types.ts'
import type {Purpose} from './types.ts'

/** On one line, without what would end a token, a cell or a comment. */
function plainly(text: string): string {
  return text
    .replaceAll(/[[\]{}<>|`*\\]/gu, ' ')
    .replaceAll(/-{2,}/gu, '-')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

/** A text of a type on one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

/** `[Describe current state]`: no reader takes it for an answer. */
export function token(verb: 'Describe' | 'Name' | 'Give', what: string): string {
  const words = plainly(what.replaceAll(/\s*\([^()]*\)/gu, '')).replace(/[\s:.,;!?–—-]+$/u, '')
  return `[${verb} ${words === '' || /^descri/i.test(words) ? 'it in a sentence' : lowered(words)}]`
}

/** `UI mockups` and `IOSM` keep their capitals. */
function lowered(text: string): string {
  return text.replaceAll(/(?<![\p{L}\p{N}_])\p{Lu}\p{Ll}+(?![\p{L}\p{N}_])/gu, (word) => word.toLowerCase())
}

/** What stands where a value is left to be filled in. */
export function blank(name: string, schema: JsonSchema | undefined, purpose: Purpose): string {
  const values = enumOf(schema)
  if (values.length > 0) return purpose.kind === 'template' ? `[${values.join(' / ')}]` : choice(values)
  if (schema?.['format'] === 'date') return 'YYYY-MM-DD'
  return schema?.['x-measurable'] === true ? token('Give', `${name} as a number`) : token('Describe', name)
}

function choice(values: readonly string[]): string {
  const last = values.at(-1) ?? ''
  return values.length === 1 ? last : `[Choose ${values.slice(0, -1).join(', ')} or ${last}]`
}

export function enumOf(schema: JsonSchema | undefined): readonly string[] {
  return Array.isArray(schema?.['enum']) ? schema['enum'].map((value) => plainly(String(value))) : []
}

/** Every property of a schema, in order. */
export function propertiesOf(schema: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  return Object.entries(properties(schema)).filter(([name]) => name !== '')
}
