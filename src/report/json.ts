import {createHash} from 'node:crypto'
import {version} from '../lint/links.ts'
import type {Problem, Report} from './types.ts'

/** One document for tools. Within `version: 1` fields are added, never removed or renamed. */
export function json(report: Report): string {
  const {files, filesWithProblems, errors, warnings, infos, fixable, fixableUnsafe, noType, ignored, durationMs} =
    report.counts
  const seen = new Map<string, number>()
  const value = {
    version: 1,
    tool: {name: 'spec-lint', version},
    summary: {
      files,
      filesWithProblems,
      errors,
      warnings,
      infos,
      fixable,
      fixableUnsafe,
      suppressed: 0,
      baselined: 0,
      skipped: {noType, ignored},
      durationMs: Math.round(durationMs),
    },
    problems: report.problems.map((problem) => problemJson(problem, seen)),
    errors: report.errors,
  }
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function problemJson(problem: Problem, seen: Map<string, number>): object {
  const {path, type, ruleId, severity, reason, note, url, from, to, actual, expected, fix, related, source} = problem
  return {
    path,
    type,
    ruleId,
    severity,
    message: reason,
    note,
    url,
    start: from,
    end: to,
    actual,
    expected,
    ...(fix && {fix}),
    ...(related.length > 0 && {
      related: related.map(({message, start, end}) => ({
        message,
        start: source.pointOf(start),
        end: source.pointOf(end),
      })),
    }),
    suppressed: false,
    fingerprint: fingerprint(problem, seen),
  }
}

/** The same for a problem whose lines moved: rule, path, the text of the line, and the number among equals. */
function fingerprint({ruleId, path, source, from, reason}: Problem, seen: Map<string, number>): string {
  const line = source.slice(source.lineSpan(from.line)).trim()
  const key = [ruleId, path, line, reason].join('\u0000')
  const count = (seen.get(key) ?? 0) + 1
  seen.set(key, count)
  return createHash('sha256').update(`${key}\u0000${count}`).digest('hex').slice(0, 32)
}
