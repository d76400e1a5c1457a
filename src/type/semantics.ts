import type {Json} from '../document/types.ts'
import {isMap} from './extend.ts'
import type {TypeJson, TypeProblem} from './load.ts'
import {nearest} from './nearest.ts'
import {readSection} from './read.ts'
import {problemOf} from './regex.ts'
import type {JsonSchema, SectionSpec} from './types.ts'
import {compileSchema} from './values.ts'

const deepest = 60
const mostReferences = 200
const schemaKeys = new Set(['schema', 'fields', 'cell', 'is'])
const patternKeys = new Set(['pattern'])

/** What the schema of the type language can't say: patterns compile, schemas compile, ids are unique and known. */
export function semanticProblems(json: TypeJson): readonly TypeProblem[] {
  const found: TypeProblem[] = []
  walk(json, '', 0, found, false)
  if (found.length > 0) return found.slice(0, 20)
  const outline = json['outline']
  const sections =
    isMap(outline) && Array.isArray(outline['sections'])
      ? (outline['sections'] as readonly Json[]).map(readSection)
      : []
  return idProblems(sections, '/outline/sections')
}

function walk(value: Json, path: string, depth: number, found: TypeProblem[], inSchema: boolean): void {
  if (depth > deepest) {
    found.push({path, message: `The type is nested more than ${deepest} levels deep`, help: 'Flatten it.'})
    return
  }
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries())
      walk(item, `${path}/${index}`, depth + 1, found, inSchema)
    return
  }
  if (!isMap(value)) return
  for (const [key, child] of Object.entries(value)) {
    const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (patternKeys.has(key) && typeof child === 'string') found.push(...patternProblems(child, at))
    if (key === 'patternProperties' && isMap(child))
      found.push(...Object.keys(child).flatMap((pattern) => patternProblems(pattern, at)))
    if (key === '$ref' && typeof child === 'string' && !child.startsWith('#'))
      found.push({
        path: at,
        message: `\`$ref: ${child}\` leaves the file`,
        help: 'Copy the schema here and refer to it as `#/$defs/…`.',
      })
    const opens = !inSchema && schemaKeys.has(key) && isMap(child)
    walk(child, at, depth + 1, found, inSchema || opens)
    if (opens && found.length === 0) found.push(...schemaProblems(child, at))
  }
}

function patternProblems(pattern: string, path: string): readonly TypeProblem[] {
  const problem = problemOf(pattern)
  return problem === undefined
    ? []
    : [
        {
          path,
          message: `The pattern does not compile: ${problem}`,
          help: 'Write an RE2 expression: no look-around, no back-references.',
        },
      ]
}

function schemaProblems(schema: JsonSchema, path: string): readonly TypeProblem[] {
  const references = JSON.stringify(schema).split('"$ref"').length - 1
  if (references > mostReferences)
    return [
      {path, message: `The schema has ${references} references; ${mostReferences} is the most`, help: 'Simplify it.'},
    ]
  try {
    compileSchema(schema)
    return []
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return [
      {path, message: `The schema does not compile: ${words}`, help: 'Correct it to a JSON Schema of draft 2020-12.'},
    ]
  }
}

function idProblems(
  sections: readonly SectionSpec[],
  path: string,
  seen = new Map<string, string>(),
): readonly TypeProblem[] {
  const own = sections.flatMap((section, index): readonly TypeProblem[] => {
    const at = `${path}/${index}`
    const first = seen.get(section.id)
    if (first !== undefined)
      return [
        {
          path: at,
          message: `Two sections have the id \`${section.id}\``,
          help: `Give one of them an \`id\` of its own; the other is at ${first}.`,
        },
      ]
    seen.set(section.id, at)
    const ids = section.children.map(({id}) => id)
    const unknown = section.constraints
      .flatMap((constraint) => ('sections' in constraint ? constraint.sections : [constraint.if, constraint.then]))
      .filter((id) => !ids.includes(id))
    return unknown.map((id) => {
      const [near] = nearest(id, ids)
      return {
        path: `${at}/constraints`,
        message: `\`${id}\` is the id of no section here`,
        help: near === undefined ? `Name one of ${ids.join(', ')}.` : `Write \`${near}\`.`,
      }
    })
  })
  return [
    ...own,
    ...sections.flatMap((section, index) => idProblems(section.children, `${path}/${index}/children`, seen)),
  ]
}
