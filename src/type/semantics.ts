import type {Json} from '../document/types.ts'
import {code, list} from '../document/words.ts'
import {isMap} from './extend.ts'
import type {TypeJson, TypeProblem} from './load.ts'
import {nearest} from './nearest.ts'
import {readConstraints, readSection} from './read.ts'
import {escape, schemaKeys} from './references.ts'
import {problemOf} from './regex.ts'
import type {Constraint, JsonSchema, SectionSpec} from './types.ts'
import {compileSchema} from './values.ts'

const deepest = 60
const mostProblems = 20
const patternKeys = new Set(['pattern'])

/** What the schema of the type language can't say: patterns compile, schemas compile, ids are unique and known. */
export function semanticProblems(json: TypeJson): readonly TypeProblem[] {
  const found: TypeProblem[] = []
  walk(json, '', 0, found, false)
  if (found.length > 0) return found.slice(0, mostProblems)
  const outline = json['outline']
  const sections =
    isMap(outline) && Array.isArray(outline['sections'])
      ? (outline['sections'] as readonly Json[]).map(readSection)
      : []
  const constraints = isMap(outline) ? readConstraints(outline['constraints']) : []
  return [...constraintProblems(constraints, sections, '/outline'), ...idProblems(sections, '/outline/sections')]
}

function walk(value: Json, path: string, depth: number, found: TypeProblem[], inSchema: boolean): void {
  if (found.length >= mostProblems) return
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
    const at = `${path}/${escape(key)}`
    if (patternKeys.has(key) && typeof child === 'string') found.push(...patternProblems(child, at))
    if (key === 'patternProperties' && isMap(child))
      found.push(...Object.keys(child).flatMap((pattern) => patternProblems(pattern, at)))
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
          help: 'Write an RE2 expression, short, without look-around or back-references.',
        },
      ]
}

function schemaProblems(schema: JsonSchema, path: string): readonly TypeProblem[] {
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
    return constraintProblems(section.constraints, section.children, at)
  })
  return [
    ...own,
    ...sections.flatMap((section, index) => idProblems(section.children, `${path}/${index}/children`, seen)),
  ]
}

/** A constraint names sections of its own level. */
function constraintProblems(
  constraints: readonly Constraint[],
  level: readonly SectionSpec[],
  path: string,
): readonly TypeProblem[] {
  const ids = level.map(({id}) => id)
  return constraints
    .flatMap((constraint) => ('sections' in constraint ? constraint.sections : [constraint.if, constraint.then]))
    .filter((id) => !ids.includes(id))
    .map((id) => {
      const [near] = nearest(id, ids)
      const known = ids.length === 0 ? 'Delete the constraint.' : `Name one of ${list(ids)}.`
      return {
        path: `${path}/constraints`,
        message: `${code(id)} is the id of no section here`,
        help: near === undefined ? known : `Write ${code(near)}.`,
      }
    })
}
