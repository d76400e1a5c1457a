import type {ErrorObject, ValidateFunction} from 'ajv'
import type {Ajv2020} from 'ajv/dist/2020.js'
import {code, list} from '../document/words.ts'
import type {Json} from '../document/types.ts'
import {createAjv} from './ajv.ts'
import {isoDate} from './dates.ts'
import {nearest} from './nearest.ts'
import {precompiled} from './precompiled.ts'
import type {JsonSchema} from './types.ts'

/** What a schema says against a value; `pointer` is a JSON Pointer into it. */
export interface SchemaProblem {
  readonly pointer: string
  readonly keyword: string
  /** For `required` and `additionalProperties`: the property. */
  readonly property: string | undefined
  readonly expected: string
  readonly replacements: readonly string[]
}

let engine: Ajv2020 | undefined
let ofFiles: ReadonlyMap<string, ValidateFunction> | undefined
const compiled = new WeakMap<JsonSchema, ValidateFunction>()

/** Loads what holds whole files against their schemas. Without it they are compiled, which takes ten times as long. */
export async function loadFileValidators(): Promise<void> {
  ofFiles ??= (await import('./precompiled-files.ts')).precompiled
}

/** Compiles a schema; throws what ajv throws. */
export function compileSchema(schema: JsonSchema): ValidateFunction {
  const known = compiled.get(schema)
  if (known) return known
  // Under a name of its own ajv would take it only once, and a configuration is read again when it changes.
  const {$id: _, ...nameless} = schema
  const validate = precompiledOf(schema) ?? (engine ??= createAjv()).compile(nameless)
  compiled.set(schema, validate)
  return validate
}

function precompiledOf(schema: JsonSchema): ValidateFunction | undefined {
  const text = JSON.stringify(schema)
  return precompiled.get(text) ?? ofFiles?.get(text)
}

export function checkValue(schema: JsonSchema, value: Json): readonly SchemaProblem[] {
  const validate = compileSchema(schema)
  if (validate(value)) return []
  const seen = new Set<string>()
  return (validate.errors ?? []).flatMap((error) => {
    const problem = translate(error)
    // One value, one problem: what an `anyOf` or `if` adds on top says nothing new.
    const key = `${problem.pointer} ${problem.property ?? ''}`
    if (seen.has(key) || error.keyword === 'if') return []
    seen.add(key)
    return [problem]
  })
}

function translate(error: ErrorObject): SchemaProblem {
  const schema = (error.parentSchema ?? {}) as JsonSchema
  const params = error.params as {readonly missingProperty?: string; readonly additionalProperty?: string}
  return {
    pointer: error.instancePath,
    keyword: error.keyword,
    property: params.missingProperty ?? params.additionalProperty,
    ...describe(error, schema),
  }
}

function describe(error: ErrorObject, schema: JsonSchema): Pick<SchemaProblem, 'expected' | 'replacements'> {
  const data: unknown = error.data
  const text = typeof data === 'string' ? data : JSON.stringify(data)
  switch (error.keyword) {
    case 'enum': {
      const values = (Array.isArray(schema['enum']) ? schema['enum'] : []).map(String)
      return {
        expected: values.length === 1 ? code(values[0] ?? '') : `one of ${list(values)}`,
        replacements: nearest(text, values),
      }
    }
    case 'const':
      return {expected: code(String(schema['const'])), replacements: [String(schema['const'])]}
    case 'format':
      return describeFormat(schema, text)
    case 'pattern':
      return {expected: named(schema, 'a value of another form'), replacements: []}
    case 'type':
      return describeType(schema, text)
    case 'minLength':
      return {expected: text === '' ? named(schema, 'a value') : 'a longer value', replacements: []}
    default:
      return {expected: bounds(error) ?? named(schema, error.message ?? 'another value'), replacements: []}
  }
}

function describeFormat(schema: JsonSchema, text: string): Pick<SchemaProblem, 'expected' | 'replacements'> {
  if (schema['format'] !== 'date') return {expected: named(schema, `a ${String(schema['format'])}`), replacements: []}
  const iso = isoDate(text)
  return {
    expected: `a date such as ${code(example(schema) ?? '2026-03-31')}`,
    replacements: iso === undefined ? [] : [iso],
  }
}

function describeType(schema: JsonSchema, text: string): Pick<SchemaProblem, 'expected' | 'replacements'> {
  const {type: types} = schema
  if (Array.isArray(types) && (text === 'null' || text === '""'))
    return {expected: named(schema, 'a value'), replacements: []}
  const type = Array.isArray(types) ? types.join(' or ') : String(types)
  if (type === 'string') {
    if (text === 'null' || text === '""') return {expected: named(schema, 'a value'), replacements: []}
    const sample = example(schema)
    return {expected: sample === undefined ? 'text' : `text in quotes such as ${code(`"${sample}"`)}`, replacements: []}
  }
  const words: Readonly<Record<string, string>> = {
    integer: 'a whole number',
    number: 'a number',
    boolean: '`true` or `false`',
    array: 'a list',
    object: 'a map of keys',
  }
  const values = Array.isArray(schema['enum']) ? schema['enum'].map(String) : []
  if (values.length > 0) return {expected: `one of ${list(values)}`, replacements: nearest(text, values)}
  return {expected: words[type] ?? type, replacements: []}
}

function bounds(error: ErrorObject): string | undefined {
  const {limit} = error.params as {readonly limit?: number}
  switch (error.keyword) {
    case 'minimum':
      return `${limit} or more`
    case 'maximum':
      return `${limit} or less`
    case 'maxLength':
      return `at most ${limit} characters`
    case 'minItems':
      return `at least ${limit} entries`
    case 'maxItems':
      return `at most ${limit} entries`
    default:
      return undefined
  }
}

function named(schema: JsonSchema, fallback: string): string {
  const title = schema['title']
  const sample = example(schema)
  const name = typeof title === 'string' ? `${/^[aeiou]/i.test(title) ? 'an' : 'a'} ${title}` : fallback
  return sample === undefined ? name : `${name} such as ${code(sample)}`
}

function example(schema: JsonSchema): string | undefined {
  const samples = schema['examples']
  return Array.isArray(samples) && samples.length > 0 ? String(samples[0]) : undefined
}
