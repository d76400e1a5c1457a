import type {Engine, Failure} from '../engine/types.ts'
import type {Fault} from '../model.ts'
import {faultOf, type Tell} from './prepare.ts'
import {isTransaction, runStatement} from './statement.ts'

/** Runs what other sections make on the migrated schema. What is there already is no fault. Leaves nothing behind. */
export async function runOthers(engine: Engine, statements: readonly string[], tell: Tell): Promise<readonly Fault[]> {
  if (statements.length === 0) return []
  const faults: Fault[] = []
  await engine.savepoint()
  for (const [index, sql] of statements.entries()) {
    if (isTransaction(sql) || /\bCONCURRENTLY\b/iu.test(sql)) continue
    tell('others', index)
    await engine.run('SAVEPOINT spec_lint_other')
    const result = await runStatement(engine, sql)
    if ('rows' in result) continue
    if (!isExcused(result.failure)) faults.push(faultOf('others', index, result.failure))
    await engine.run('ROLLBACK TO SAVEPOINT spec_lint_other')
  }
  await engine.restore()
  return faults
}

/** It is made already, or it is about a table of which the document says nothing. */
function isExcused({kind, code, message}: Failure): boolean {
  return (
    kind === 'table' ||
    /^(?:42P07|42701|42710|42P06|42723|42P16|42P17|25001)$/u.test(code) ||
    /^2[23]/u.test(code) ||
    /already exists|duplicate column name/u.test(message)
  )
}
