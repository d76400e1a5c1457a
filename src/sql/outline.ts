import {withoutHoles} from './holes.ts'
import type {Operation} from './model.ts'
import {split} from './split.ts'
import {type Fence, isTooDeep, mostCharacters, statementOf, withOperations} from './statement.ts'

const changing = /^(?:CREATE|ALTER|DROP|RENAME)$/u

/**
 * What the statements of a fence change in the schema, by their tokens alone: no parser has to be loaded, and an error in
 * a statement doesn't hide what it is about. Other statements are left out.
 */
export function outline(fence: Fence): readonly Operation[] {
  const {code, dialect} = fence
  if (code.value.length > mostCharacters) return []
  const {pieces} = split(code.value, dialect)
  return pieces
    .filter((piece) => changing.test(piece.tokens[0]?.word ?? '') && !isTooDeep(piece))
    .flatMap((piece) => {
      const reading = withoutHoles(code.value.slice(piece.start, piece.end), dialect)
      return withOperations(statementOf(piece, fence, reading.holes.length > 0), piece, reading).operations
    })
}
