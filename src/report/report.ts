import {createSource} from '../document/source.ts'
import {fingerprintsOf} from './fingerprint.ts'
import type {FileResult, RunResult} from '../run/types.ts'
import type {Problem, Report} from './types.ts'

/** A run as a report. With `quiet`, errors alone. */
export function reportOf(run: RunResult, durationMs: number, quiet: boolean): Report {
  const problems = run.files.flatMap(problemsOf).filter(({severity}) => !quiet || severity === 'error')
  const count = (severity: Problem['severity']): number =>
    problems.filter((problem) => problem.severity === severity).length
  return {
    problems,
    errors: run.errors,
    files: run.files.map(({path}) => path),
    counts: {
      files: run.files.length,
      filesWithProblems: new Set(problems.map(({path}) => path)).size,
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      fixable: problems.filter(({fix}) => fix?.safety === 'safe').length,
      fixableUnsafe: problems.filter(({fix}) => fix?.safety === 'unsafe').length,
      noType: run.skipped.noType.length,
      ignored: run.skipped.ignored.length,
      durationMs,
    },
  }
}

function problemsOf({path, text, result}: FileResult): readonly Problem[] {
  if (result.kind === 'no-type') return []
  const source = createSource(text)
  const names = fingerprintsOf(path, result.findings, source)
  return result.findings.map((finding, index) => ({
    ...finding,
    fingerprint: names[index] ?? '',
    path,
    type: result.type,
    from: source.pointOf(finding.start),
    to: source.pointOf(finding.end),
    source,
  }))
}
