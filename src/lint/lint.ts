import type {SpecDocument} from '../document/types.ts'
import type {SpecType} from '../rule/types.ts'
import {type Prepared, prepare} from './prepare.ts'
import {type RemarkLintRule, runRemarkLint} from './remark-lint.ts'
import {internalError, runRules} from './rules.ts'
import type {Finding, LintResult, LintSettings} from './types.ts'

/** Lints a text as the given type, or as the one that it shows itself to be. Pure; never throws on a document. */
export function lintText(
  text: string,
  settings: LintSettings,
  options: {readonly path?: string; readonly type?: SpecType | undefined} = {},
): LintResult {
  const prepared = prepare(text, settings.types, options)
  return prepared ? lintPrepared(prepared, settings) : {kind: 'no-type'}
}

export function lintPrepared(
  prepared: Prepared,
  settings: Omit<LintSettings, 'types'>,
): Extract<LintResult, {kind: 'linted'}> {
  const {document, type} = prepared
  const own = runRules({...prepared, project: settings.project}, settings)
  const findings = [...own, ...remarkFindings(document, settings.remarkLint ?? [], own)]
  return {kind: 'linted', type: type.type.name, findings: findings.toSorted(byPlace)}
}

function remarkFindings(
  document: SpecDocument,
  rules: readonly RemarkLintRule[],
  own: readonly Finding[],
): readonly Finding[] {
  try {
    return runRemarkLint(document, rules, own)
  } catch (error) {
    return [internalError('remark-lint', error)]
  }
}

/** By place, then rule, then words, so that the order never depends on the order of the rules. */
function byPlace(a: Finding, b: Finding): number {
  return a.start - b.start || a.end - b.end || compare(a.ruleId, b.ruleId) || compare(a.reason, b.reason)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
