import {version} from '../lint/links.ts'
import {listed} from './listed.ts'
import {statisticsOf} from './statistics.ts'
import {toJson} from './to-json.ts'
import type {FormatOptions, Problem, Report} from './types.ts'

/** One document for tools. Within `version: 1` fields are added, never removed or renamed. */
export function json(
  report: Report,
  {
    includeSuppressed = false,
    statistics = false,
    shard,
  }: Pick<FormatOptions, 'includeSuppressed' | 'statistics' | 'shard'> = {},
): string {
  const problems = listed(report, includeSuppressed)
  return `${toJson({
    version: 1,
    tool: {name: 'spec-lint', version},
    summary: summaryJson(report),
    ...(statistics && {statistics: statisticsOf(report)}),
    problems: problems.map(problemJson),
    errors: report.errors,
    files: report.files,
    ...(shard && {shard, sources: sourcesOf(problems)}),
  })}\n`
}

/** The texts of documents with problems, so that parts can be merged where the documents are not. */
function sourcesOf(problems: readonly Problem[]): Readonly<Record<string, string>> {
  return Object.fromEntries(problems.map(({path, source}) => [path, source.text]))
}

export function summaryJson({counts}: Report): object {
  const {files, filesWithProblems, errors, warnings, infos, fixable, fixableUnsafe, noType, ignored, durationMs} =
    counts
  const {suppressed, baselined, stale, fixed, fixedFiles} = counts
  return {
    files,
    filesWithProblems,
    errors,
    warnings,
    infos,
    fixable,
    fixableUnsafe,
    fixed,
    fixedFiles,
    suppressed,
    baselined,
    stale,
    skipped: {noType, ignored},
    durationMs: Math.round(durationMs),
  }
}

export function problemJson(problem: Problem): object {
  const {
    path,
    type,
    ruleId,
    severity,
    reason,
    note,
    url,
    from,
    to,
    actual,
    expected,
    fix,
    related,
    source,
    suppression,
  } = problem
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
    suppressed: suppression !== undefined,
    ...(suppression && {
      suppression: {
        kind: suppression.kind,
        justification: suppression.justification,
        start: source.pointOf(suppression.start),
        end: source.pointOf(suppression.end),
      },
    }),
    ...(problem.causedBy !== undefined && {causedBy: problem.causedBy}),
    fingerprint: problem.fingerprint,
  }
}
