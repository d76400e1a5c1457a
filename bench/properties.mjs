/**
 * Changes documents in up to eight places each, at random, and looks whether all holds that has to hold of any: no rule fails, every
 * range is inside and holds what is quoted, CRLF and a byte order mark make no difference, safe fixes bring nothing new and end,
 * and a comment for a rule takes that rule's findings alone.
 *
 *   npm run build && node bench/properties.mjs [--runs 1000] [--seed 1] [FOLDER]
 *
 * Beside the fixtures, the documents of a folder are changed too, each as any type. Ends with 1 when something does not hold.
 */
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {load} from './load.mjs'

const args = process.argv.slice(2)
const flag = (name, usual) => (args.includes(name) ? args[args.indexOf(name) + 1] : usual)
const runs = Number(flag('--runs', 1000))
const seed = Number(flag('--seed', 1))
const folder = args.find((word, at) => !word.startsWith('--') && !args[at - 1]?.startsWith('--'))
const {broken, cases, mutated, types} = await load('tests/support/properties.ts')

const foreign =
  folder === undefined
    ? []
    : readdirSync(folder, {recursive: true, encoding: 'utf8'})
        .filter((path) => path.endsWith('.md'))
        .toSorted()
        .map((path, at) => ({
          name: path,
          text: readFileSync(join(folder, path), 'utf8'),
          type: types[at % types.length],
        }))
        .filter(({text}) => text.length < 40_000)
const all = [...cases.filter(({text}) => text.length < 20_000), ...foreign]
console.log(`${all.length} documents, ${runs} runs, seed ${seed}`)

const faults = new Map()
let done = 0
for (const one of fc.sample(mutated(all), {numRuns: runs, seed})) {
  for (const fault of problemsOf(one)) {
    const key = fault.replaceAll(/`[^`]*`/gu, '`…`').replaceAll(/\d+/gu, '#')
    const known = faults.get(key)
    if (!known || known.text.length > one.text.length) faults.set(key, {...one, fault, count: (known?.count ?? 0) + 1})
    else known.count += 1
  }
  done += 1
  if (done % 500 === 0) console.log(`${done} done, ${faults.size} kinds of faults`)
}
for (const {name, type, text, fault, count} of faults.values())
  console.log(
    `${count} × ${fault}\n  ${name} as ${type?.name ?? 'what it shows'}: ${JSON.stringify(text.slice(0, 600))}`,
  )
console.log(`${done} runs, ${faults.size} kinds of faults`)
process.exitCode = faults.size > 0 ? 1 : 0

function problemsOf({text, type}) {
  try {
    return broken(text, type)
  } catch (error) {
    return [`threw ${error.message}`]
  }
}
