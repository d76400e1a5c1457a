import {summaryOf} from './summary.ts'
import type {Report} from './types.ts'

/** How often a rule speaks. */
export interface RuleCount {
  readonly ruleId: string
  readonly count: number
  /** Those that have a safe fix, and those that have another one. */
  readonly fixable: number
  readonly fixableUnsafe: number
}

/** The counts of all rules that speak, the most frequent first. */
export function statisticsOf({problems}: Report): readonly RuleCount[] {
  const counts = new Map<string, RuleCount>()
  for (const {ruleId, fix} of problems) {
    const {count, fixable, fixableUnsafe} = counts.get(ruleId) ?? {count: 0, fixable: 0, fixableUnsafe: 0}
    counts.set(ruleId, {
      ruleId,
      count: count + 1,
      fixable: fixable + Number(fix?.safety === 'safe'),
      fixableUnsafe: fixableUnsafe + Number(fix?.safety === 'unsafe'),
    })
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count || (a.ruleId < b.ruleId ? -1 : 1))
}

/** A table for people, with the summary below it. */
export function statistics(report: Report): string {
  const all = statisticsOf(report)
  const [first] = all
  const [digits, letters] = [String(first?.count ?? 0).length, Math.max(0, ...all.map(({ruleId}) => ruleId.length))]
  const rows = all.map(({count, ruleId, fixable, fixableUnsafe}) => {
    const fixes = [fixable > 0 && `${fixable} fixable`, fixableUnsafe > 0 && `${fixableUnsafe} with --unsafe-fixes`]
    return `${String(count).padStart(digits)}  ${ruleId.padEnd(letters)}  ${fixes.filter((part) => part !== false).join(', ')}`.trimEnd()
  })
  return `${[...rows, summaryOf(report)].join('\n')}\n`
}
