import {stringify} from 'yaml'
import {coerce, properties, requiredOf} from '../type/text-values.ts'
import type {JsonSchema, MetadataSpec, SpecType} from '../type/types.ts'
import type {Purpose} from './types.ts'
import {isDate, valueOf} from './values.ts'
import {blank, enumOf, oneLine, token} from './words.ts'

/** The metadata as lines of Markdown, without what stands around them. */
export function metadataLines(type: SpecType, purpose: Purpose): readonly string[] {
  const {metadata} = type
  if (!metadata) return []
  const entries = entriesOf(metadata, type.version === undefined ? undefined : type.versionKey, purpose).map(
    ([key, schema]) => ({
      key,
      schema,
      ...written(key, schema, type, purpose),
    }),
  )
  if (entries.length === 0) return []
  switch (metadata.in) {
    case 'frontMatter':
      return [
        '---',
        ...entries.map(
          ({key, schema, value, hint, open}) => `${yamlKey(key)}: ${yamlValue(schema, value, open)}${hint}`,
        ),
        '---',
      ]
    case 'list':
      return entries.map(({key, value}) => `- **${key}:** ${value}`.trimEnd())
    case 'table':
      return [
        '| Key | Value |',
        '| --- | --- |',
        ...entries.map(({key, value}) => `| ${key} | ${value.replaceAll('|', '/')} |`),
      ]
    default:
      return entries.map(({key, value}) => `**${key}:** ${value}`.trimEnd())
  }
}

function entriesOf(
  {schema}: MetadataSpec,
  versionKey: string | undefined,
  purpose: Purpose,
): readonly (readonly [string, JsonSchema])[] {
  const required = new Set(requiredOf(schema))
  return Object.entries(properties(schema)).filter(
    ([key]) => purpose.kind === 'template' || required.has(key) || key === versionKey || purpose.values.has(key),
  )
}

interface Written {
  readonly value: string
  readonly hint: string
  /** It is left to be filled in. */
  readonly open: boolean
}

function written(key: string, schema: JsonSchema, type: SpecType, purpose: Purpose): Written {
  if (purpose.kind === 'template') return inTemplate(key, schema, type)
  const value = valueOf(key, schema, type, purpose)
  if (value !== undefined) return {value: oneLine(value), hint: '', open: false}
  return {value: asked(key, schema, purpose), hint: '', open: true}
}

/** What is optional is empty; a choice stands whole, in YAML behind its first value. */
function inTemplate(key: string, schema: JsonSchema, {metadata}: SpecType): Written {
  const values = enumOf(schema)
  const inYaml = metadata?.in === 'frontMatter'
  if (metadata && !requiredOf(metadata.schema).includes(key)) return {value: '', hint: '', open: false}
  if (values.length > 1)
    return inYaml
      ? {value: values[0] ?? '', hint: ` # ${values.join(' | ')}`, open: false}
      : {value: metadata?.in === 'table' ? `[${values.join(' / ')}]` : values.join(' | '), hint: '', open: false}
  const standard = schema['default']
  if (typeof standard === 'string' || typeof standard === 'number')
    return {value: String(standard), hint: '', open: false}
  return {value: asked(key, schema, {kind: 'template'}), hint: '', open: true}
}

function asked(key: string, schema: JsonSchema, purpose: Purpose): string {
  if (isDate(schema)) return 'YYYY-MM-DD'
  if (enumOf(schema).length > 0) return blank(key, schema, purpose)
  return token('Name', `the ${key.replaceAll(/[_-]+/gu, ' ')}`)
}

function yamlKey(key: string): string {
  return stringify(key, {lineWidth: 0}).trim()
}

function yamlValue(schema: JsonSchema, value: string, open: boolean): string {
  if (value === '') return ''
  return stringify(open ? value : coerce(schema, value), {lineWidth: 0, defaultKeyType: 'PLAIN'}).trim()
}
