import {show} from './show.ts'
import type {Problem} from './types.ts'

/** Message and remedy in one text, for formats that have one field: `message. Remedy.` */
export function wholeMessage({reason, note}: Pick<Problem, 'reason' | 'note'>): string {
  return `${show(reason)}. ${show(note)}`
}

/** `path:line:column` */
export function placeOf({path, from}: Pick<Problem, 'path' | 'from'>): string {
  return `${show(path)}:${from.line}:${from.column}`
}

/** The problems of each file, in the order of the report. */
export function byFile(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const groups = new Map<string, Problem[]>()
  for (const problem of problems) {
    const group = groups.get(problem.path)
    if (group) group.push(problem)
    else groups.set(problem.path, [problem])
  }
  return groups
}
