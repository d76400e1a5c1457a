import type {Measure} from '../lint/types.ts'
import {columns} from './io.ts'

interface Timing {
  readonly measure: Measure
  /** Milliseconds and share of each rule, the slowest first. */
  readonly table: () => string
}

/** Adds up the time of rules. What several of them share, the first that asks pays. */
export function timing(): Timing {
  const times = new Map<string, number>()
  return {
    measure: (rule, milliseconds) => times.set(rule, (times.get(rule) ?? 0) + milliseconds),
    table: () => {
      const all = [...times.values()].reduce((sum, time) => sum + time, 0)
      const rows = [...times].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      const cells = rows.map(([rule, time]) => [
        time.toFixed(1).padStart(8),
        `${((100 * time) / Math.max(all, Number.MIN_VALUE)).toFixed(1)}%`.padStart(6),
        rule,
      ])
      return columns([['      ms', ' share', 'rule'], ...cells])
    },
  }
}
