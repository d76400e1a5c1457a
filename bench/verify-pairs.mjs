/**
 * Executes real migrations: each pair of a way there and a way back in a folder, on the state that the pairs before it made.
 *
 *   npm run build && node bench/verify-pairs.mjs FOLDER [--dialect sqlite|mysql] [--mariadb] [--show]
 *
 * `pairs.mjs` says how the files are read. Prints how many of the pairs are reversible, how many rollbacks fail, leave something behind
 * or lose rows; `slight` is a residue that is but a generated name. Pairs of MySQL are modelled, not executed; `unknown` are those with a
 * statement that the model doesn't know.
 */
import {createRunner, usualLimits} from '../build/src/verify/host.js'
import {extensionsIn} from '../build/src/verify/extensions.js'
import {createModelRunner} from '../build/src/verify/modelled/runner.js'
import {readSnapshot, writeSnapshot} from '../build/src/verify/snapshot.js'
import {load} from './load.mjs'
import {pairsIn} from './pairs.mjs'

const [folder, ...flags] = process.argv.slice(2)
if (folder === undefined) throw new Error('Give the folder that holds the migrations')
const dialect = flags.includes('--dialect') ? flags[flags.indexOf('--dialect') + 1] : 'postgresql'
const all = pairsIn(folder, dialect)
const snapshot = dialect === 'postgresql' ? readSnapshot() : undefined
const extensions = extensionsIn(all.flatMap(({up}) => up))
const {noJob} = await load('tests/support/job.ts')
const worker = new URL('../build/src/verify/worker.js', import.meta.url)
const runner =
  dialect === 'mysql' ? createModelRunner(usualLimits) : createRunner({dialect, snapshot, extensions}, worker)
if (dialect === 'postgresql' && !snapshot) writeSnapshot(await runner.pack())

const counts = {
  pairs: 0,
  empty: 0,
  reversible: 0,
  'rollback fails': 0,
  residue: 0,
  slight: 0,
  'data lost': 0,
  'not run': 0,
  unknown: 0,
  'no way back': 0,
}
const before = []
const times = []
for (const {name, up, down} of all) {
  if (up.length === 0) {
    counts.empty += 1
    continue
  }
  const started = performance.now()
  const outcome = await runner.run({
    ...noJob,
    dialect,
    before: [...before],
    up,
    down: down.length === 0 ? undefined : down,
    extensions,
    mariadb: flags.includes('--mariadb'),
  })
  times.push(performance.now() - started)
  if ('kind' in outcome) throw new Error(outcome.words)
  const verdict = verdictOf(outcome)
  counts.pairs += 1
  counts[verdict] += 1
  if (flags.includes('--show')) console.log(`${name}: ${verdict}${detail(outcome)}`)
  before.push(...up)
}
await runner.close()
times.sort((a, b) => a - b)
console.log(JSON.stringify({...counts, 'median ms': Math.round(times[times.length >> 1] ?? 0)}))

function verdictOf({faults, residue, losses, unknown = []}) {
  if (unknown.length > 0) return 'unknown'
  if (faults.some(({phase}) => phase === 'rollback')) return 'rollback fails'
  if (faults.some(({phase}) => phase === 'migration' || phase === 'again')) return 'not run'
  if (residue === undefined) return 'no way back'
  if (residue.length > 0) return residue.every(({slight}) => slight) ? 'slight' : 'residue'
  return losses.length > 0 ? 'data lost' : 'reversible'
}

function detail({faults, residue = [], losses}) {
  const words = [
    ...faults.filter(({phase}) => phase !== 'before').map(({message}) => message),
    ...residue.map(({how, entry}) => `${how} ${entry.kind} ${entry.name}`),
    ...losses.map(({table, column}) => `lost ${table} ${column}`),
  ]
  return words.length === 0 ? '' : ` (${words.slice(0, 3).join('; ')})`
}
