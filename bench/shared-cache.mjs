/**
 * Runs four programs at once on one cache, again and again, kills one of them at a random moment and spoils the cache now and then:
 * what the others find has to be what a run without a cache finds.
 *
 *   npm run build && node bench/shared-cache.mjs [--rounds 20]
 */
import {spawn} from 'node:child_process'
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {root} from '../.ci/bundling.mjs'

const at = process.argv.indexOf('--rounds')
const rounds = at < 0 ? 20 : Number(process.argv[at + 1])
const folder = mkdtempSync(join(tmpdir(), 'spec-lint-shared-'))
cpSync(join(root, 'examples'), join(folder, 'docs'), {recursive: true})
const cache = join(folder, 'cache')
const expected = (await run([])).report

let wrong = 0
let killed = 0
for (let round = 0; round < rounds; round += 1) {
  const doomed = Math.random() * 1500
  const runs = [0, 1, 2, 3].map((number) =>
    run(['--cache', '--cache-location', 'cache'], number === 0 ? doomed : undefined),
  )
  for (const {report, signal} of await Promise.all(runs)) {
    killed += Number(signal === 'SIGKILL')
    wrong += Number(signal === null && report !== expected)
  }
  if (round % 4 === 3) spoil()
}
const left = readdirSync(cache).filter((name) => name.endsWith('.tmp'))
rmSync(folder, {recursive: true})
console.log(
  `${4 * rounds} runs on one cache, ${killed} killed, ${wrong} with other findings, ${left.length} temporary files left`,
)
process.exitCode = wrong > 0 ? 1 : 0

function spoil() {
  for (const name of readdirSync(cache).filter((one) => one.endsWith('.json'))) {
    const text = readFileSync(join(cache, name), 'utf8')
    writeFileSync(
      join(cache, name),
      Math.random() < 0.5 ? text.slice(0, Math.random() * text.length) : text.replaceAll('e', 'f'),
    )
  }
}

function run(more, milliseconds) {
  return new Promise((resolve) => {
    const args = [join(root, 'dist/src/cli/main.js'), 'docs', '-f', 'json', ...more]
    const child = spawn(process.execPath, args, {cwd: folder, stdio: ['ignore', 'pipe', 'ignore']})
    const parts = []
    child.stdout.on('data', (part) => parts.push(part))
    const timer = milliseconds === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), milliseconds)
    child.on('close', (_, signal) => {
      clearTimeout(timer)
      resolve({
        signal,
        report: Buffer.concat(parts)
          .toString('utf8')
          .replace(/"durationMs": \d+/u, ''),
      })
    })
  })
}
