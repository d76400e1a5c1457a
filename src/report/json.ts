import {version} from '../lint/links.ts'
import {toJson} from './to-json.ts'
import type {Problem, Report} from './types.ts'

/** One document for tools. Within `version: 1` fields are added, never removed or renamed. */
export function json(report: Report): string {
  return `${toJson({
    version: 1,
    tool: {name: 'spec-lint', version},
    summary: summaryJson(report),
    problems: report.problems.map(problemJson),
    errors: report.errors,
  })}\n`
}

export function summaryJson({counts}: Report): object {
  const {files, filesWithProblems, errors, warnings, infos, fixable, fixableUnsafe, noType, ignored, durationMs} =
    counts
  return {
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
  }
}

export function problemJson(problem: Problem): object {
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
    fingerprint: problem.fingerprint,
  }
}
