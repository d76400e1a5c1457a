/**
 * What an execution costs beside PGlite's own start from a prepared data directory: one document, and each further one.
 *
 *   npm run build && node bench/verify-cost.mjs [--runs N]
 *
 * Every sample is a process of its own; medians. The aims are 1.5 for the first document and 0.3 for each further one.
 */
import {execFileSync} from 'node:child_process'
import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const runs = Number(process.argv.includes('--runs') ? process.argv[process.argv.indexOf('--runs') + 1] : 5)
const more = 10
const root = fileURLToPath(new URL('..', import.meta.url))
const small = `# Specification: DM-001 Channel of an order

## 3. Data Migration

### Migration Steps

\`\`\`postgresql
CREATE TABLE channels (id bigint PRIMARY KEY, name text NOT NULL UNIQUE);
ALTER TABLE orders ADD COLUMN channel_id bigint REFERENCES channels (id);
CREATE INDEX orders_channel_id ON orders (channel_id);
\`\`\`

### Rollback Plan

\`\`\`postgresql
ALTER TABLE orders DROP COLUMN channel_id;
DROP TABLE channels;
\`\`\`
`
const folder = mkdtempSync(join(tmpdir(), 'spec-lint-cost-'))
for (let number = 0; number <= more; number += 1) writeFileSync(join(folder, `${number}.md`), small)

// As PGlite writes it, with all that it has; the program keeps less.
const start = join(folder, 'start.mjs')
const prepare = join(folder, 'prepare.mjs')
const pglite = JSON.stringify(join(root, 'node_modules/@electric-sql/pglite/dist/index.js'))
writeFileSync(
  prepare,
  `import {writeFileSync} from 'node:fs'
const {PGlite} = await import(${pglite})
const file = await (await PGlite.create()).dumpDataDir('gzip')
writeFileSync(${JSON.stringify(join(folder, 'data.tar.gz'))}, Buffer.from(await file.arrayBuffer()))`,
)
writeFileSync(
  start,
  `import {readFileSync} from 'node:fs'
const {PGlite} = await import(${pglite})
const loadDataDir = new Blob([readFileSync(${JSON.stringify(join(folder, 'data.tar.gz'))})], {type: 'application/x-gzip'})
const db = await PGlite.create({loadDataDir})
await db.query('SELECT 1')
process.exit()`,
)
execFileSync(process.execPath, [prepare])
const main = join(root, 'dist/src/cli/main.js')
const verify = (...paths) => [
  main,
  'verify',
  '--no-config',
  '--type',
  'data-migration',
  ...paths.map((name) => join(folder, name)),
]
const timed = (args) => {
  const started = performance.now()
  try {
    execFileSync(process.execPath, args, {stdio: 'ignore', cwd: folder})
  } catch (error) {
    if (error.status !== 1) throw error
  }
  return performance.now() - started
}
const names = Array.from({length: more + 1}, (_, number) => `${number}.md`)
timed(verify('0.md'))
// One after the other, so that whatever else the machine does falls on all alike.
const samples = Array.from({length: runs}, () => ({
  own: timed([start]),
  one: timed(verify('0.md')),
  all: timed(verify(...names)),
}))
const median = (pick) => samples.map(pick).toSorted((a, b) => a - b)[samples.length >> 1]
const own = median(({own: time}) => time)
const first = median(({one}) => one)
const further = median(({one, all}) => (all - one) / more)
console.log(
  JSON.stringify({
    'start ms': Math.round(own),
    'first ms': Math.round(first),
    'first ratio': Number((first / own).toFixed(2)),
    'further ms': Math.round(further),
    'further ratio': Number((further / own).toFixed(2)),
  }),
)
