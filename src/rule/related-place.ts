import type {Span} from '../document/types.ts'

export interface Related {
  readonly related: readonly (Span & {readonly message: string})[]
}

/** Another place that a finding is about, and what stands there. */
export function related({start, end}: Span, message: string): Related {
  return {related: [{start, end, message}]}
}
