// What is installed with the package and for its development: licences that may be, no scripts at installation, sources that the
// lock file names with a hash; and actions that are pinned. Needs no network.
import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {root} from './bundling.mjs'

/** Of what is installed with the package, or bundled into it. */
const free = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC', 'MIT'])
/** Of tools that stay on the developer's machine. */
const forTools = new Set([...free, '(MIT OR CC0-1.0)', 'CC-BY-3.0', 'MPL-2.0'])

const read = (path) => readFileSync(join(root, path), 'utf8')
const faults = []

for (const lock of ['package-lock.json', 'editors/vscode/package-lock.json']) {
  for (const [path, one] of Object.entries(JSON.parse(read(lock)).packages)) {
    if (path === '' || one.link) continue
    const licence = one.license ?? licenceOf(path)
    if (!(one.dev || one.devOptional || lock !== 'package-lock.json' ? forTools : free).has(licence))
      faults.push(`${lock}: ${path} has the licence ${licence}`)
    if (one.hasInstallScript && lock === 'package-lock.json')
      faults.push(`${lock}: ${path} runs a script when it is installed`)
    if (one.resolved && !one.resolved.startsWith('https://registry.npmjs.org/'))
      faults.push(`${lock}: ${path} comes from ${one.resolved}`)
    if (one.resolved && !one.integrity) faults.push(`${lock}: ${path} has no hash`)
  }
}

const {scripts} = JSON.parse(read('package.json'))
for (const name of ['preinstall', 'install', 'postinstall'])
  if (scripts[name] !== undefined) faults.push(`package.json: the script ${name} would run on every machine`)

for (const name of readdirSync(join(root, '.github/workflows'))) {
  const text = read(`.github/workflows/${name}`)
  for (const [, action] of text.matchAll(/uses: (\S+)/gu))
    if (!action.startsWith('./') && !/@[0-9a-f]{40}$/u.test(action))
      faults.push(`${name}: ${action} is not pinned to a commit`)
  if (!/^permissions:\n {2}contents: read\n/mu.test(text))
    faults.push(`${name}: begins with more than the right to read`)
  if (/pull_request_target/u.test(text)) faults.push(`${name}: runs on pull_request_target`)
}

/** Some say it in their own file alone. */
function licenceOf(path) {
  try {
    const {license, licenses} = JSON.parse(read(`${path}/package.json`))
    return license ?? licenses?.[0]?.type
  } catch {
    return undefined
  }
}

for (const fault of faults) console.error(fault)
console.log(faults.length === 0 ? 'licences, scripts, sources and actions are in order' : `${faults.length} faults`)
process.exitCode = faults.length > 0 ? 1 : 0
