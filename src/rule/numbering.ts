import type {Heading, HeadingNumber, Section} from '../document/types.ts'
import type {BoundDocument} from '../type/types.ts'
import {isConditional, isMissing} from './sections.ts'
import type {Edit} from './types.ts'

/** A section with the number that its heading carries. */
export interface NumberedSection {
  readonly section: Section
  readonly heading: Heading
  readonly number: HeadingNumber
}

export function numberedIn(sections: readonly Section[]): readonly NumberedSection[] {
  return sections.flatMap((section) =>
    section.heading?.number ? [{section, heading: section.heading, number: section.heading.number}] : [],
  )
}

/** What stands behind the digits: `.`, `)` or nothing. */
export function numberEnding({heading, number}: NumberedSection): string {
  return /^[.)]/u.exec(heading.text.slice(number.text.length))?.[0] ?? ''
}

/** Indices of the most numbers that count up, however wide the steps; where two choices are alike, the smaller end wins. */
function countingUp(values: readonly number[]): ReadonlySet<number> {
  const best: {readonly length: number; readonly previous: number}[] = []
  for (const value of values) {
    let length = 1
    let previous = -1
    for (const [earlier, candidate] of best.entries()) {
      if ((values[earlier] ?? 0) >= value || candidate.length < length) continue
      length = candidate.length + 1
      previous = earlier
    }
    best.push({length, previous})
  }
  const ends = best.map(({length}, index) => ({length, index, value: values[index] ?? 0}))
  const [end] = ends.toSorted((a, b) => b.length - a.length || a.value - b.value || a.index - b.index)
  const kept = new Set<number>()
  for (let at = end?.index ?? -1; at >= 0; at = best[at]?.previous ?? -1) kept.add(at)
  return kept
}

/** A number that does not follow from those beside it, and the last part that it has to have. */
export type Slip = {readonly one: NumberedSection; readonly expected: number} & (
  | {readonly kind: 'first'; readonly next: NumberedSection}
  | {readonly kind: 'moved'; readonly previous: NumberedSection}
  /** `moving`: the sections whose numbers move with this one. */
  | {readonly kind: 'skips'; readonly previous: NumberedSection; readonly moving: readonly NumberedSection[]}
)

/** The slips in a run of siblings; `room` says how many numbers something else accounts for between two of them. */
export function slipsIn(
  run: readonly NumberedSection[],
  room: (last: NumberedSection, one: NumberedSection) => number,
): readonly Slip[] {
  const values = run.map(({number}) => number.parts.at(-1) ?? 0)
  const kept = countingUp(values)
  return run.flatMap((one, index): readonly Slip[] => {
    const value = values[index] ?? 0
    const before = values.findLastIndex((_, at) => at < index && kept.has(at))
    const last = run[before]
    const low = values[before]
    const previous = run[index - 1]
    if (!kept.has(index)) {
      // A count that begins anew is one slip.
      if (!kept.has(index - 1) && values[index - 1] === value - 1) return []
      const chain = run.slice(index).filter((_, at) => value + at === values[index + at] && !kept.has(index + at))
      const after = values.findIndex((_, at) => at > index && kept.has(at))
      const next = run[after]
      const high = values[after] ?? Number.POSITIVE_INFINITY
      if (low === undefined || !previous)
        return next ? [{kind: 'first', one, next, expected: Math.max(high - (after - index), 0)}] : []
      const expected = low + index - before
      if (expected < high) return [{kind: 'skips', one, previous, expected, moving: chain}]
      if (value === low) return [{kind: 'skips', one, previous, expected, moving: run.slice(index)}]
      return [{kind: 'moved', one, previous, expected}]
    }
    if (low === undefined || !last || !previous) return []
    // A number in the gap that stands elsewhere, or a section in the gap that has another, is a slip of its own.
    const slips = run.filter((_, at) => {
      const own = values[at] ?? 0
      return !kept.has(at) && ((at > before && at < index) || (own > low && own < value))
    })
    const filled = slips.length + room(last, one)
    if (value - low - 1 <= filled) return []
    const moving = kept.size === run.length ? run.slice(index) : [one]
    return [{kind: 'skips', one, previous, expected: low + 1 + filled, moving}]
  })
}

export function prefixOf({number}: NumberedSection): string {
  return number.parts.slice(0, -1).join('.')
}

/** A number with another last part. */
export function withLast({number}: NumberedSection, last: number): string {
  return [...number.parts.slice(0, -1), last].join('.')
}

/** Gives a section another number, and what stands below it with it: `4` to `3`, `4.1` to `3.1`. */
export function renumber({section, number}: NumberedSection, text: string): readonly Edit[] {
  return [{start: number.start, end: number.end, text}, ...below(section, number.parts, text)]
}

/** Numbers from a section on, those of its kind beside it that follow with it, that count on by some. */
export interface Move {
  readonly from: Section
  readonly by: number
}

/** Numbers sections higher, each by what all moves from it or from before it add; they are of siblings. */
export function countOn(moves: readonly Move[]): readonly Edit[] {
  const [first] = moves
  const depth = first?.from.heading?.number?.parts.length
  return numberedIn(first?.from.parent?.children ?? [])
    .filter(({number}) => number.parts.length === depth)
    .flatMap((one) => {
      const {parts} = one.number
      const by = moves.reduce((sum, move) => sum + (move.from.start <= one.section.start ? move.by : 0), 0)
      return by === 0 ? [] : renumber(one, [...parts.slice(0, -1), (parts.at(-1) ?? 0) + by].join('.'))
    })
}

function below({children}: Section, parts: readonly number[], text: string): readonly Edit[] {
  return children.flatMap((child) => {
    const own = child.heading?.number
    const inside = own && own.parts.length > parts.length && parts.every((part, index) => own.parts[index] === part)
    const edit = inside && {start: own.start, end: own.end, text: [text, ...own.parts.slice(parts.length)].join('.')}
    return [...(edit ? [edit] : []), ...below(child, parts, text)]
  })
}

/** Headings whose number another finding explains: they stand at the wrong place or level, or twice. */
export function explainedBy(type: BoundDocument): ReadonlySet<Heading> {
  const sections = type.sections.flatMap(({displaced, state, matches, duplicates}) => [
    ...displaced.map(({section}) => section),
    ...duplicates,
    ...(state === 'misplaced' || state === 'depth' ? matches : []),
  ])
  return new Set(sections.flatMap(({heading}) => heading ?? []))
}

/** How many sections are missing, or moved away, between two neighbours. */
export function missingBetween(type: BoundDocument, previous: Heading, heading: Heading): number {
  const moved = type.sections.filter(({state}) => state === 'depth' || state === 'misplaced').length
  const missing = type.sections.filter(
    (bound) =>
      (isMissing(bound) || (isConditional(bound.spec) && bound.state === 'missing')) &&
      (bound.gap.after?.heading === previous || bound.gap.before?.heading === heading),
  ).length
  return missing + moved + type.sections.reduce((sum, {displaced}) => sum + displaced.length, 0)
}
