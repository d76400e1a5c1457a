import type {Facts} from './facts.ts'
import {tally} from './support.ts'

/** A document that is of no kind with the others. */
export interface Stranger {
  readonly path: string | undefined
  /** How many of the usual parts it has, and how many there are. */
  readonly has: number
  readonly of: number
}

/** Documents with less than a third of the keys and sections that most have: an index, a template, a page of notes. */
export function setAside(documents: readonly Facts[]): {
  readonly kept: readonly Facts[]
  readonly strangers: readonly Stranger[]
} {
  const parts = documents.map(partsOf)
  const usual = new Set(
    tally(parts.flatMap((own) => [...own]))
      .filter(([, count]) => count * 2 >= documents.length)
      .map(([part]) => part),
  )
  const has = parts.map((own) => [...own].filter((part) => usual.has(part)).length)
  const isStranger = (index: number): boolean => usual.size > 2 && (has[index] ?? 0) * 3 < usual.size
  return {
    kept: documents.filter((_, index) => !isStranger(index)),
    strangers: documents.flatMap(({first}, index) =>
      isStranger(index) ? [{path: first.path, has: has[index] ?? 0, of: usual.size}] : [],
    ),
  }
}

function partsOf({keys, tops}: Facts): ReadonlySet<string> {
  return new Set([...keys.map(({form}) => `key ${form}`), ...tops.map(({form}) => `section ${form}`)])
}
