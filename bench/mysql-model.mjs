/**
 * Holds the model of MySQL against a server: the same statements on both, verdict by verdict, and the schemas that they make.
 *
 *   npm run build && node bench/mysql-model.mjs SOCKET [--rounds 200] [--seed 1] [--folder MIGRATIONS] [--show]
 *
 * The server is a MariaDB or MySQL that listens on a socket, without a password, such as
 *
 *   mariadb-install-db --datadir=DATA --auth-root-authentication-method=normal
 *   mariadbd --no-defaults --datadir=DATA --socket=SOCKET --skip-networking
 *
 * With a folder it runs the pairs of migrations in it (`pairs.mjs`), each up, down and up again on the state that those before it made,
 * and counts for each verdict of the server those of the model. Without one, statements are made up: `agree` counts statements that both take or both refuse, `misses` those that only the server refuses, `false alarms` those that only
 * the model refuses; `schemas` those that were compared after a statement, `differ` those of them that the model claims to be otherwise.
 */
import {compare} from '../build/src/verify/course/compare.js'
import {sureChanges} from '../build/src/verify/modelled/entries.js'
import {createModelRunner} from '../build/src/verify/modelled/runner.js'
import {usualLimits} from '../build/src/verify/host.js'
import {load} from './load.mjs'
import {oneLine, serverAt} from './mysql-server.mjs'
import {pairsIn} from './pairs.mjs'

const [socket, ...flags] = process.argv.slice(2)
if (socket === undefined) throw new Error('Give the socket of a server')
const option = (name, usual) => (flags.includes(name) ? flags[flags.indexOf(name) + 1] : usual)
const folder = option('--folder')
const shows = flags.includes('--show')
const {ask, fresh, shownIn} = serverAt(socket)
const version = (await ask('SELECT version();')).out.trim()
const mariadb = /mariadb/iu.test(version)
const counts = {
  agree: 0,
  'both refuse': 0,
  'same number': 0,
  misses: 0,
  'false alarms': 0,
  schemas: 0,
  differ: 0,
  doubted: 0,
}

const verdicts = {}
let isClean = false
const {noJob} = await load('tests/support/job.ts')
const none = {...noJob, dialect: 'mysql'}

if (folder === undefined) await rounds(Number(option('--rounds', '200')), Number(option('--seed', '1')))
else await pairs(folder)
console.log(JSON.stringify({server: version, ...(folder === undefined ? counts : verdicts)}))

async function rounds(number, seed) {
  const {scriptOf} = await import('./mysql-statements.mjs')
  const scripts = []
  for (let round = 0; round < number; round += 1) {
    const {engine} = fresh(mariadb)
    await engine.reset()
    scripts.push(await scriptOf(seed * 100_003 + round, mariadb, async (sql) => 'rows' in (await engine.run(sql))))
  }
  // A handful of calls of the client, each with many databases.
  for (let from = 0; from < scripts.length; from += 100) await hold(scripts.slice(from, from + 100))
}

/** What becomes of each pair on the state that those before it made, by the model and by the server. */
async function pairs(path) {
  const all = pairsIn(path, 'mysql').filter(({up}) => up.length > 0)
  const runner = createModelRunner(usualLimits)
  const before = []
  for (const {name, up, down} of all) {
    const job = {...none, mariadb, before: [...before], up, down: down.length === 0 ? undefined : down}
    const outcome = await runner.run(job)
    const told = outcome.unknown.length > 0 ? 'nothing claimed' : verdictOf(outcome)
    const real = await verdictOn(job)
    before.push(...up)
    verdicts[real] ??= {}
    verdicts[real][told] = (verdicts[real][told] ?? 0) + 1
    if (shows && real !== told) console.log(`${name}: the server says ${real}, the model ${told}`)
  }
}

/** The same course on the server. */
async function verdictOn({before, up, down}) {
  const isFresh = !isClean
  isClean = false
  const {names, implicit} = await modelled([...before, ...up])
  const lines = isFresh
    ? ['DROP DATABASE IF EXISTS spec_lint;', 'CREATE DATABASE spec_lint DEFAULT CHARSET utf8mb4;']
    : []
  lines.push('USE spec_lint;', 'SET foreign_key_checks = 1;')
  const places = new Map()
  const look = (moment) => {
    lines.push(`SELECT '@@ ${moment}';`, ...Array.from(names, (name) => `SHOW CREATE TABLE \`${name}\`;`))
  }
  const run = (phase, statements) => {
    for (const sql of statements) {
      lines.push('DELIMITER $$', `${oneLine(sql)} $$`)
      places.set(lines.length, phase)
      lines.push('DELIMITER ;')
    }
  }
  // A pair that came back to where it began leaves the state that the next one begins with.
  run('before', isFresh ? before : [])
  look('before')
  run('migration', up)
  look('after')
  run('rollback', down ?? [])
  look('back')
  run('again', down ? up : [])
  const {out, errors} = await ask(lines.join('\n'))
  const failed = new Set(
    [...errors.matchAll(/^ERROR \d+ \(\w+\) at line (\d+)/gmu)].map(([, line]) => places.get(Number(line))),
  )
  if (failed.has('migration')) return 'not run'
  if (failed.has('rollback')) return 'rollback fails'
  isClean = !down
  if (!down) return 'no way back'
  const states = new Map(
    out
      .split(/^@@ /mu)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part]),
  )
  const [was, is] = await Promise.all(
    ['before', 'back'].map(async (moment) => shownIn(states.get(moment) ?? '', mariadb)),
  )
  const changes = sureChanges(compare(was.entries, is.entries), new Set(), implicit)
  if (changes.length > 0) return changes.every(({slight}) => slight) ? 'slight' : 'residue'
  isClean = !failed.has('again')
  return isClean ? 'reversible' : 'not run'
}

