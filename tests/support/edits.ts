import fc from 'fast-check'

/** What an author does to a text: at a part of its length, so many characters give way to others. */
export interface Edit {
  readonly at: number
  readonly cut: number
  readonly text: string
}

export function editOf(text: fc.Arbitrary<string>, mostCut: number): fc.Arbitrary<Edit> {
  return fc.record({at: fc.double({min: 0, max: 1, noNaN: true}), cut: fc.integer({min: 0, max: mostCut}), text})
}

export function edited(before: string, {at, cut, text}: Edit): string {
  const start = Math.floor(at * before.length)
  return before.slice(0, start) + text + before.slice(start + cut)
}
