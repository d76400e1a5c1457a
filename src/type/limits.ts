import type {Json} from '../document/types.ts'
import {isMap} from './extend.ts'
import type {TypeJson, TypeProblem} from './load.ts'
import {escape} from './references.ts'

const mostValues = 5000
const mostTogether = 500

/** Each part of a type meets each part of a document: what a type may hold is bounded, so that binding takes no time. */
export function limitProblems(json: TypeJson): readonly TypeProblem[] {
  const count = {values: 0}
  const [crowd] = crowded(json, '', count)
  if (crowd) return [crowd]
  const sections = isMap(json['outline']) ? sectionsIn(json['outline']['sections']) : 0
  if (sections > mostTogether)
    return [
      {
        path: '/outline/sections',
        message: `The outline has ${sections} sections; ${mostTogether} is the most`,
        help: 'Split the type, or let one section with a `pattern` stand for many.',
      },
    ]
  return count.values > mostValues
    ? [{path: '', message: `The type has more than ${mostValues} values`, help: 'Split it into several types.'}]
    : []
}

function crowded(value: Json, path: string, count: {values: number}, depth = 0): readonly TypeProblem[] {
  if (typeof value !== 'object' || value === null || depth > 200) return []
  const entries = Object.entries(value as TypeJson)
  count.values += entries.length
  if (entries.length > mostTogether)
    return [
      {
        path,
        message: `There are ${entries.length} values in one place; ${mostTogether} is the most`,
        help: 'Leave some out, or write a `pattern` that stands for many.',
      },
    ]
  for (const [key, child] of entries) {
    const found = crowded(child, `${path}/${escape(key)}`, count, depth + 1)
    if (found.length > 0) return found
  }
  return []
}

function sectionsIn(sections: Json | undefined, depth = 0): number {
  if (!Array.isArray(sections) || depth > 200) return 0
  return (sections as readonly Json[]).reduce<number>(
    (sum, section) => sum + 1 + (isMap(section) ? sectionsIn(section['children'], depth + 1) : 0),
    0,
  )
}
