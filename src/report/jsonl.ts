import {problemJson, summaryJson} from './json.ts'
import {listed} from './listed.ts'
import {toJson} from './to-json.ts'
import type {FormatOptions, Report} from './types.ts'

/** One object a line: the problems, what kept files from being read, and at the end the summary. */
export function jsonl(
  report: Report,
  {includeSuppressed = false}: Pick<FormatOptions, 'includeSuppressed'> = {},
): string {
  const lines = [
    ...listed(report, includeSuppressed).map((problem) => ({event: 'problem', ...problemJson(problem)})),
    ...report.errors.map((error) => ({event: 'error', ...error})),
    {event: 'run-end', version: 1, summary: summaryJson(report)},
  ]
  return lines.map((line) => `${toJson(line, 0)}\n`).join('')
}
