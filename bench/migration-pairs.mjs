/**
 * Lints real migrations: each pair of a way there and a way back in a folder becomes a data-migration document.
 *
 *   npm run build && node bench/migration-pairs.mjs FOLDER [--dialect mysql] [--show]
 *
 * Known forms: `x.up.sql` beside `x.down.sql`, `up.sql` beside `down.sql`, and one file with `-- +goose Down` or
 * `-- migrate:down`. The dialect is told by the path (`mysql`, `postgres`, `sqlite`), else it is PostgreSQL.
 */
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {lintText} from '../dist/src/index.js'

const rules = ['sql-syntax', 'migration-covers-schema', 'rollback-required', 'rollback-covers-migration']
const [folder, ...flags] = process.argv.slice(2)
if (folder === undefined) throw new Error('Give the folder that holds the migrations')
const given = flags.includes('--dialect') ? flags[flags.indexOf('--dialect') + 1] : undefined
const files = readdirSync(folder, {recursive: true, encoding: 'utf8'})
  .filter((name) => name.endsWith('.sql') && !/cockroach/u.test(name))
  .toSorted()

const counts = {pairs: 0, statements: 0, silent: 0, ...Object.fromEntries(rules.map((rule) => [rule, 0]))}
for (const pair of files.flatMap(pairAt)) {
  const result = await lintText(documentOf(pair), {path: `${pair.name}.md`, type: 'data-migration'})
  if (result.kind !== 'linted') throw new Error(`${pair.name} isn't linted`)
  const found = result.findings.filter(({ruleId}) => rules.includes(ruleId))
  counts.pairs += 1
  counts.silent += found.length === 0 ? 1 : 0
  counts.statements += `${pair.up}\n${pair.down}`.match(/;/gu)?.length ?? 0
  for (const {ruleId, reason} of found) {
    counts[ruleId] += 1
    if (flags.includes('--show')) console.log(`${pair.name}: ${reason} [${ruleId}]`)
  }
}
console.log(JSON.stringify(counts))

/** The pair that a file begins; none for its other half. */
function pairAt(name) {
  const text = readFileSync(join(folder, name), 'utf8')
  // Beside files for a dialect, one for none is for another engine, such as CockroachDB.
  const bare = name.replace(/(?:up|down)\.sql$/u, '')
  if (files.some((one) => one.startsWith(bare) && /^(?:mysql|postgres|sqlite3?)\./u.test(one.slice(bare.length))))
    return []
  const other = name.replace(/(^|[./\\])up\.sql$/u, '$1down.sql')
  if (other !== name) {
    if (!files.includes(other)) return []
    return [pairOf(name, text, readFileSync(join(folder, other), 'utf8'))]
  }
  const down = /^--\s*(?:\+goose Down|migrate:down).*$/mu.exec(text)
  if (!down) return []
  return [pairOf(name, text.slice(0, down.index), text.slice(down.index))]
}

function pairOf(name, up, down) {
  const dialect = /mysql/iu.test(name) ? 'mysql' : /sqlite/iu.test(name) ? 'sqlite' : 'postgresql'
  return {name, up, down, dialect: given ?? dialect}
}

function documentOf({name, up, down, dialect}) {
  const fence = (text) => `\`\`\`\`${dialect}\n${text.trim()}\n\`\`\`\`\n`
  return [
    `# Specification: DM-001 ${name.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')}\n`,
    '**Template Type**: Data / Migration Feature\n**Complexity Level**: 2\n**Status**: approved\n',
    `## 2. Schema Changes\n\n${fence(up)}`,
    `## 3. Data Migration\n\n### Migration Strategy\n\n**Rollback Plan**:\n\n${fence(down)}`,
    `### Migration Steps\n\n${fence(up)}`,
  ].join('\n')
}
