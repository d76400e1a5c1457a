import type {Engine, Executed} from '../engine/types.ts'

const discarding = 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) '

/** Runs a statement of a document. Rows that it would give back are never built: they may be of any size. */
export async function runStatement(engine: Engine, sql: string): Promise<Executed> {
  if (engine.dialect !== 'postgresql' || !givesRows(sql)) return engine.run(sql)
  const result = await engine.run(discarding + sql)
  if ('rows' in result) return {rows: []}
  const {failure} = result
  const position = failure.position === undefined ? undefined : Math.max(failure.position - discarding.length, 0)
  return {failure: {...failure, position}}
}

/** The verb of a statement, behind comments. */
export function verbOf(sql: string): string {
  return /^(?:\s+|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/|\()*([a-z]+)/iu.exec(sql)?.[1]?.toUpperCase() ?? ''
}

function givesRows(sql: string): boolean {
  const verb = verbOf(sql)
  if (/^(?:SELECT|VALUES|TABLE)$/u.test(verb)) return true
  return verb === 'WITH' || (/^(?:INSERT|UPDATE|DELETE|MERGE)$/u.test(verb) && /\bRETURNING\b/iu.test(sql))
}

/** Whether it begins or ends a transaction. */
export function isTransaction(sql: string): boolean {
  return /^(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT)$/u.test(verbOf(sql))
}

/** A query without the words that ask for its plan. */
export function explained(sql: string): string {
  return sql.replace(
    /^((?:\s+|--[^\n]*(?:\n|$))*)EXPLAIN\s*(?:\((?:[^()]|\([^()]*\))*\)|(?:(?:ANALYZE|VERBOSE|QUERY\s+PLAN)\b\s*)*)/iu,
    (all, lead: string) => lead + ' '.repeat([...all].length - [...lead].length),
  )
}