/** A loss of rows is no difference of schemas. */
function verdictOf({faults, residue}) {
  if (faults.some(({phase}) => phase === 'migration')) return 'not run'
  if (faults.some(({phase}) => phase === 'rollback')) return 'rollback fails'
  if (residue === undefined) return 'no way back'
  if (residue.length > 0) return residue.every(({slight}) => slight) ? 'slight' : 'residue'
  return faults.some(({phase}) => phase === 'again') ? 'not run' : 'reversible'
}

/** Each script in a database of its own. */
async function hold(scripts) {
  const models = await Promise.all(scripts.map(modelled))
  const lines = []
  const places = new Map()
  for (const [at, script] of scripts.entries()) {
    lines.push(
      `DROP DATABASE IF EXISTS spec_lint_${at};`,
      `CREATE DATABASE spec_lint_${at} DEFAULT CHARSET utf8mb4;`,
      `USE spec_lint_${at};`,
    )
    lines.push('SET foreign_key_checks = 1;')
    for (const [index, sql] of script.entries()) {
      lines.push('DELIMITER $$', `${oneLine(sql)} $$`)
      places.set(lines.length, [at, index])
      lines.push('DELIMITER ;')
      if (index % 5 !== 4 && index !== script.length - 1) continue
      lines.push(`SELECT '@@ ${at} ${index}';`)
      for (const name of models[at].names) lines.push(`SHOW CREATE TABLE \`${name}\`;`)
    }
    lines.push(`DROP DATABASE spec_lint_${at};`)
  }
  const {out, errors} = await ask(lines.join('\n'))
  const refused = new Map()
  for (const [, number, line, words] of errors.matchAll(/^ERROR (\d+) \(\w+\) at line (\d+)[^:]*: (.*)$/gmu)) {
    const place = places.get(Number(line))
    if (place) refused.set(place.join(' '), {number, words})
  }
  for (const [at, script] of scripts.entries()) judge(at, script, models[at], refused)
  await schemasIn(out, scripts, models)
}

/** Up to the first statement on which they don't agree: from there on they have different schemas. */
function judge(at, script, model, refused) {
  const {answers} = model
  model.end = script.length
  for (const [index, sql] of script.entries()) {
    const server = refused.get(`${at} ${index}`)
    const {failure, doubted} = answers[index]
    if (Boolean(server) === Boolean(failure)) {
      counts.agree += 1
      if (server) counts['both refuse'] += 1
      if (server && server.number === failure.code) counts['same number'] += 1
      continue
    }
    if (server && doubted) counts.doubted += 1
    else counts[server ? 'misses' : 'false alarms'] += 1
    if (server && doubted) continue
    model.end = index
    if (shows)
      console.log(
        `${server ? 'miss' : 'FALSE ALARM'} ${at}/${index}: ${oneLine(sql)}\n    server: ${server?.words ?? 'fine'}\n    model: ${failure?.message ?? 'fine'}`,
      )
    return
  }
}

/** Runs a script on the model; a statement that fails is left out, as on the server. */
async function modelled(script) {
  const model = fresh(mariadb)
  await model.engine.reset()
  const answers = []
  const states = []
  const names = new Set()
  for (const sql of script) {
    const result = await model.engine.run(sql)
    answers.push({failure: 'failure' in result ? result.failure : undefined, doubted: model.doubts.has('all')})
    const entries = await model.engine.catalog()
    for (const {kind, name} of entries) if (kind === 'table') names.add(name)
    states.push({entries, doubts: new Set(model.doubts)})
  }
  return {answers, states, names, implicit: model.implicit}
}

/** What the server shows of its tables, read by the model, against what the model has. */
async function schemasIn(out, scripts, models) {
  for (const part of out.split(/^@@ /mu).slice(1)) {
    const [at, index] = part.slice(0, part.indexOf('\n')).split(' ').map(Number)
    const {states, implicit, names, end} = models[at]
    if (index >= end) continue
    const server = await shownIn(part, mariadb)
    const {entries, doubts} = states[index]
    const isWanted = ({kind, name, table}) =>
      kind !== 'column order' && (kind === 'table' ? names.has(name) : names.has(table))
    const changes = sureChanges(
      compare(entries.filter(isWanted), server.entries.filter(isWanted)),
      doubts,
      implicit,
    ).filter(({now}) => !/\.constraint_\d+$/u.test(now))
    counts.schemas += 1
    if (changes.length > 0) counts.differ += 1
    if (shows)
      for (const {how, entry, now} of changes)
        console.log(
          `DIFFERS ${at}/${index}: server ${how} ${entry.kind} ${entry.name}: ${entry.definition} → ${now}\n    after ${oneLine(scripts[at][index])}`,
        )
  }
}
