import type {Operation} from '../sql/model.ts'
import {keysUnheld} from '../sql/unheld.ts'

const inPlace = /\bALGORITHM\s{0,9}=?\s{0,9}(INPLACE|INSTANT)\b/i

/** Foreign keys that MySQL is to add in place while it looks at keys, which it refuses. */
export function keysInPlace(script: readonly Operation[]): readonly {readonly at: Operation; readonly way: string}[] {
  const isUnheld = keysUnheld(script)
  return script.flatMap((at) => {
    const way =
      at.kind === 'add-constraint' && at.constraint.kind === 'foreign' ? inPlace.exec(at.statement.text) : null
    return way && at.statement.dialect === 'mysql' && !isUnheld(at) ? [{at, way: way[0]}] : []
  })
}
