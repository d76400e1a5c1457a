import type {Certainty, Claim, Evidence} from '../types.ts'

/** Documents that show something, and those that show the contrary; each by a line. */
export interface Support {
  readonly shows: readonly Evidence[]
  readonly lacks: readonly Evidence[]
}

export function share({shows, lacks}: Support): number {
  const all = shows.length + lacks.length
  return all === 0 ? 0 : shows.length / all
}

/** A claim that documents support. */
export function counted(
  says: string,
  certainty: Certainty,
  {shows, lacks}: Support,
  extra: {readonly at?: string; readonly doubt?: string | undefined} = {},
): Claim {
  return {at: extra.at ?? '', says, certainty, doubt: extra.doubt, evidence: shows, against: lacks}
}

/** The part of a corpus in which something has to occur to be spoken of at all. */
export function isUsual(count: number, of: number): boolean {
  return count >= Math.max(of > 10 ? 3 : 2, of / 10)
}

/** How often each text occurs, most frequent first; of two with one count, the one that came first. */
export function tally(texts: readonly string[]): readonly (readonly [text: string, count: number])[] {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)
}

export function mostCommon(texts: readonly string[]): string {
  return tally(texts)[0]?.[0] ?? ''
}
