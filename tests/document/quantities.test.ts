import {describe, expect, test} from 'vitest'
import {readDocument} from '../../src/document/parse.ts'
import {percentileRuns} from '../../src/document/percentile-runs.ts'
import {quantitiesIn} from '../../src/document/quantities.ts'
import {compareVersions, versionOf} from '../../src/document/versions.ts'

describe('quantities', () => {
  test.for([
    ['200ms', [['200ms', 0.2, 'time']]],
    [
      '≤ 0.2 s, 1,200 ms or 1,5 min',
      [
        ['0.2 s', 0.2, 'time'],
        ['1,200 ms', 1.2, 'time'],
        ['1,5 min', 90, 'time'],
      ],
    ],
    [
      '+0.17 and -3',
      [
        ['+0.17', 0.17, 'none'],
        ['-3', -3, 'none'],
      ],
    ],
    ['99.9%', [['99.9%', 99.9, 'percent']]],
    [
      '10K users, 5 GB',
      [
        ['10K', 10_000, 'none'],
        ['5 GB', 5e9, 'size'],
      ],
    ],
    ['3 requests', [['3', 3, 'none']]],
    ['OAuth2 v1.2 P95', []],
  ] as const)('%s', ([text, expected]) => {
    const found = quantitiesIn(text).map(({start, end, base, dimension}) => [text.slice(start, end), base, dimension])
    expect(found).toEqual(expected)
  })
})

describe('percentiles of one measure', () => {
  test.for([
    ['P50 < 80 ms, p95 < 0.1 s and P99 1 s', [[80, 100, 1000]]],
    ['P50/P95/P99: 10/50/100 ms', [[10, 50, 100]]],
    ['P50, P95 and P99 below 200 ms', []],
    ['p95 40 ms; p99 20 ms', []],
    ['reads p95 40 ms, writes p99 20 ms', []],
    ['- P50 latency: **≤40ms**\n- P95 latency: ≤0.09s', [[40, 90]]],
    ['- open P95: 40 ms\n- pay P99: 20 ms', []],
    ['| Q | P50 (ms) | P99 |\n|-|-|-|\n| a | 3 | 4 ms |', [[3, 4]]],
    ['| Metric | Target |\n|-|-|\n| p50 | 3 ms |\n| p99 | 4 ms |', [[3, 4]]],
    ['median 10 ms, 95th percentile 30 ms', [[10, 30]]],
    ['P95: -250 ms, P99: -300 ms', []],
  ] as const)('%s', ([text, expected]) => {
    const runs = percentileRuns(readDocument(text)).filter((run) => run.length > 1)
    expect(runs.map((run) => run.map(({base}) => Math.round(base * 1000)))).toEqual(expected)
  })

  test('each value stands where it is said to', () => {
    const text = '- P50 latency: `≤40ms`\n- P95 latency: *90 ms*\n'
    const [run = []] = percentileRuns(readDocument(text))
    expect(run.map(({start, end}) => text.slice(start, end))).toEqual(['40ms', '90 ms'])
  })
})

test.for([
  ['1.9', '1.10', -1],
  ['v2', '2.0.0', 0],
  ['1.0.1', '1', 1],
] as const)('version %s against %s', ([a, b, sign]) => {
  expect(Math.sign(compareVersions(versionOf(a) ?? [], versionOf(b) ?? []))).toBe(sign)
})

test.for(['1.0-rc.1', 'next', ''])('%j is no version', (text) => expect(versionOf(text)).toBeUndefined())
