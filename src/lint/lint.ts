import {rules as builtinRules} from '../../rules/index.ts'
import type {SpecDocument} from '../document/types.ts'
import type {BoundDocument, SpecType} from '../rule/types.ts'
import {severityFor} from '../type/severity.ts'
import {type Prepared, prepare} from './prepare.ts'
import {type RemarkLintRule, remarkLintRules, runRemarkLint} from './remark-lint.ts'
import {internalError, runRules} from './rules.ts'
import {type RulesOfRun, suppress} from './suppress.ts'
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
  const {rules, remarkLint = [], project, inlineConfig = true} = settings
  const input = {...prepared, project, suppressions: []}
  const others = rules.filter(({category}) => category !== 'suppressions')
  const own = runRules(input, {...settings, rules: others})
  settings.begin?.('remark-lint')
  const started = performance.now()
  const found = [...own, ...remarkFindings(document, remarkLint, own)]
  if (remarkLint.length > 0) settings.measure?.('remark-lint', performance.now() - started)
  const {findings, suppressed, suppressions} = inlineConfig
    ? suppress(found, document, rulesOfRun(settings, type))
    : {findings: found, suppressed: [], suppressions: []}
  // What they say of a comment, no comment suppresses.
  const judges = suppressions.length === 0 ? [] : rules.filter(({category}) => category === 'suppressions')
  const said = runRules({...input, suppressions}, {...settings, rules: judges})
  return {
    kind: 'linted',
    type: type.type.name,
    findings: [...findings, ...said].toSorted(byPlace),
    suppressed: suppressed.toSorted(byPlace),
  }
}

function rulesOfRun({rules, config, remarkLint = []}: Omit<LintSettings, 'types'>, type: BoundDocument): RulesOfRun {
  const foreign = remarkLint.map(({name}) => `remark-lint/${name}`)
  const ids = new Set(rules.map(({id}) => id))
  const ran = new Set([
    ...rules
      .filter(
        (rule) => rule.scope === undefined && (config.get(rule.id)?.severity ?? severityFor(rule, type)) !== 'off',
      )
      .map(({id}) => id),
    ...foreign,
  ])
  return {
    names: [...new Set([...builtinRules.map(({id}) => id), ...ids, ...remarkLintNames])],
    ran: (rule) => ran.has(rule),
    complete: builtinRules.every(({id}) => ids.has(id)),
  }
}

const remarkLintNames = remarkLintRules.map((name) => `remark-lint/${name}`)

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
