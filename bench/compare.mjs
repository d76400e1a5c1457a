/**
 * spec-lint beside other linters and beside what nobody can be faster than, in one run: each once, then each again, and the medians.
 *
 *   npm run bench [-- --count 1000] [--from FOLDER] [--rounds 3] [--only WORDS] [--write] [--smoke]
 *
 * Quote the ratios: seconds are those of the machine. `--from` measures the real documents of a folder beside the made ones; `--only`
 * those tables whose titles have the words, such as `real`; `--write` puts the tables and the chart into docs/; `--smoke` only shows
 * that all of it runs. The others are installed in node_modules/.cache.
 */
import {spawn} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {cpus, tmpdir} from 'node:os'
import {join} from 'node:path'
import {chart} from './chart.mjs'
import {corpusIn} from './corpus.mjs'
import {others} from './others.mjs'

const root = join(import.meta.dirname, '..')
const flag = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined)
const isSmoke = process.argv.includes('--smoke')
const rounds = Number(flag('--rounds') ?? (isSmoke ? 1 : 3))
const count = Number(flag('--count') ?? (isSmoke ? 5 : 1000))
const most = 600_000

const folder = mkdtempSync(join(tmpdir(), 'spec-lint-bench-'))
const home = join(root, 'node_modules/.cache/spec-lint-bench')
const rivals = isSmoke ? {} : others(home)
const binary = join(root, 'dist/src/cli/main.js')
const floor = join(import.meta.dirname, 'floor.mjs')
const node = (...args) => [process.execPath, ...args]
const cache = join(folder, 'cache')

/** Documents that are made are full of SQL and of what rules look for; real ones mostly are of no built-in type. */
const kinds = [
  {kind: 'made', from: undefined},
  ...(flag('--from') === undefined ? [] : [{kind: 'real', from: flag('--from')}]),
]

/** Each table: what is measured, on how many documents, which row the ratios are to, and how much they are to be at most. */
const tables = [
  {
    title: 'One document, cold',
    kind: 'made',
    count: 1,
    base: '`node -e 0`',
    rows: {'`node -e 0`': node('-e', '0'), 'spec-lint': node(binary, '--no-config', '--quiet', 'docs'), ...rivals},
    goals: {'spec-lint': 2},
    rounds: isSmoke ? 1 : Math.max(rounds, 9),
  },
  ...kinds.flatMap(({kind, from}) => [
    {
      title: `${kind} documents, all rules, no cache`,
      kind,
      from,
      count,
      base: 'the bare parse',
      rows: {
        'the bare parse': node(floor, 'parse', 'docs'),
        'spec-lint, all processors': node(binary, '--no-config', '--quiet', 'docs'),
        'spec-lint, one thread': node(binary, '--no-config', '--quiet', '--concurrency', 'off', 'docs'),
        ...rivals,
      },
      goals: {'spec-lint, all processors': 0.8, 'spec-lint, one thread': 1.25},
    },
    {
      title: `${kind} documents that did not change, with the cache`,
      kind,
      from,
      count,
      base: 'reading and hashing',
      before: node(binary, '--no-config', '--quiet', '--cache', '--cache-location', cache, 'docs'),
      rows: {
        'reading and hashing': node(floor, 'read', 'docs'),
        'spec-lint --cache': node(binary, '--no-config', '--quiet', '--cache', '--cache-location', cache, 'docs'),
        ...('rumdl (Rust)' in rivals && {'rumdl (Rust), no cache': rivals['rumdl (Rust)']}),
      },
      goals: {'spec-lint --cache': 3},
    },
  ]),
]

