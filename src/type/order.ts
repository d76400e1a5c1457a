import type {Section} from '../document/types.ts'
import type {Match} from './match.ts'

export interface Displaced {
  readonly section: Section
  /** What it has to follow; `undefined` for the first. */
  readonly after: Section | undefined
  /** What it has to stand before; `undefined` for the last. */
  readonly before: Section | undefined
}

/** The fewest siblings that have to move for the rest to stand in order; of two alike, the later one moves. */
export function displacedIn(level: readonly Match[]): ReadonlyMap<Match, Displaced> {
  const found = level.flatMap((match, rank) => {
    const section = match.matches[0]
    return section && match.state !== 'misplaced' && match.state !== 'depth' ? [{match, rank, section}] : []
  })
  const sequence = found.toSorted((a, b) => a.section.start - b.section.start)
  const kept = longestIncreasing(sequence.map(({rank}) => rank))
  const result = new Map<Match, Displaced>()
  for (const [index, {match, rank, section}] of sequence.entries()) {
    if (kept.has(index)) continue
    result.set(match, {
      section,
      after: found.findLast((other) => other.rank < rank)?.section,
      before: found.find((other) => other.rank > rank)?.section,
    })
  }
  return result
}

/** Indices of a longest increasing subsequence; on a tie the earliest ones. Quadratic in the number of siblings of a type. */
function longestIncreasing(ranks: readonly number[]): ReadonlySet<number> {
  const best: {length: number; previous: number}[] = []
  for (const [index, rank] of ranks.entries()) {
    let length = 1
    let previous = -1
    for (let earlier = 0; earlier < index; earlier += 1) {
      const candidate = best[earlier]
      if (candidate && (ranks[earlier] ?? 0) < rank && candidate.length + 1 > length) {
        length = candidate.length + 1
        previous = earlier
      }
    }
    best.push({length, previous})
  }
  let at = -1
  for (const [index, {length}] of best.entries()) if (at < 0 || length > (best[at]?.length ?? 0)) at = index
  const kept = new Set<number>()
  while (at >= 0) {
    kept.add(at)
    at = best[at]?.previous ?? -1
  }
  return kept
}
