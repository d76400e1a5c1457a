import type {Json} from '../document/types.ts'

/** How much one document may take; `undefined` for what is usual. */
export interface Limits {
  /** Of the file. */
  readonly bytes: number | undefined
  /** To read it, and again to run its rules. */
  readonly seconds: number | undefined
}

export const noLimits: Limits = {bytes: undefined, seconds: undefined}

/** `limits` of a configuration over those of its bases, of which the later ones win. */
export function limitsOf(data: Json | undefined, bases: readonly Limits[]): Limits {
  const own = (data ?? {}) as Partial<Limits>
  return [...bases, {...noLimits, ...own}].reduce((under, {bytes, seconds}) => ({
    bytes: bytes ?? under.bytes,
    seconds: seconds ?? under.seconds,
  }))
}

/** Larger documents are none that people write. */
const largest = 4 * 1024 * 1024

export function mostBytes({bytes}: Limits): number {
  return bytes ?? largest
}

/**
 * Seconds for a text of so many characters: hundreds of times what people's documents take, so that a slow machine makes no
 * difference.
 */
export function secondsFor({seconds}: Limits, length: number): number {
  return seconds ?? 10 + (30 * length) / 1_000_000
}
