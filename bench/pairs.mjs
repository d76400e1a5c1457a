/**
 * The migrations of a folder as pairs of a way there and a way back, in the order of their names: `x.up.sql` with `x.down.sql`, where
 * `x.mysql.up.sql` is what MySQL gets instead, or one file with `-- +goose Down` in it.
 */
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {split} from '../build/src/sql/split.js'

const databases = {postgresql: ['postgres', 'postgresql'], sqlite: ['sqlite', 'sqlite3'], mysql: ['mysql']}
const all = ['cockroach', ...Object.values(databases).flat()].join('|')

/** `2_b` goes before `10_a`. */
function byNumber(a, b) {
  return a.localeCompare(b, 'en', {numeric: true})
}

export function pairsIn(folder, dialect) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const textOf = (name) => (name === undefined ? '' : readFileSync(join(folder, name), 'utf8'))
  const found = new Map()
  for (const name of names.toSorted(byNumber)) {
    const parts = new RegExp(`^(.*?)(?:\\.(${all}))?(?:\\.autocommit)?\\.(up|down)\\.sql$`, 'u').exec(name)
    if (!parts) continue
    const [, base, database, way] = parts
    if (database !== undefined && !databases[dialect].includes(database)) continue
    const pair = found.get(base) ?? {}
    if (database !== undefined || pair[way] === undefined) pair[way] = name
    found.set(base, pair)
  }
  if (found.size > 0)
    return [...found].map(([name, {up, down}]) => ({
      name,
      up: statementsIn(textOf(up), dialect),
      down: statementsIn(textOf(down), dialect),
    }))
  return names.toSorted(byNumber).map((name) => {
    const [up, down = ''] = textOf(name).split(/^-- \+goose Down.*$/mu)
    return {name, up: statementsIn(up, dialect), down: statementsIn(down, dialect)}
  })
}

function statementsIn(text, dialect) {
  return split(text, dialect)
    .pieces.filter(({meta}) => !meta)
    .map(({start, end}) => text.slice(start, end))
}
