import {fingerprintsOf} from '../lint/fingerprint.ts'
import type {Finding, LintResult} from '../lint/types.ts'
import type {Readied} from './read.ts'
import type {Linted} from './types.ts'

/** The findings of a document with their names. */
export function named(result: Extract<LintResult, {kind: 'linted'}>, file: Readied): Linted {
  return {
    kind: 'linted',
    type: result.type,
    findings: namedAll(result.findings, file),
    suppressed: namedAll(result.suppressed, file),
    baselined: [],
  }
}

export function namedAll<F extends Finding>(
  findings: readonly F[],
  {home, prepared}: Pick<Readied, 'home' | 'prepared'>,
): readonly (F & {readonly fingerprint: string})[] {
  const names = fingerprintsOf(home.path, findings, prepared.document.source)
  return findings.map((finding, index) => ({...finding, fingerprint: names[index] ?? ''}))
}
