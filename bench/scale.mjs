/**
 * How the time grows with the document: each case at a size, twice and four times that, with every rule on.
 *
 *   npm run build && node bench/scale.mjs [--only CASE] [--type TYPE] [--size N] [--rules] [--most RATIO]
 *
 * Ratios near 2 are linear, near 4 quadratic. Ends with 1 when the last doubling of a case takes more than `RATIO` (3) times as
 * long and more than a second; `--rules` shows the slowest rules at the greatest size.
 */
import {lintPrepared} from '../build/src/lint/lint.js'
import {prepare} from '../build/src/lint/prepare.js'
import {noProject} from '../build/src/lint/no-project.js'
import {rules} from '../build/rules/index.js'
import {loadSchemaParsers} from '../build/src/sql/load.js'
import {builtinTypes} from '../build/src/type/builtin.js'
import {cases, documentOf} from './large.mjs'

const flag = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined)
const config = new Map(rules.map(({id}) => [id, {severity: 'warning'}]))
const most = Number(flag('--most') ?? 3)
const types = builtinTypes().filter(({name}) => flag('--type') === undefined || name === flag('--type'))

let isSlow = false
for (const [name, {size, parts}] of Object.entries(cases)) {
  if (flag('--only') !== undefined && name !== flag('--only')) continue
  for (const type of types) {
    const first = Number(flag('--size') ?? size)
    const runs = []
    for (const count of [first, 2 * first, 4 * first]) runs.push(await timed(documentOf(type.name, parts(count)), type))
    const [a, b, c] = runs.map(({time}) => time)
    const isBad = c / b > most && c > 1000
    isSlow ||= isBad
    const cells = [
      name,
      type.name,
      first,
      ...[a, b, c].map((time) => `${time.toFixed(0)} ms`),
      (b / a).toFixed(1),
      (c / b).toFixed(1),
    ]
    console.log(`${cells.join('\t')}\t${runs[2].findings} findings${isBad ? '\tgrows too fast' : ''}`)
    if (process.argv.includes('--rules')) console.log(runs[2].slowest)
  }
}
process.exitCode = isSlow ? 1 : 0

async function timed(text, type) {
  const times = new Map()
  const start = performance.now()
  const prepared = prepare(text, [], {type, path: 'large.md'})
  await loadSchemaParsers(prepared.document)
  const read = performance.now() - start
  const {findings} = lintPrepared(prepared, {
    rules,
    config,
    project: noProject('2026-11-21'),
    measure: (rule, time) => times.set(rule, (times.get(rule) ?? 0) + time),
  })
  const faults = findings.filter(({ruleId}) => ruleId === 'internal-error')
  for (const {reason} of faults) console.log(`${type.name}: ${reason}`)
  const slowest = [['(document)', read], ...times]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 12)
    .map(([rule, time]) => `    ${time.toFixed(0)} ms ${rule}`)
    .join('\n')
  return {time: performance.now() - start, findings: findings.length, slowest}
}
