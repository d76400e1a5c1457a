import type {Json} from '../document/types.ts'
import {type Declarations, isMap, mapsOf} from './declarations.ts'
import type {Keys} from './types.ts'

const types: Readonly<Record<string, Keys>> = {
  string: {type: 'string'},
  number: {type: 'number'},
  boolean: {type: 'boolean'},
  array: {type: 'array'},
  object: {type: 'object'},
  date: {type: 'string', format: 'date'},
}
const formats: Readonly<Record<string, string>> = {date: 'date', email: 'email', url: 'uri'}

/** `frontmatter.fields` as the metadata of a type. */
export function frontMatterOf({data, leave}: Declarations): Keys | undefined {
  const {frontmatter} = data
  if (!isMap(frontmatter)) return undefined
  const optional = frontmatter['optional'] === true
  const fields = mapsOf(frontmatter['fields']).flatMap(([field, index]) => {
    const {name} = field
    if (typeof name !== 'string' || name === '') return []
    const at = `/frontmatter/fields/${index}`
    if (name.includes('.')) {
      leave(at, `field \`${name}\``, 'keys below others are left to a type that is written by hand')
      return []
    }
    return [{name, required: field['optional'] !== true, schema: schemaOf(field)}]
  })
  const required = fields.filter((field) => field.required).map(({name}) => name)
  if (optional && required.length > 0)
    leave('/frontmatter/optional', '`optional`', 'a type has required keys or none; here each is optional')
  const status = fields.find(({name, schema}) => name === 'status' && schema['enum'] !== undefined)
  return {
    in: 'frontMatter',
    ...(status && {status: status.name}),
    schema: {
      type: 'object',
      properties: Object.fromEntries(fields.map(({name, schema}) => [name, schema])),
      ...(!optional && required.length > 0 && {required}),
    },
  }
}

function schemaOf(field: Keys): Keys {
  const {type, format, enum: values} = field
  const base = typeof type === 'string' ? (types[type] ?? {}) : {}
  const known = typeof format === 'string' ? formats[format] : undefined
  const own = {...base, ...(known !== undefined && {type: 'string', format: known})}
  if (!Array.isArray(values)) return own
  const choice = {enum: values as Json}
  return type === 'array' ? {...own, items: choice} : choice
}
