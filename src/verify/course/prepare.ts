import type {Engine, Failure} from '../engine/types.ts'
import type {Fault, Job, Phase, Stub} from '../model.ts'
import {withNumbers} from './parameters.ts'
import {explained, isTransaction, runStatement} from './statement.ts'
import {repairs, stubSql} from './stubs.ts'

/** Is told of each statement before it runs. */
export type Tell = (phase: Phase, index: number) => void

export function faultOf(phase: Phase, index: number, failure: Failure): Fault {
  const {message, code, hint, position} = failure
  return {phase, index, message, code, hint, position, limit: undefined}
}

/** Makes the state before. What of it can't be made is told, and the rest is used. */
export async function makeBefore(
  engine: Engine,
  job: Job,
  stubs: readonly Stub[],
  tell: Tell,
): Promise<readonly Fault[]> {
  const faults = await runBefore(engine, job, [...job.before.keys()], tell)
  for (const stub of stubs) await engine.run(stubSql(stub))
  // An index of a derived table waits for it.
  return stubs.length === 0 || faults.length === 0
    ? faults
    : runBefore(
        engine,
        job,
        faults.map(({index}) => index),
        tell,
      )
}

async function runBefore(
  engine: Engine,
  {before}: Job,
  indexes: readonly number[],
  tell: Tell,
): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  for (const index of indexes) {
    const sql = before[index] ?? ''
    tell('before', index)
    const result = await runStatement(engine, sql)
    if ('rows' in result) continue
    faults.push(faultOf('before', index, result.failure))
    if (!isTransaction(sql)) await engine.run('ROLLBACK')
  }
  await engine.run('COMMIT')
  return faults
}

/** Runs statements one after the other; the first that fails ends it. A transaction that is left open is committed. */
export async function runScript(
  engine: Engine,
  statements: readonly string[],
  phase: Phase,
  tell: Tell,
): Promise<{readonly fault: Fault; readonly failure: Failure} | undefined> {
  for (const [index, sql] of statements.entries()) {
    tell(phase, index)
    const result = await runStatement(engine, sql)
    if ('rows' in result) continue
    await engine.run('ROLLBACK')
    return {fault: faultOf(phase, index, result.failure), failure: result.failure}
  }
  await engine.run('COMMIT')
  return undefined
}

/** Repairs that one statement may take before it counts as failed, and those that a document may. */
const mostAttempts = 40
const mostRepairs = 120

/**
 * Finds the tables and columns that the document takes for granted: runs its statements, without their transactions, and adds
 * what each of them lacks. What it can't run stays as it is.
 */
export async function completeStubs(engine: Engine, job: Job, keyType: string, tell: Tell): Promise<readonly Stub[]> {
  await makeBefore(engine, job, job.stubs, tell)
  let stubs = job.stubs
  const budget = {left: mostRepairs}
  const complete = async (sql: string, phase: Phase, index: number): Promise<boolean> => {
    tell(phase, index)
    for (let attempt = 0; attempt < mostAttempts && budget.left > 0; attempt += 1) {
      const result = await runStatement(engine, sql)
      if ('rows' in result) return true
      const next = await repaired(result.failure, sql)
      if (!next) return false
      stubs = next
    }
    return false
  }
  const repaired = async (failure: Failure, sql: string): Promise<readonly Stub[] | undefined> => {
    for (const repair of repairs(failure, sql, {stubs, names: job.known, keyType})) {
      budget.left -= 1
      const made = await engine.run(repair.sql)
      if ('failure' in made) continue
      if (failure.kind !== 'type') return repair.stubs
      // Of the types that a column may have, the one that lets the statement run, or fail in another way.
      const again = await tried(engine, sql)
      if (!again || again.code !== failure.code || again.position !== failure.position) return repair.stubs
      if (budget.left <= 0) return undefined
    }
    return undefined
  }
  for (const [index, sql] of job.up.entries())
    if (!isTransaction(sql) && !(await complete(sql, 'migration', index))) break
  for (const [index, sql] of job.rows.entries()) await complete(sql, 'rows', index)
  for (const [index, {sql}] of job.queries.entries()) await complete(planned(engine, sql), 'query', index)
  return stubs
}

async function tried(engine: Engine, sql: string): Promise<Failure | undefined> {
  await engine.savepoint()
  const result = await runStatement(engine, sql)
  await engine.restore()
  return 'failure' in result ? result.failure : undefined
}

/** A query that is only planned, as it has to be with its parameters open. */
function planned(engine: Engine, sql: string): string {
  const text = withNumbers(explained(sql), engine.dialect)
  return engine.dialect === 'postgresql' ? `EXPLAIN (GENERIC_PLAN) ${text}` : `EXPLAIN QUERY PLAN ${text}`
}
