import type {SpokenKind, SpokenName} from './model.ts'

/** "the columns are added again (`a`, `b`)": they are told one by one. */
export function isSpelled(rest: string): boolean {
  return /^[^.;:()`\n]{0,40}\(`/u.test(rest)
}

/** "The columns are dropped", where others of the kind are dropped by name: those are meant, and not all. */
export function isReference({kind, act, of}: SpokenKind, names: readonly SpokenName[], before: string): boolean {
  // "It vanishes with its column": that one is gone by other words.
  if (of.length === 0 && act === 'keep' && /\bwith\s+(?:its|the|their|that)\s+$/i.test(before)) return true
  if (of.length > 0 || act === 'none' || !/(?:^|\W)the\s+$/i.test(before)) return false
  if (/\b(?:all|both|each|every|rest|remaining|others?)\b[\w\s]*$/i.test(before)) return false
  return names.filter((one) => one.kind === kind && one.act === act && one.marked && !one.place).length > 1
}

/** "the indexes `a` and `b`", "table customers": names follow, so that no other one is meant. */
export function isListed(one: SpokenKind, names: readonly SpokenName[]): boolean {
  return names.some(({kind, start, place, marked}) => {
    const gap = start - one.end
    return kind === one.kind && !place && gap > 0 && gap < (marked ? 40 : 3)
  })
}
