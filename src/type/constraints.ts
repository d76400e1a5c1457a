import type {SpecDocument} from '../document/types.ts'
import {gapOf} from './gap.ts'
import type {Match, Matching} from './match.ts'
import type {Constraint, ConstraintProblem, SpecType} from './types.ts'

/** What holds between sections and doesn't. Nothing is said of the children of a missing section. */
export function constraintProblems(
  document: SpecDocument,
  type: SpecType,
  matching: Matching,
): readonly ConstraintProblem[] {
  const levels = [
    {level: matching.tops, constraints: type.outline.constraints},
    ...matching.all
      .filter(({state}) => state !== 'missing')
      .map(({children, spec}) => ({level: children, constraints: spec.constraints})),
  ]
  return levels.flatMap(({level, constraints}) =>
    constraints.flatMap((constraint) => problemsOf(constraint, level, matching, document)),
  )
}

function problemsOf(
  constraint: Constraint,
  level: readonly Match[],
  matching: Matching,
  document: SpecDocument,
): readonly ConstraintProblem[] {
  const named = (ids: readonly string[]): readonly Match[] => level.filter(({spec}) => ids.includes(spec.id))
  const problem = (missing: readonly Match[], found: readonly Match[]): readonly ConstraintProblem[] => {
    const place = missing[0] ?? found[0]
    if (!place) return []
    return [
      {
        constraint,
        gap: gapOf(place, matching, document),
        headings: missing.map(({spec}) => spec.heading),
        found: found.flatMap(({matches}) => matches),
      },
    ]
  }
  if (constraint.kind === 'requires') {
    const [condition] = named([constraint.if])
    const [wanted] = named([constraint.then])
    return condition?.matches.length && wanted?.matches.length === 0 ? problem([wanted], [condition]) : []
  }
  const all = named(constraint.sections)
  const found = all.filter(({matches}) => matches.length > 0)
  if (constraint.kind === 'anyOf') return found.length === 0 ? problem(all, []) : []
  if (constraint.kind === 'oneOf' && found.length === 0) return problem(all, [])
  return found.length > 1 ? problem([], found) : []
}
