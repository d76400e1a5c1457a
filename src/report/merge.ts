import {SpecLintError} from '../config/error.ts'
import {createSource} from '../document/source.ts'
import type {Source} from '../document/types.ts'
import {fits, type JsonProblem, type JsonReport} from './read.ts'
import type {Counts, Problem, Report} from './types.ts'

/** A report with the name of its file. */
export interface NamedReport {
  readonly file: string
  readonly report: JsonReport
}

/**
 * One report of the parts of a run. `textOf` reads a document by its path, for reports that don't carry its text; a document that
 * is in two of them, or is no longer as it was, is a `SpecLintError`.
 */
export function mergeReports(all: readonly NamedReport[], textOf: (path: string) => string | undefined): Report {
  refuseTwice(all)
  const problems = all.flatMap((one) => problemsOf(one, textOf)).toSorted((a, b) => compare(a.path, b.path))
  const found = problems.filter(({suppression}) => !suppression)
  const errors = all.flatMap(({report}) => report.errors).toSorted((a, b) => compare(a.path, b.path))
  const files = all.flatMap(({report}) => report.files).toSorted(compare)
  return {
    problems: found,
    suppressed: problems.filter(({suppression}) => suppression),
    errors,
    fixed: [],
    files,
    counts: countsOf(all, files.length, found),
  }
}

function refuseTwice(all: readonly NamedReport[]): void {
  const owners = new Map<string, string>()
  for (const {file, report} of all) {
    for (const path of report.files) {
      const other = owners.get(path)
      if (other !== undefined)
        throw new SpecLintError(
          'report',
          other === file ? `${file} is given twice` : `${other} and ${file} are both of ${path}`,
          'Merge the parts of one run: `--shard 1/2`, `--shard 2/2`.',
        )
      owners.set(path, file)
    }
  }
}

function countsOf(all: readonly NamedReport[], files: number, problems: readonly Problem[]): Counts {
  const sum = (of: (summary: JsonReport['summary']) => number): number =>
    all.reduce((total, {report}) => total + of(report.summary), 0)
  const count = (is: (problem: Problem) => boolean): number => problems.filter(is).length
  return {
    files,
    filesWithProblems: new Set(problems.map(({path}) => path)).size,
    errors: count(({severity}) => severity === 'error'),
    warnings: count(({severity}) => severity === 'warning'),
    infos: count(({severity}) => severity === 'info'),
    fixable: count(({fix}) => fix?.safety === 'safe'),
    fixableUnsafe: count(({fix}) => fix?.safety === 'unsafe'),
    suppressed: sum(({suppressed}) => suppressed),
    baselined: sum(({baselined}) => baselined),
    stale: sum(({stale}) => stale),
    fixed: sum(({fixed}) => fixed),
    fixedFiles: sum(({fixedFiles}) => fixedFiles),
    noType: sum(({skipped}) => skipped.noType),
    ignored: sum(({skipped}) => skipped.ignored),
    // The parts of a run go side by side.
    durationMs: Math.max(0, ...all.map(({report}) => report.summary.durationMs)),
  }
}

function problemsOf({file, report}: NamedReport, textOf: (path: string) => string | undefined): readonly Problem[] {
  const sources = new Map<string, Source>()
  const sourceOf = (problem: JsonProblem): Source => {
    const {path} = problem
    const carried = report.sources && Object.hasOwn(report.sources, path) ? report.sources[path] : undefined
    const source = sources.get(path) ?? createSource(carried ?? textOf(path) ?? '')
    sources.set(path, source)
    if (fits(problem, source)) return source
    throw new SpecLintError(
      'report',
      `${path} is not here as ${file} has it`,
      'Merge where the documents are, or write the reports with `--shard`: those carry their texts.',
    )
  }
  return report.problems.map((problem) => problemOf(problem, sourceOf(problem)))
}

function problemOf(problem: JsonProblem, source: Source): Problem {
  const {message, start, end, related = [], fix, suppression, causedBy} = problem
  return {
    path: problem.path,
    type: problem.type,
    ruleId: problem.ruleId,
    severity: problem.severity,
    reason: message,
    note: problem.note,
    url: problem.url,
    start: start.offset,
    end: end.offset,
    actual: problem.actual,
    expected: problem.expected,
    fix,
    related: related.map((one) => ({message: one.message, start: one.start.offset, end: one.end.offset})),
    fingerprint: problem.fingerprint,
    from: start,
    to: end,
    source,
    ...(causedBy !== undefined && {causedBy}),
    ...(suppression && {
      suppression: {...suppression, start: suppression.start.offset, end: suppression.end.offset},
    }),
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
