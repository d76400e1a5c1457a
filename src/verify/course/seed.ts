import type {Engine} from '../engine/types.ts'
import type {Fault} from '../model.ts'
import {faultOf, type Tell} from './prepare.ts'
import {isTransaction, runStatement} from './statement.ts'

/** The statements that could not be run, and why. */
export interface Seeded {
  readonly left: readonly number[]
  readonly faults: readonly Fault[]
}

/** Runs the document's own rows, or some of them. Each stands alone: rows for tables that are still to be made wait. */
export async function seed(
  engine: Engine,
  rows: readonly string[],
  tell: Tell,
  wanted?: readonly number[],
): Promise<Seeded> {
  const left: number[] = []
  const faults: Fault[] = []
  for (const index of wanted ?? rows.keys()) {
    const sql = rows[index] ?? ''
    if (isTransaction(sql)) continue
    tell('rows', index)
    await engine.run('SAVEPOINT spec_lint_row')
    const result = await runStatement(engine, sql)
    if ('rows' in result) continue
    left.push(index)
    faults.push(faultOf('rows', index, result.failure))
    await engine.run('ROLLBACK TO SAVEPOINT spec_lint_row')
  }
  return {left, faults}
}

/** The rows for tables of the state before; they stay. */
export async function seedBefore(engine: Engine, rows: readonly string[], tell: Tell): Promise<Seeded> {
  if (rows.length === 0) return {left: [], faults: []}
  await engine.run('BEGIN')
  const seeded = await seed(engine, rows, tell)
  await engine.run('COMMIT')
  return seeded
}
