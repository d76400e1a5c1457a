import {show} from './show.ts'
import {summaryOf} from './summary.ts'
import type {Report} from './types.ts'

/** One line a problem, for grep, editors and problem matchers. */
export function compact(report: Report): string {
  const lines = report.problems.map(
    ({path, from, severity, reason, ruleId}) =>
      `${show(path)}:${from.line}:${from.column}: ${severity}: ${show(reason)} [${ruleId}]`,
  )
  return `${[...lines, summaryOf(report)].join('\n')}\n`
}
