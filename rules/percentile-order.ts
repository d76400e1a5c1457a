import {defineRule, type Measured, percentileRuns, related} from 'spec-lint/rule'

export default defineRule({
  id: 'percentile-order',
  category: 'requirements',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Percentiles of one measure grow: P50 ≤ P95 ≤ P99.',
    why: 'A P99 below the P95 cannot be; two of the numbers were exchanged, or a unit is wrong, and nobody knows which target holds.',
    remedy: 'Exchange the values, or correct the unit.',
    exceptions:
      'Only percentiles of the same measure are compared: in one sentence, in the items of one list that differ in the percentile alone, or in one row or column of a table. Values whose units cannot be converted into each other are not.',
  },
  options: {},
  messages: {
    order: {
      reason: 'P{higher} is `{value}`, less than P{lower}, which is `{other}`',
      note: 'Exchange the two values, or correct the unit of one.',
    },
  },
  check({document, report}) {
    const seen = new Set<string>()
    for (const run of percentileRuns(document)) {
      for (const {low, high} of violations(run)) {
        const key = `${high.start}-${low.start}`
        if (seen.has(key)) continue
        seen.add(key)
        report.order(
          high,
          {higher: high.rank, value: document.source.slice(high), lower: low.rank, other: document.source.slice(low)},
          related(low, `P${low.rank}`),
        )
      }
    }
  },
})

/** Neighbours by rank that run down. */
function violations(run: readonly Measured[]): readonly {readonly low: Measured; readonly high: Measured}[] {
  const sorted = run.toSorted((a, b) => a.rank - b.rank)
  return sorted.flatMap((high, index) => {
    const low = sorted.slice(0, index).findLast((one) => one.dimension === high.dimension && one.rank < high.rank)
    return low && high.base < low.base - 1e-12 ? [{low, high}] : []
  })
}
