import {plural} from '../report/summary.ts'
import type {Report} from '../report/types.ts'
import {notice} from './io.ts'

export interface ExitOptions {
  readonly failOn: 'error' | 'warn' | 'warning' | 'info' | 'never'
  readonly maxWarnings?: number
}

/** 0 fine, 1 problems that count, 2 something could not be checked. */
export function exitCode({counts, errors, problems}: Report, {failOn, maxWarnings}: ExitOptions): number {
  if (errors.length > 0 || problems.some(({ruleId}) => ruleId === 'internal-error')) return 2
  if (maxWarnings !== undefined && counts.warnings > maxWarnings) return 1
  if (failOn === 'never') return 0
  if (counts.errors > 0) return 1
  if (failOn === 'error') return 0
  return counts.warnings > 0 || (failOn === 'info' && counts.infos > 0) ? 1 : 0
}

/** A run that only warns, and fails, says why. */
export function tellTooMany({counts}: Report, {maxWarnings}: ExitOptions): void {
  if (maxWarnings !== undefined && counts.warnings > maxWarnings)
    notice(`${plural(counts.warnings, 'warning')}, and \`--max-warnings\` allows ${maxWarnings}.`)
}
