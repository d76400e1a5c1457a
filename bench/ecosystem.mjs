/**
 * What a change of the program changes in the findings on other people's documents: the last release, or any commit, against the
 * working tree.
 *
 *   npm run ecosystem -- DIR [--from COMMIT] [--type TYPE] [--only RULE] [--list 5]
 *
 * DIR holds repositories, one a folder. Without `--from` the last tag is taken, else the last commit. Of each rule it prints how many
 * findings came, went and stayed, with the first places of each; ends with 1 when there is a difference.
 */
import {execFileSync} from 'node:child_process'
import {cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {root} from '../.ci/bundling.mjs'

const args = process.argv.slice(2)
const flag = (name, usual) => (args.includes(name) ? args[args.indexOf(name) + 1] : usual)
const folder = args.find((word, at) => !word.startsWith('--') && !args[at - 1]?.startsWith('--'))
if (folder === undefined) {
  console.error('usage: npm run ecosystem -- DIR [--from COMMIT] [--type TYPE] [--only RULE] [--list 5]')
  process.exit(2)
}
const list = Number(flag('--list', 5))
const commit = flag('--from', lastRelease())
const passed = ['--type', '--only'].flatMap((name) => (args.includes(name) ? [name, flag(name)] : []))

const before = mkdtempSync(join(tmpdir(), 'spec-lint-ecosystem-'))
try {
  buildAt(commit, before)
  execFileSync(process.execPath, ['.ci/build.mjs'], {cwd: root, stdio: ['ignore', 'ignore', 'inherit']})
  compare()
} finally {
  rmSync(before, {recursive: true, force: true})
}

function lastRelease() {
  try {
    return git('describe', '--tags', '--abbrev=0')
  } catch {
    return 'HEAD'
  }
}

function git(...words) {
  return execFileSync('git', words, {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim()
}

/** The program at a commit; its dependencies are today's where the lock file is the same, else its own. */
function buildAt(revision, target) {
  const archive = execFileSync('git', ['archive', revision], {cwd: root, maxBuffer: 1 << 30})
  execFileSync('tar', ['-x', '-C', target], {input: archive})
  const isSame = git('diff', '--name-only', revision, '--', 'package-lock.json') === ''
  if (isSame && existsSync(join(root, 'node_modules')))
    symlinkSync(join(root, 'node_modules'), join(target, 'node_modules'))
  else execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {cwd: target, stdio: 'inherit'})
  // Bundlers follow a link to where it leads, and there is another version of the package itself.
  cpSync(join(root, 'tsconfig.json'), join(target, 'tsconfig.json'), {force: false, errorOnExist: false})
  execFileSync(process.execPath, ['.ci/build.mjs'], {cwd: target, stdio: ['ignore', 'ignore', 'inherit']})
}

function compare() {
  const rules = new Map()
  let files = 0
  for (const name of repositories(resolve(folder))) {
    const [old, now] = [before, root].map((program) => findings(program, name))
    files += now.files
    for (const rule of new Set([...old.keys, ...now.keys].map((key) => key.split(' ', 1)[0]))) {
      const sum = rules.get(rule) ?? {came: [], went: [], stayed: 0}
      const own = (keys) => [...keys].filter((key) => key.startsWith(`${rule} `))
      sum.came.push(...own(now.keys).filter((key) => !old.keys.has(key)))
      sum.went.push(...own(old.keys).filter((key) => !now.keys.has(key)))
      sum.stayed += own(now.keys).filter((key) => old.keys.has(key)).length
      rules.set(rule, sum)
    }
  }
  let all = 0
  for (const [rule, {came, went, stayed}] of [...rules].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (came.length + went.length === 0) continue
    all += came.length + went.length
    console.log(`${rule}: ${came.length} more, ${went.length} fewer, ${stayed} as before`)
    for (const key of came.slice(0, list)) console.log(`  + ${key.slice(rule.length + 1)}`)
    for (const key of went.slice(0, list)) console.log(`  - ${key.slice(rule.length + 1)}`)
  }
  console.log(
    `${commit} to the working tree, ${files} documents: ${all === 0 ? 'no difference' : `${all} findings differ`}`,
  )
  process.exitCode = all === 0 ? 0 : 1
}

function repositories(path) {
  const folders = readdirSync(path, {withFileTypes: true}).filter(
    (one) => one.isDirectory() && !one.name.startsWith('.'),
  )
  return folders.length === 0 ? [path] : folders.map(({name}) => join(path, name)).toSorted()
}

/** Each finding as one line; of equal ones, each with its number. */
function findings(program, cwd) {
  const keys = new Set()
  const report = JSON.parse(output(program, cwd))
  const add = (key) => {
    let number = 1
    while (keys.has(`${key} (${number})`)) number += 1
    keys.add(`${key} (${number})`)
  }
  const place = cwd.split('/').at(-1)
  for (const {ruleId, path, start, message} of report.problems)
    add(`${ruleId} ${place}/${path}:${start.line} ${message}`)
  for (const {code, path, message} of report.errors ?? []) add(`${code} ${place}/${path} ${message}`)
  return {keys, files: report.summary.files}
}

function output(program, cwd) {
  const call = [
    join(program, 'dist/src/cli/main.js'),
    '--no-config',
    '--format',
    'json',
    '--no-error-on-unmatched',
    ...passed,
    '.',
  ]
  try {
    return execFileSync(process.execPath, call, {
      cwd,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch (error) {
    // Findings end with 1.
    return error.stdout
  }
}
