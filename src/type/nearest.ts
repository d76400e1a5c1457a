import {distance} from 'fastest-levenshtein'

/** Whether one is a slip of the other: a few letters in a word long enough to tell. */
export function isSlip(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length)
  if (length < 4 || a.length > 200 || b.length > 200 || Math.abs(a.length - b.length) > length / 3) return false
  const apart = distance(a, b)
  if (apart === 0 || (apart > 2 && isTurned(a, b))) return false
  if (apart === 2 && areTransposed(a, b)) return true
  if (apart > 1 && areOtherWords(a, b)) return false
  return isClose(apart, a, b)
}

/** Whether one denies what the other says: `Non-Functional Requirements` are no slip of `Functional Requirements`. */
export function isTurned(a: string, b: string): boolean {
  const denies = (text: string): boolean => /(?:^|[\s_-])(?:no|non|not|without)(?=[\s_-])/iu.test(text)
  return denies(a) !== denies(b)
}

/** A letter or two, in a long text about every sixth. */
function isClose(apart: number, a: string, b: string): boolean {
  const length = Math.min(a.length, b.length)
  return apart <= (length >= 6 ? 2 : 1) || (length >= 10 && 1 - apart / Math.max(a.length, b.length) >= 0.82)
}

const mostCompared = 1000

/** The first of many that a test takes for a slip. Past a thousand a slip goes unseen, and what it stands for is missing. */
export function findSlip<T>(many: readonly T[], isOne: (one: T) => boolean): T | undefined {
  return many.slice(0, mostCompared).find(isOne)
}

/**
 * Of two texts with as many words each word has to be a slip of its counterpart. `Activation` is none of `Motivation`: fingers
 * slip inside of a word.
 */
function areOtherWords(a: string, b: string): boolean {
  const left = a.toLowerCase().split(/[\s_-]+/u)
  const right = b.toLowerCase().split(/[\s_-]+/u)
  return left.length === right.length && left.some((word, index) => isOtherWord(word, right[index] ?? ''))
}

function isOtherWord(word: string, other: string): boolean {
  const apart = distance(word, other)
  if (apart < 2 || (apart === 2 && areTransposed(word, other))) return false
  return word[0] !== other[0] || !isClose(apart, word, other)
}

/** Two letters beside each other changed places. */
function areTransposed(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index])
  return a.length === b.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)
}

/** The candidates near to a text, nearest first. */
export function nearest(text: string, candidates: readonly string[]): readonly string[] {
  const lower = text.toLowerCase()
  const same = candidates.find((candidate) => candidate.toLowerCase() === lower)
  if (same !== undefined) return [same]
  return candidates
    .filter(
      (candidate) => Math.abs(candidate.length - text.length) <= (Math.max(candidate.length, text.length) + 1) / 3,
    )
    .map((candidate) => ({candidate, apart: distance(lower, candidate.toLowerCase())}))
    .filter(({candidate, apart}) => apart <= Math.floor((Math.max(candidate.length, text.length) + 1) / 3))
    .toSorted((a, b) => a.apart - b.apart)
    .map(({candidate}) => candidate)
}
