import {sampleOf} from '../course/values.ts'
import type {Executed} from './types.ts'

/** Milliseconds of a query, with values of the filled tables for its parameters; `undefined` where it can't be run. */
export async function timeOf(run: (sql: string) => Promise<Executed>, sql: string): Promise<number | undefined> {
  await run('BEGIN')
  const prepared = await run(`PREPARE spec_lint_timed AS ${sql}`)
  const types = await run(
    `SELECT unnest(parameter_types)::text AS type FROM pg_prepared_statements WHERE name = 'spec_lint_timed'`,
  )
  const values = ('rows' in types ? types.rows : []).map(({type}, index) => {
    const column = {name: '', type: String(type), notNull: true, generated: false, labels: []}
    return `'${sampleOf(column, firstRow + index).replaceAll("'", "''")}'`
  })
  const started = performance.now()
  const result = await run(`EXECUTE spec_lint_timed${values.length === 0 ? '' : `(${values.join(', ')})`}`)
  const time = performance.now() - started
  await run('ROLLBACK')
  if ('rows' in prepared) await run('DEALLOCATE spec_lint_timed')
  return 'rows' in result ? time : undefined
}

/** The number that the rows of filled tables begin with. */
const firstRow = 1000
