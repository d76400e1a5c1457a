import {wholeMessage} from './lines.ts'
import {inRepository} from './repository.ts'
import {toJson} from './to-json.ts'
import type {FormatOptions, Report} from './types.ts'

const severities = {error: 'major', warning: 'minor', info: 'info'} as const

/** GitLab's code quality report: of two entries with one fingerprint it shows the first alone, so each has its own. */
export function gitlab({problems}: Report, {prefix}: FormatOptions): string {
  const value = problems.map((problem) => ({
    description: wholeMessage(problem),
    check_name: `spec-lint/${problem.ruleId}`,
    fingerprint: problem.fingerprint,
    severity: severities[problem.severity],
    location: {path: inRepository(problem.path, prefix), lines: {begin: problem.from.line, end: problem.to.line}},
  }))
  return `${toJson(value)}\n`
}
