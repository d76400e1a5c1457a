import type {BoundMetadata, BoundStatus, SectionSpec, Test} from './types.ts'
import {checkValue} from './values.ts'

export interface Circumstances {
  readonly facts: ReadonlySet<string>
  readonly metadata: BoundMetadata
  readonly status: BoundStatus | undefined
}

export function isRequired(spec: SectionSpec, circumstances: Circumstances): boolean {
  if (spec.repeat) return spec.repeat.min > 0 && spec.required !== false
  return typeof spec.required === 'boolean' ? spec.required : holds(spec.required.when, circumstances)
}

function holds(test: Test, circumstances: Circumstances): boolean {
  if (typeof test === 'string') return circumstances.facts.has(test)
  if ('all' in test) return test.all.every((part) => holds(part, circumstances))
  if ('any' in test) return test.any.some((part) => holds(part, circumstances))
  if ('not' in test) return !holds(test.not, circumstances)
  if ('phase' in test) return test.phase.includes(circumstances.status?.phase?.status ?? '')
  const value = circumstances.metadata.value[test.metadata]
  return value !== undefined && checkValue(test.is, value).length === 0
}
