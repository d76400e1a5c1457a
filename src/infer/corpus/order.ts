/** Which of the sections stand in which order. Each list of `sequences` holds the names that one document has, in its order. */
export interface Order {
  /** All names, in the order that most documents have. */
  readonly names: readonly string[]
  /** Whether the documents with this index keep it. */
  readonly keeps: (index: number) => boolean
  /** Names that are found anywhere. */
  readonly loose: ReadonlySet<string>
}

/**
 * The order that most documents keep. Optional sections that stand now here, now there are let go while too few documents keep
 * it. `threshold` is the part of the documents that has to.
 */
export function orderOf(
  sequences: readonly (readonly string[])[],
  optional: ReadonlySet<string>,
  threshold: number,
): Order {
  const names = sorted(sequences)
  const loose = new Set<string>()
  let rank = rankOf(names)
  while (keeping(sequences, rank) < sequences.length * threshold) {
    const worst = mostOften(sequences, rank, optional)
    if (worst === undefined) break
    loose.add(worst)
    rank = new Map([...rank].filter(([name]) => name !== worst))
  }
  const final = rank
  return {names, loose, keeps: (index) => isInOrder(sequences[index] ?? [], final)}
}

function rankOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, index]))
}

/** By how many others a name precedes in most of the documents that have both. */
function sorted(sequences: readonly (readonly string[])[]): readonly string[] {
  const before = new Map<string, Map<string, number>>()
  for (const names of sequences)
    for (const [index, name] of names.entries()) {
      const own = before.get(name) ?? new Map<string, number>()
      before.set(name, own)
      for (const later of names.slice(index + 1)) own.set(later, (own.get(later) ?? 0) + 1)
    }
  const all = [...before.keys()]
  const wins = new Map(
    all.map((name) => [
      name,
      all.filter((other) => (before.get(name)?.get(other) ?? 0) > (before.get(other)?.get(name) ?? 0)).length,
    ]),
  )
  return all.toSorted((a, b) => (wins.get(b) ?? 0) - (wins.get(a) ?? 0))
}

function isInOrder(names: readonly string[], rank: ReadonlyMap<string, number>): boolean {
  const own = names.flatMap((name) => rank.get(name) ?? [])
  return own.every((at, index) => index === 0 || (own[index - 1] ?? 0) <= at)
}

function keeping(sequences: readonly (readonly string[])[], rank: ReadonlyMap<string, number>): number {
  return sequences.filter((names) => isInOrder(names, rank)).length
}

/** The optional name without which most documents more would keep the order. */
function mostOften(
  sequences: readonly (readonly string[])[],
  rank: ReadonlyMap<string, number>,
  optional: ReadonlySet<string>,
): string | undefined {
  const wrong = sequences.filter((names) => !isInOrder(names, rank))
  const counts = [...optional]
    .filter((name) => rank.has(name))
    .map((name) => ({
      name,
      count: wrong.filter((names) => names.includes(name) && isInOrder(without(names, name), rank)).length,
    }))
    .filter(({count}) => count > 0)
    .toSorted((a, b) => b.count - a.count)
  return counts[0]?.name
}

function without(names: readonly string[], name: string): readonly string[] {
  return names.filter((other) => other !== name)
}
