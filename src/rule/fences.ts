import type {CodeBlock} from '../document/types.ts'
import type {StatementFact} from '../sql/model.ts'

/** Statements by the fence that they stand in, in their order. */
export function byFence(statements: readonly StatementFact[]): ReadonlyMap<CodeBlock, readonly StatementFact[]> {
  const fences = new Map<CodeBlock, StatementFact[]>()
  for (const one of statements) {
    const beside = fences.get(one.code)
    if (beside) beside.push(one)
    else fences.set(one.code, [one])
  }
  return fences
}
