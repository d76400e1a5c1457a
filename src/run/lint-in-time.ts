import {lintPrepared} from '../lint/lint.ts'
import type {Prepared} from '../lint/prepare.ts'
import {stoppedRule} from '../lint/rules.ts'
import type {LintResult, LintSettings} from '../lint/types.ts'
import {within} from '../lint/within.ts'
import {loadSchemaParsers} from '../sql/load.ts'

type Result = Extract<LintResult, {kind: 'linted'}>

/** Rules of one document that are stopped before the rest of them is given up. */
const mostStopped = 3

/**
 * Runs the rules of a document. One that is not done after so many seconds is stopped and named, and the others run without it;
 * the second has half as long, so that all together take twice the time at most.
 */
export async function lintInTime(
  prepared: Prepared,
  settings: Omit<LintSettings, 'types'>,
  seconds: number,
): Promise<Result> {
  const stopped: string[] = []
  for (;;) {
    let current = ''
    const isGivenUp = stopped.length >= mostStopped
    const wanted = (rule: string): boolean => !isGivenUp && !stopped.includes(rule)
    const left = {
      ...settings,
      rules: settings.rules.filter(({id}) => wanted(id)),
      remarkLint: wanted('remark-lint') ? (settings.remarkLint ?? []) : [],
      begin: (rule: string): void => {
        current = rule
      },
    }
    const done = within(seconds / 2 ** stopped.length, () => lintPrepared(prepared, left))
    const named = stopped.map((rule, index) => stoppedRule(rule, seconds / 2 ** index, !isGivenUp))
    if (done) return {...done.value, findings: [...named, ...done.value.findings]}
    // Without a rule, what holds it up are its comments to the linter.
    if (isGivenUp) return {kind: 'linted', type: prepared.type.type.name, findings: named, suppressed: []}
    stopped.push(current)
    // A parser that was stopped in the middle reads nothing more.
    await loadSchemaParsers(prepared.document, prepared.dialect)
  }
}
