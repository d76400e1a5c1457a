import type {Json} from '../document/types.ts'
import {isMap} from './extend.ts'
import type {TypeJson, TypeProblem} from './load.ts'
import type {JsonSchema} from './types.ts'

const deepest = 60
const mostSchemas = 4000
/** Keys of a type, outside of schemas, whose value is a JSON Schema. */
export const schemaKeys = new Set(['schema', 'fields', 'cell', 'is'])
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'])
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const single = new Set(
  'items additionalProperties contains not if then else propertyNames unevaluatedItems unevaluatedProperties contentSchema'.split(
    ' ',
  ),
)
/** Keywords that say nothing of a value: beside a `$ref` they need no `allOf`. */
const remarks = new Set(
  'title description examples default deprecated $comment x-case-insensitive x-measurable x-remark x-role $defs definitions'.split(
    ' ',
  ),
)
/** Keywords that reach beyond the schema in which they stand, or that make of its answer a promise. */
const refused = new Set(
  '$async $id $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary'.split(' '),
)

interface State {
  readonly root: JsonSchema
  readonly problems: TypeProblem[]
  readonly count: {schemas: number}
  /** References on the way here. */
  readonly open: readonly string[]
}

/**
 * A type with the target of each `$ref` in its place, so that any part of a schema stands for itself. What would not end is a
 * problem: circles, and chains that double at each step.
 */
export function unfoldType(json: TypeJson): {readonly json: TypeJson; readonly problems: readonly TypeProblem[]} {
  const problems: TypeProblem[] = []
  const count = {schemas: 0}
  const visit = (value: Json, path: string, depth: number): Json => {
    if (depth > deepest) return value
    if (Array.isArray(value))
      return (value as readonly Json[]).map((item, index) => visit(item, `${path}/${index}`, depth + 1))
    if (!isMap(value)) return value
    return mapValues(value, (child, key) =>
      schemaKeys.has(key) && isMap(child)
        ? unfold(child, `${path}/${escape(key)}`, depth + 1, {root: child, problems, count, open: []})
        : visit(child, `${path}/${escape(key)}`, depth + 1),
    )
  }
  return {json: visit(json, '', 0) as TypeJson, problems}
}

export function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function mapValues(map: TypeJson, make: (value: Json, key: string) => Json): TypeJson {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, make(value, key)]))
}

function unfold(schema: Json, path: string, depth: number, state: State): Json {
  if (!isMap(schema) || depth > deepest || state.problems.length > 0) return schema
  state.count.schemas += 1
  if (state.count.schemas > mostSchemas)
    return refuse(state, path, `The schemas unfold to more than ${mostSchemas}`, 'Say the same with fewer references.')
  const own = mapValues(schema, (value, key) => {
    const at = `${path}/${escape(key)}`
    if (refused.has(key)) return refuse(state, at, `\`${key}\` is not read in the schemas of a type`, 'Delete it.')
    if (maps.has(key) && isMap(value))
      return mapValues(value, (child, name) => unfold(child, `${at}/${escape(name)}`, depth + 2, state))
    if (lists.has(key) && Array.isArray(value))
      return (value as readonly Json[]).map((child, index) => unfold(child, `${at}/${index}`, depth + 2, state))
    return single.has(key) ? unfold(value, at, depth + 1, state) : value
  })
  const reference = own['$ref']
  if (typeof reference !== 'string') return own
  const {$ref: _, ...rest} = own
  return joined(targetOf(reference, `${path}/$ref`, depth, state), rest)
}

function joined(target: Json, rest: TypeJson): Json {
  if (isMap(target) && Object.keys(rest).every((key) => remarks.has(key))) return {...target, ...rest}
  const all = rest['allOf']
  return {...rest, allOf: [...(Array.isArray(all) ? (all as readonly Json[]) : []), target]}
}

function targetOf(reference: string, path: string, depth: number, state: State): Json {
  if (!reference.startsWith('#'))
    return refuse(
      state,
      path,
      `\`$ref: ${reference}\` leaves the file`,
      'Copy the schema here and refer to it as `#/$defs/…`.',
    )
  if (reference === '#' || state.open.includes(reference))
    return refuse(state, path, `\`$ref: ${reference}\` goes in a circle`, 'Write out as many levels as are needed.')
  const target = pointed(state.root, reference)
  if (!isMap(target) && typeof target !== 'boolean')
    return refuse(state, path, `\`$ref: ${reference}\` names no schema here`, 'Refer to one as `#/$defs/…`.')
  return unfold(target, path, depth + 1, {...state, open: [...state.open, reference]})
}

function refuse({problems}: State, path: string, message: string, help: string): Json {
  problems.push({path, message, help})
  return {}
}

/** What a JSON Pointer in a fragment points to. */
function pointed(root: Json, reference: string): Json | undefined {
  let at: Json | undefined = root
  for (const part of reference.split('/').slice(1)) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = (at as TypeJson)[key]
  }
  return reference.startsWith('#/') ? at : undefined
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
