import type {Problem, Report} from './types.ts'

/** The problems of a report; with what comments suppress, when that is asked for. */
export function listed({problems, suppressed}: Report, includeSuppressed = false): readonly Problem[] {
  return includeSuppressed ? [...problems, ...suppressed].toSorted(byPlace) : problems
}

/** Of one file, by place; the files stay in their order. */
function byPlace(a: Problem, b: Problem): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return a.start - b.start || a.end - b.end || (a.ruleId < b.ruleId ? -1 : 1)
}