/** Seconds and the greatest resident size in megabytes of a program. */
async function measured([program, ...args]) {
  const started = performance.now()
  const child = spawn(program, args, {cwd: folder, stdio: 'ignore', env: {...process.env, NO_COLOR: '1'}})
  let memory = 0
  const look = setInterval(() => {
    try {
      memory = Math.max(
        memory,
        Number(/VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0),
      )
    } catch {
      // It has ended, or there is no /proc.
    }
  }, 20)
  const timer = setTimeout(() => child.kill('SIGKILL'), most)
  const code = await new Promise((resolve) => child.on('close', (status, signal) => resolve(signal ?? status)))
  clearInterval(look)
  clearTimeout(timer)
  return {seconds: (performance.now() - started) / 1000, memory: memory / 1024, code}
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

async function tableOf({title, kind, from, count: documents, base, before, rows, goals, rounds: own = rounds}) {
  const files = corpusIn(folder, {count: documents, from})
  const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0)
  if (before) await measured(before)
  const runs = new Map(Object.keys(rows).map((name) => [name, []]))
  for (let round = 0; round < own; round += 1)
    for (const [name, command] of Object.entries(rows)) {
      const run = await measured(command)
      // 1 says that there are problems; anything above, that it didn't do what it should.
      if (run.code !== 0 && run.code !== 1) process.stderr.write(`${name} ended with ${run.code}\n`)
      runs.get(name).push(run)
    }
  const results = [...runs].map(([name, all]) => ({
    name,
    seconds: median(all.map(({seconds}) => seconds)),
    memory: Math.max(...all.map(({memory}) => memory)),
  }))
  const {seconds: unit} = results.find(({name}) => name === base)
  const number = files.length.toLocaleString('en')
  return {
    title: files.length === 1 ? title : `${number} ${title}`,
    kind,
    base,
    goals,
    words: `${number} ${files.length === 1 ? 'document' : 'documents'}, ${(bytes / 1e6).toFixed(2)} MB; median of ${own}.`,
    results: results.map((one) => ({...one, ratio: one.seconds / unit})),
  }
}

function markdown({title, base, words, results}) {
  const lines = results.map(
    ({name, seconds, ratio, memory}) =>
      `| ${name} | ${ratio.toFixed(2)} | ${seconds.toFixed(2)} | ${memory.toFixed(0)} |`,
  )
  return [
    `## ${title}`,
    '',
    words,
    '',
    `| | × ${base} | seconds | peak MB |`,
    '| --- | ---: | ---: | ---: |',
    ...lines,
    '',
  ].join('\n')
}

/** What spec-lint is to take at most, and what it takes. */
function goalsOf(all) {
  const rows = new Map()
  for (const {kind, base, goals, results} of all)
    for (const {name, ratio} of results.filter((one) => one.name in goals)) {
      const row = `${name}, × ${base}`
      rows.set(row, {...rows.get(row), goal: goals[name], [kind]: ratio.toFixed(2)})
    }
  const shown = ['made', 'real'].filter((kind) => all.some((one) => one.kind === kind))
  return [
    '## Goals',
    '',
    `| | ${[...shown.map((kind) => `${kind} documents`), 'at most'].join(' | ')} |`,
    `| --- |${' ---: |'.repeat(shown.length + 1)}`,
    ...[...rows].map(([row, one]) => `| ${[row, ...shown.map((kind) => one[kind] ?? ''), one.goal].join(' | ')} |`),
    '',
  ].join('\n')
}

// The others look for their configuration from the folder that they are started in.
if (!isSmoke)
  for (const name of [
    'node_modules',
    'package.json',
    'metadata.json',
    '.remarkrc.json',
    'contextlint.config.json',
    'eslint.config.js',
    '.textlintrc.json',
  ])
    symlinkSync(join(home, name), join(folder, name))

const only = flag('--only')
const done = []
try {
  for (const table of tables) {
    if (only !== undefined && !table.title.includes(only)) continue
    const result = await tableOf(table)
    done.push(result)
    console.log(markdown(result))
  }
  console.log(goalsOf(done))
} finally {
  rmSync(folder, {recursive: true, force: true})
}

if (process.argv.includes('--write')) {
  const page = join(root, 'docs/performance.md')
  const machine = `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}`
  const text = readFileSync(page, 'utf8')
  const [start, end] = ['<!-- measured -->', '<!-- end of what was measured -->']
  const made = `${start}\n\nMeasured with ${machine}.\n\n![Times beside the bare parse](performance.svg)\n\n${[goalsOf(done), ...done.map(markdown)].join('\n')}\n${end}`
  writeFileSync(page, text.slice(0, text.indexOf(start)) + made + text.slice(text.indexOf(end) + end.length))
  writeFileSync(
    join(root, 'docs/performance.svg'),
    chart(done.find(({title}) => title.includes('no cache')) ?? done[0]),
  )
}
