import {readDocument} from '../document/parse.ts'
import type {SpecDocument} from '../document/types.ts'
import type {SpecType} from '../rule/types.ts'
import {factsOf} from '../sql/facts.ts'
import {schemaChangesOf} from '../sql/changes.ts'
import {bind} from '../type/bind.ts'
import {detect} from '../type/detect.ts'
import {type RemarkLintRule, runRemarkLint} from './remark-lint.ts'
import {internalError, type RuleInput, runRules} from './rules.ts'
import type {Finding, LintResult, LintSettings} from './types.ts'

/** Lints a text as the given type, or as the one that it shows itself to be. Pure; never throws on a document. */
export function lintText(
  text: string,
  settings: LintSettings,
  options: {readonly path?: string; readonly type?: SpecType | undefined} = {},
): LintResult {
  const document = readDocument(text, options.path === undefined ? {} : {path: options.path})
  return lintDocument(document, settings, options.type)
}

export function lintDocument(document: SpecDocument, settings: LintSettings, given: SpecType | undefined): LintResult {
  const specType = given ?? detect(document, settings.types)?.type
  if (!specType) return {kind: 'no-type'}
  const own = runRules(inputOf(document, specType, settings), settings)
  const findings = [...own, ...remarkFindings(document, settings.remarkLint ?? [], own)]
  return {kind: 'linted', type: specType.name, findings: findings.toSorted(byPlace)}
}

/** A document bound to its type, as rules see it. */
export function inputOf(
  document: SpecDocument,
  specType: SpecType,
  {project}: Pick<LintSettings, 'project'>,
): RuleInput {
  const schemaChanges = schemaChangesOf(document)
  return {document, type: bind(document, specType, factsOf(schemaChanges)), schemaChanges, project}
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
