import {countBefore} from '../document/search.ts'
import type {Operation} from '../sql/model.ts'
import {isDdl} from './ddl.ts'

/** Where each step has its own way back behind it, the ways back are run from the last step to the first. */
export function fromLast(down: readonly Operation[], up: readonly Operation[]): readonly Operation[] {
  return stepsOf(down, up).toReversed().flat()
}

/** The operations of a way back by the steps between which the migration goes on. */
function stepsOf(down: readonly Operation[], up: readonly Operation[]): readonly (readonly Operation[])[] {
  const starts = up.filter(isDdl).map(({start}) => start)
  const steps = new Map<number, Operation[]>()
  for (const one of down.toSorted((a, b) => a.start - b.start)) {
    const before = countBefore(starts, (start) => start < one.start)
    const own = steps.get(before)
    if (own) own.push(one)
    else steps.set(before, [one])
  }
  return [...steps.values()]
}
