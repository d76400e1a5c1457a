import type {Json, Span} from '../document/types.ts'
import type {
  AnyRule,
  BoundDocument,
  Context,
  Extra,
  Messages,
  OptionSchemas,
  OptionValues,
  Severity,
} from '../rule/types.ts'
import {severityFor} from '../type/severity.ts'
import {ruleUrl} from './links.ts'
import {fill} from './message.ts'
import type {RuleConfig} from '../config/types.ts'
import type {Finding, LintSettings} from './types.ts'

export type RuleInput = Omit<Context<Messages, OptionSchemas>, 'options' | 'report'>

/** What a note quotes is there to be written, so it is cut later than what a reason names. */
const longestToWrite = 160

/** Runs every rule that is on. A rule that throws gives one `internal-error` in place of its findings. */
export function runRules(input: RuleInput, settings: Omit<LintSettings, 'types'>): readonly Finding[] {
  return settings.rules.flatMap((rule) => {
    if (rule.scope !== undefined) return []
    const config = settings.config.get(rule.id)
    const severity = config?.severity ?? severityFor(rule, input.type)
    if (severity === 'off') return []
    settings.begin?.(rule.id)
    const started = performance.now()
    const findings = runRule(rule, severity, config, input)
    settings.measure?.(rule.id, performance.now() - started)
    return findings
  })
}

function runRule(
  rule: AnyRule,
  severity: Severity,
  config: RuleConfig | undefined,
  input: RuleInput,
): readonly Finding[] {
  const findings: Finding[] = []
  const report = reportFor(rule, severity, config, (finding, at) => {
    findings.push({...place(input.document.text, at), ...finding})
  })
  try {
    // The one cast: `AnyRule` forgot the types that `defineRule` checked.
    rule.check({
      ...input,
      options: optionsFor(rule, input.type, config),
      report,
    } as never)
    return findings
  } catch (error) {
    return [internalError(rule.id, error)]
  }
}

/** What a finding is without its place. */
type Words = Omit<Finding, keyof Span | 'actual'>

/** The methods of `report`: each gives the words of a finding, and what it was reported at. */
export function reportFor<At extends Span>(
  rule: AnyRule,
  severity: Severity,
  config: RuleConfig | undefined,
  found: (finding: Words, at: At) => void,
): Readonly<Record<string, (at: At, data?: Readonly<Record<string, string | number>>, extra?: Extra) => void>> {
  return Object.fromEntries(
    Object.entries(rule.messages).map(([name, message]) => [
      name,
      (at: At, data?: Readonly<Record<string, string | number>>, extra: Extra = {}) => {
        const words = {
          ruleId: rule.id,
          // A configured severity is the user's word; a finding's own only refines the default.
          severity: config?.severity === undefined ? lower(severity, extra.severity) : severity,
          reason: fill(message.reason, data),
          note: fill(message.note, data, longestToWrite),
          url: ruleUrl(rule.id),
          expected: extra.expected ?? [],
          fix: extra.fix,
          related: extra.related ?? [],
        }
        found(words, at)
      },
    ]),
  )
}

const ranks: readonly Severity[] = ['info', 'warning', 'error']

function lower(severity: Severity, own: Severity | undefined): Severity {
  return own !== undefined && ranks.indexOf(own) < ranks.indexOf(severity) ? own : severity
}

export function place(text: string, at: Span): Span & {readonly actual: string} {
  const start = Math.max(0, Math.min(at.start, text.length))
  const end = Math.max(start, Math.min(at.end, text.length))
  return {start, end, actual: text.slice(start, end)}
}

/** A bug of ours or of a plug-in, as a finding at the start of the file. */
export function internalError(rule: string, error: unknown): Finding {
  const words = error instanceof Error ? error.message : String(error)
  const note = `This is a bug in the rule, not in the document; the other rules ran. Report it at ${ruleUrl('internal-error')}.`
  return fault(fill('Rule `{rule}` failed: {words}', {rule, words}), note)
}

/** A rule that took too long; `goesOn` where the others ran. */
export function stoppedRule(rule: string, seconds: number, goesOn: boolean): Finding {
  const others = goesOn ? 'The other rules ran.' : 'It was not the only one, and not all of the other rules ran.'
  return fault(
    fill('Rule `{rule}` was stopped after {seconds} s', {rule, seconds: Math.round(seconds * 10) / 10}),
    `${others} Make the document smaller, or give it more time with \`limits.seconds\` in the configuration. Report it at ${ruleUrl('internal-error')}.`,
  )
}

function fault(reason: string, note: string): Finding {
  return {
    start: 0,
    end: 0,
    actual: '',
    ruleId: 'internal-error',
    severity: 'error',
    reason,
    note,
    url: ruleUrl('internal-error'),
    expected: [],
    fix: undefined,
    related: [],
  }
}

/** The options of a rule for a document: its own, the type's over them, the configuration's over all. */
export function optionsFor(
  rule: AnyRule,
  type: BoundDocument,
  config: Pick<RuleConfig, 'options'> | undefined,
): OptionValues {
  return {...defaults(rule), ...typeOptions(rule, type), ...config?.options}
}

export function defaults(rule: AnyRule): OptionValues {
  return Object.fromEntries(Object.entries(rule.options).map(([name, schema]) => [name, schema.default]))
}

/** What the type says of a rule's options; a value of another shape than the rule's is left out. */
function typeOptions(rule: AnyRule, {type}: BoundDocument): OptionValues {
  const setting = type.rules[rule.id]
  const given = typeof setting === 'object' ? setting[1] : undefined
  return Object.fromEntries(
    Object.entries(given ?? {}).filter(([name, value]) => {
      const schema = rule.options[name]
      return (
        schema !== undefined && (schema.type === 'array' ? isStrings(value) : typeof value === typeof schema.default)
      )
    }),
  )
}

function isStrings(value: Json): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
