import type {Json} from '../document/types.ts'
import {slug} from './slug.ts'
import type {TypeJson} from './load.ts'

/** Lays a type over the one that it extends: scalars and lists replace, metadata properties and sections merge. */
export function mergeTypes(base: TypeJson, own: TypeJson): TypeJson {
  const merged: Record<string, Json> = {...base, ...own}
  delete merged['extends']
  // A version counts the changes of one file.
  if (own['version'] === undefined) delete merged['version']
  if (isMap(base['metadata']) && isMap(own['metadata']))
    merged['metadata'] = mergeMetadata(base['metadata'], own['metadata'])
  if (isMap(base['outline']) && isMap(own['outline']))
    merged['outline'] = mergeOutline(base['outline'], own['outline'], 'sections')
  if (isMap(base['template']) && isMap(own['template'])) merged['template'] = {...base['template'], ...own['template']}
  if (isMap(base['rules']) && isMap(own['rules'])) merged['rules'] = {...base['rules'], ...own['rules']}
  return merged
}

type Map = {readonly [key: string]: Json}

export function isMap(value: Json | undefined): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mergeMetadata(base: Map, own: Map): Map {
  const baseSchema = isMap(base['schema']) ? base['schema'] : {}
  const ownSchema = isMap(own['schema']) ? own['schema'] : {}
  const properties = {...asMap(baseSchema['properties']), ...asMap(ownSchema['properties'])}
  return {...base, ...own, schema: {...baseSchema, ...ownSchema, properties}}
}

function asMap(value: Json | undefined): Map {
  return isMap(value) ? value : {}
}

function mergeOutline(base: Map, own: Map, key: 'sections' | 'children'): Map {
  const sections = [...asList(base[key])]
  for (const section of asList(own[key])) lay(sections, section)
  return {...base, ...own, [key]: sections}
}

function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

function lay(sections: Json[], own: Json): void {
  const id = idOf(own)
  const index = sections.findIndex((section) => idOf(section) === id)
  const before = sections[index]
  if (isMap(own) && own['remove'] === true) {
    if (index >= 0) sections.splice(index, 1)
  } else if (index >= 0 && before !== undefined) {
    const laid = isMap(own) ? mergeOutline(isMap(before) ? before : {heading: before}, own, 'children') : own
    sections[index] = laid
  } else {
    const after =
      isMap(own) && typeof own['after'] === 'string'
        ? sections.findIndex((section) => idOf(section) === own['after'])
        : -1
    sections.splice(after >= 0 ? after + 1 : sections.length, 0, own)
  }
}

function idOf(section: Json): string {
  if (!isMap(section)) return slug(String(section))
  return typeof section['id'] === 'string' ? section['id'] : slug(String(section['heading']))
}
