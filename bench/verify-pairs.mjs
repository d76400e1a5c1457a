/**
 * Executes real migrations: each pair of a way there and a way back in a folder, on the state that the pairs before it made.
 *
 *   npm run build && node bench/verify-pairs.mjs FOLDER [--dialect sqlite] [--show]
 *
 * The files of a pair are `x.up.sql` and `x.down.sql`, in the order of their names. Prints how many of the pairs are reversible, how
 * many rollbacks fail, leave something behind or lose rows; `slight` is a residue that is but a generated name.
 */
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {split} from '../build/src/sql/split.js'
import {createRunner} from '../build/src/verify/host.js'
import {extensionsIn} from '../build/src/verify/extensions.js'
import {readSnapshot, writeSnapshot} from '../build/src/verify/snapshot.js'

const [folder, ...flags] = process.argv.slice(2)
if (folder === undefined) throw new Error('Give the folder that holds the migrations')
const dialect = flags.includes('--dialect') ? flags[flags.indexOf('--dialect') + 1] : 'postgresql'
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.up.sql'))
  .toSorted()

const all = files.map((name) => ({
  name: name.replace(/\.up\.sql$/u, ''),
  up: statementsIn(name),
  down: statementsIn(name.replace(/\.up\.sql$/u, '.down.sql')),
}))
const snapshot = dialect === 'postgresql' ? readSnapshot() : undefined
const extensions = extensionsIn(all.flatMap(({up}) => up))
const worker = new URL('../build/src/verify/worker.js', import.meta.url)
const runner = createRunner({dialect, snapshot, extensions}, worker)
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
    dialect,
    before: [...before],
    stubs: [],
    open: false,
    known: [],
    up,
    down,
    declared: [],
    others: [],
    rows: [],
    queries: [],
    fill: 0,
    dump: false,
    extensions,
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

function statementsIn(name) {
  let text
  try {
    text = readFileSync(join(folder, name), 'utf8')
  } catch {
    return []
  }
  return split(text, dialect)
    .pieces.filter(({meta}) => !meta)
    .map(({start, end}) => text.slice(start, end))
}

function verdictOf({faults, residue, losses}) {
  if (faults.some(({phase}) => phase === 'rollback')) return 'rollback fails'
  if (faults.some(({phase}) => phase === 'migration' || phase === 'again')) return 'not run'
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
