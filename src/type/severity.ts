import type {BoundDocument, Severity, SeveritySetting} from './types.ts'

const ranks: readonly SeveritySetting[] = ['off', 'info', 'warning', 'error']

/** Severity of a rule in a document before configuration: the rule's own, the type's, the phase's. */
export function severityFor(
  rule: {readonly id: string; readonly severity: Severity | 'off'},
  bound: BoundDocument,
): SeveritySetting {
  const setting = bound.type.rules[rule.id]
  const ofType = setting === undefined ? rule.severity : typeof setting === 'string' ? setting : setting[0]
  const phase = bound.status?.phase
  const own = phase?.rules[rule.id] ?? ofType
  const cap = phase?.rules['*']
  return cap !== undefined && ranks.indexOf(cap) < ranks.indexOf(own) ? cap : own
}
