import {wholeMessage} from './lines.ts'
import {show} from './show.ts'
import {plural} from './summary.ts'
import type {Problem, Report} from './types.ts'

/** For AI agents: range, problem and remedy on one line, without decoration. */
export function agent({problems, counts}: Report): string {
  const total = [plural(counts.errors, 'error'), plural(counts.warnings, 'warning'), plural(counts.files, 'file')]
  return `${[...problems.map(line), total.join(', ')].join('\n')}\n`
}

function line(problem: Problem): string {
  const {path, from, to, severity, ruleId, fix} = problem
  const mark = fix ? ` (${fix.safety} fix)` : ''
  return `${show(path)}:${from.line}:${from.column}-${to.line}:${to.column} ${severity} ${ruleId}: ${wholeMessage(problem)}${mark}`
}
