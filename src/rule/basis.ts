import type {Proof} from './proof.ts'

/** What is said behind a finding that nothing was executed for. */
export function basisOf({modelled}: Proof): string {
  return modelled ? ' (modelled, not executed)' : ''
}

/** Who ran the statements before one. */
export function ranWords({modelled, engine}: Proof, when: string): string {
  return modelled
    ? 'A model of MySQL says so, from the statements before it; no server ran them.'
    : `${engine} ran it ${when}.`
}
