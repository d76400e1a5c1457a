/**
 * Stops the linter at random moments in the middle of a document full of SQL, and looks whether it finds the same as ever afterwards,
 * in that document and in another one: the parsers in WebAssembly keep what they had in memory, and are loaded anew when they were
 * stopped while they used it.
 *
 *   npm run build && node bench/stopped.mjs [--rounds 60]
 */
import {rules} from '../build/rules/index.js'
import {lintPrepared} from '../build/src/lint/lint.js'
import {noProject} from '../build/src/lint/no-project.js'
import {prepare} from '../build/src/lint/prepare.js'
import {within} from '../build/src/lint/within.js'
import {loadSchemaParsers} from '../build/src/sql/load.js'
import {builtinTypes} from '../build/src/type/builtin.js'
import {cases, documentOf} from './large.mjs'

const at = process.argv.indexOf('--rounds')
const rounds = at < 0 ? 60 : Number(process.argv[at + 1])
const type = builtinTypes().find(({name}) => name === 'data-migration')
const settings = {rules, config: new Map(), project: noProject('2026-11-21')}
let wrong = 0
for (const dialect of ['postgresql', 'mysql', 'sqlite', 'mssql']) {
  const expected = (await ready(0, dialect))()
  let stopped = 0
  for (let round = 1; round <= rounds; round += 1) {
    stopped += within(0.001 + Math.random() * 0.06, await ready(round, dialect)) ? 0 : 1
    for (const number of [rounds + round, round]) wrong += (await ready(number, dialect))() === expected ? 0 : 1
  }
  console.log(`${dialect}: stopped ${stopped} times of ${rounds}`)
}
console.log(`${wrong} documents with other findings afterwards`)
process.exitCode = wrong > 0 ? 1 : 0

/** No two documents have a statement in common, which would be remembered. */
async function ready(number, dialect) {
  const text = documentOf('data-migration', cases.tables.parts(20)).replaceAll('table_', `t${number}_`)
  const prepared = prepare(text, [], {type, dialect})
  await loadSchemaParsers(prepared.document, dialect)
  return () => {
    const lines = lintPrepared(prepared, settings).findings.map(({ruleId, reason}) => `${ruleId} ${reason}`)
    return lines.join('\n').replaceAll(/\d+/gu, '#')
  }
}
