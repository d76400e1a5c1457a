import {isoDate} from '../type/dates.ts'
import {keyForm} from '../type/normalize.ts'
import {slug} from '../type/slug.ts'
import {coerce} from '../type/text-values.ts'
import type {JsonSchema, SpecType} from '../type/types.ts'
import {checkValue} from '../type/values.ts'
import {titleLine} from './title.ts'
import type {Known} from './types.ts'

const people = /\b(?:owner|author|architect|responsible|maintainer|editor|writer|created by|decision maker)s?\b/u

/** Whether a text is a value that a schema takes. */
export function fits(schema: JsonSchema, text: string): boolean {
  return checkValue(schema, coerce(schema, text)).length === 0
}

/** The value that a key has in a new document, as text; `undefined` when only its author knows. */
export function valueOf(property: string, schema: JsonSchema, type: SpecType, known: Known): string | undefined {
  const given = known.values.get(property)
  if (given !== undefined) return given
  return candidates(property, schema, type, known).find((text) => fits(schema, text))
}

function candidates(property: string, schema: JsonSchema, type: SpecType, known: Known): readonly string[] {
  const {default: standard, examples} = schema
  if (property === type.versionKey && type.version !== undefined) return [type.version]
  if (property === type.metadata?.status) return statuses(type, schema)
  if (standard !== undefined && standard !== null && typeof standard !== 'object') return [String(standard)]
  if (isDate(schema)) return [known.today]
  const form = keyForm(property)
  const {identity} = type
  if (identity?.kind === 'metadata' && identity.key === property && known.identity !== undefined)
    return [known.identity]
  if (known.title !== undefined && property === type.documentTitle?.sameAs)
    return form === 'title' ? [titleLine(type, known), known.title] : [known.title]
  if (known.title !== undefined && identity?.kind === 'metadata' && identity.key === property)
    return [slug(known.title), known.title]
  if (known.title !== undefined && form === 'title') return [known.title]
  if (known.author !== undefined && people.test(form)) return [`@${handle(known.author)}`, known.author].toReversed()
  if (/\bversion$/u.test(form)) return [...(Array.isArray(examples) ? examples.map(String) : []), '1.0', '1.0.0', '1']
  return []
}

/** The first status of the type's phases, else of its values. */
function statuses(type: SpecType, schema: JsonSchema): readonly string[] {
  const phases = type.phases?.phases ?? []
  const first = phases.find(({kind}) => kind === 'initial') ?? phases.find(({kind}) => kind === 'open')
  const values = Array.isArray(schema['enum']) ? schema['enum'].map(String) : []
  const standard = schema['default']
  return [...(first ? [first.status] : []), ...(typeof standard === 'string' ? [standard] : []), ...values.slice(0, 1)]
}

/** `@maria-lopez`, where a person is named by handle. */
function handle(name: string): string {
  return slug(name)
}

export function isDate(schema: JsonSchema): boolean {
  const {format, examples} = schema
  return format === 'date' || (Array.isArray(examples) && examples.some((one) => isoDate(String(one)) !== undefined))
}
