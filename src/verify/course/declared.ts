import type {Engine} from '../engine/types.ts'
import type {Change, Entry, Job, Stub} from '../model.ts'
import {compare} from './compare.ts'
import {makeBefore, runScript, type Tell} from './prepare.ts'
import {isTransaction, runStatement} from './statement.ts'

/**
 * What has to be done to the migrated schema to get the declared one: the declaration runs on the state before, and what of it
 * needs the migration, such as a constraint of a table that only that makes, on the migrated one. `undefined` where neither runs.
 */
export async function declaredChanges(
  engine: Engine,
  job: Job,
  stubs: readonly Stub[],
  after: readonly Entry[],
  tell: Tell,
): Promise<readonly Change[] | undefined> {
  const left = await declare(engine, job, stubs, tell)
  const entries = await engine.catalog()
  const compared = left.length === job.declared.length ? [] : compare(after, entries)
  if (left.length === 0) return compared
  // A declaration of which a part can't be run alone says nothing of what is not in it.
  const known = compared.filter(({how, entry}) => how === 'added' || (how === 'changed' && entry.kind === 'column'))
  await engine.reset()
  await makeBefore(engine, job, stubs, tell)
  if (await runScript(engine, job.up, 'declared', tell)) return known
  let ran = 0
  for (const index of left) {
    tell('declared', index)
    const result = await runStatement(engine, job.declared[index] ?? '')
    if ('rows' in result) ran += 1
    else await engine.run('ROLLBACK')
  }
  const rest = ran === 0 ? [] : compare(after, await engine.catalog())
  return [...known, ...rest.filter(({how}) => how !== 'removed')]
}

/** The statements that could not be run. */
async function declare(engine: Engine, job: Job, stubs: readonly Stub[], tell: Tell): Promise<readonly number[]> {
  await engine.reset()
  await makeBefore(engine, job, stubs, tell)
  const left: number[] = []
  for (const [index, sql] of job.declared.entries()) {
    if (isTransaction(sql)) continue
    tell('declared', index)
    const result = await runStatement(engine, sql)
    if ('rows' in result) continue
    left.push(index)
    await engine.run('ROLLBACK')
  }
  return left
}
