/**
 * What each hostile or large document costs: the seconds of processor time of a run over it alone, in a thread of its own, against an
 * ordinary document of as many bytes.
 *
 *   npm run build && node bench/attacks.mjs [--bytes 1000000] [--only PATTERN] [--least 0] [--json FILE]
 *
 * An input ends in a verdict, or is stopped by its budget and named (`document-timeout`, `document-too-large`, a rule that is
 * stopped). Ends with 1 when one does neither, or takes more than 20 times as long as the ordinary one.
 */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {lintPaths} from '../build/src/run/run.js'
import {runOptions} from '../build/src/run/options.js'
import {builtinTypes} from '../build/src/type/builtin.js'
import {load} from './load.mjs'

const flag = (name, usual) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : usual)
const bytes = Number(flag('--bytes', 1_000_000))
const only = new RegExp(flag('--only', ''), 'u')
const least = Number(flag('--least', 0))
const most = 20
const folder = mkdtempSync(join(tmpdir(), 'spec-lint-attacks-'))
const type = builtinTypes().find(({name}) => name === 'prd')

const {growing, plain} = await load('tests/attacks/index.ts')
const usual = Math.min(await timed(plain(bytes)).then(({seconds}) => seconds), (await timed(plain(bytes))).seconds)
console.log(`an ordinary document of ${bytes} bytes: ${usual.toFixed(2)} s`)
const rows = []
for (const [name, shape] of Object.entries(growing)) {
  if (!only.test(name)) continue
  const text = shape(bytes)
  const {seconds, end} = await timed(text)
  const ratio = seconds / usual
  const isStopped = /timeout|too-large|stopped/u.test(end)
  const isBad = end.startsWith('threw') || /internal-error|worker/u.test(end) || (ratio > most && !isStopped)
  rows.push({name, bytes: Buffer.byteLength(text), seconds, ratio, end, isBad})
  if (isBad || ratio >= least)
    console.log(`${seconds.toFixed(2)} s\t${ratio.toFixed(1)}\t${end}\t${name}${isBad ? '\tBAD' : ''}`)
}
rmSync(folder, {recursive: true})
const worst = rows.toSorted((a, b) => b.seconds - a.seconds)[0]
const ends = new Map()
for (const {end} of rows) ends.set(end, (ends.get(end) ?? 0) + 1)
console.log(
  `${rows.length} inputs; worst ${worst?.name}: ${worst?.seconds.toFixed(1)} s, ${worst?.ratio.toFixed(1)} times`,
)
for (const [end, count] of ends) console.log(`${count} ended with: ${end}`)
const bad = rows.filter(({isBad}) => isBad)
if (flag('--json') !== undefined) writeFileSync(flag('--json'), JSON.stringify({bytes, usual, rows}, undefined, 1))
console.log(`${bad.length} that neither ended in time nor were stopped`)
process.exitCode = bad.length > 0 ? 1 : 0

async function timed(text) {
  writeFileSync(join(folder, 'document.md'), text)
  const started = process.cpuUsage()
  const end = await endOf().catch((error) => `threw ${error.message}`)
  const {user, system} = process.cpuUsage(started)
  return {seconds: (user + system) / 1e6, end}
}

async function endOf() {
  const {files, errors} = await lintPaths(
    ['document.md'],
    runOptions({cwd: folder, config: false, type, concurrency: 1}),
  )
  if (errors.length > 0) return errors.map(({code}) => code).join(', ')
  const faults = files.flatMap(({result}) => result.findings.filter(({ruleId}) => ruleId === 'internal-error'))
  const [first] = faults
  if (!first) return 'verdict'
  return faults.every(({reason}) => reason.includes('stopped after'))
    ? `stopped ${faults.map(({reason}) => /`([^`]*)`/u.exec(reason)?.[1]).join(', ')}`
    : `internal-error ${first.reason}`
}
