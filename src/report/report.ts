import {createSource} from '../document/source.ts'
import type {FileResult, NamedFinding, RunResult} from '../run/types.ts'
import type {Problem, Report} from './types.ts'

/** A run as a report. With `quiet`, errors alone. */
export function reportOf(run: RunResult, durationMs: number, quiet: boolean): Report {
  const isShown = ({severity}: Problem): boolean => !quiet || severity === 'error'
  const problems = run.files.flatMap((file) => problemsOf(file, 'findings')).filter(isShown)
  const suppressed = run.files.flatMap((file) => problemsOf(file, 'suppressed')).filter(isShown)
  const count = (severity: Problem['severity']): number =>
    problems.filter((problem) => problem.severity === severity).length
  return {
    problems,
    suppressed,
    errors: run.errors,
    fixed: run.fixed,
    files: run.files.map(({path}) => path),
    counts: {
      files: run.files.length,
      filesWithProblems: new Set(problems.map(({path}) => path)).size,
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      fixable: problems.filter(({fix}) => fix?.safety === 'safe').length,
      fixableUnsafe: problems.filter(({fix}) => fix?.safety === 'unsafe').length,
      suppressed: suppressed.length,
      baselined: run.files.reduce((sum, {result}) => sum + result.baselined.length, 0),
      stale: run.stale.length,
      fixed: run.fixed.reduce((sum, {rules}) => sum + rules.length, 0),
      fixedFiles: run.fixed.length,
      noType: run.skipped.noType.length,
      ignored: run.skipped.ignored.length,
      durationMs,
    },
  }
}

function problemsOf({path, text, result}: FileResult, which: 'findings' | 'suppressed'): readonly Problem[] {
  const found: readonly NamedFinding[] = result[which]
  if (found.length === 0) return []
  const source = createSource(text)
  return found.map((finding) => ({
    ...finding,
    path,
    type: result.type,
    from: source.pointOf(finding.start),
    to: source.pointOf(finding.end),
    source,
  }))
}
