/** Statements of the schema sections that run where they stand: the migration doesn't repeat them, and the way back undoes them. */
import {lacking} from '../sql/covers.ts'
import type {Operation, StatementFact} from '../sql/model.ts'
import {partsOf} from '../sql/parts.ts'
import {isUndone, isUndoneItself} from '../sql/takers.ts'
import {isDdl} from './ddl.ts'
import {byFence} from './fences.ts'
import {called, itsName, nameOf, ofKind, ofTable, sameName} from './schema.ts'

interface Fence {
  readonly statements: readonly StatementFact[]
  readonly operations: readonly Operation[]
}

/**
 * Of statements that aren't of the migration, those of fences of which it makes nothing and the way back takes something back. One
 * such fence is something that was forgotten; several are a part of the migration that stands elsewhere, if it repeats none of
 * their kind: all goes back that they make, or nothing of all that is declared is repeated.
 */
export function runAsDeclared(
  statements: readonly StatementFact[],
  up: readonly StatementFact[],
  down: readonly StatementFact[],
): readonly StatementFact[] {
  const forward = up.flatMap(({operations}) => operations)
  const back = down.flatMap(({operations}) => operations)
  if (!forward.some(isDdl) || !back.some(isDdl)) return []
  const parts = forward.flatMap(partsOf)
  const fences = fencesOf(statements)
  const repeated = new Set(
    fences.flatMap(({operations}) => operations.filter((one) => isRepeated(one, forward, parts)).map(kindOf)),
  )
  const free = fences.filter(({operations}) => operations.every((one) => !repeated.has(kindOf(one))))
  const sure = free.filter(({operations}) =>
    repeated.size === 0
      ? operations.some((one) => isUndoneItself(one, back))
      : operations.every((one) => isUndoneItself(one, back)),
  )
  if (sure.length < 2) return []
  // Where some run as they are declared, so do others of which a part goes back, or goes with a table.
  const isDynamic = down.some(({text}) => /\bEXECUTE\b/i.test(text))
  return free
    .filter(({operations}) => isDynamic || operations.some((one) => isUndone(one, back)))
    .flatMap((fence) => fence.statements)
}

/** What changes the schema, fence by fence; what stands in a new table comes with it. */
function fencesOf(statements: readonly StatementFact[]): readonly Fence[] {
  return [...byFence(statements).values()]
    .map((all) => ({statements: all, operations: all.flatMap(makes)}))
    .filter(({operations}) => operations.length > 0)
}

function makes({operations}: StatementFact): readonly Operation[] {
  const tables = ofKind(operations, 'create-table')
  return tables.length > 0 ? tables : operations.filter(isDdl)
}

function kindOf(operation: Operation): string {
  return 'what' in operation ? operation.what : operation.kind
}

/** `parts` are the indexes and constraints that those make. */
function isRepeated(operation: Operation, forward: readonly Operation[], parts: ReturnType<typeof partsOf>): boolean {
  switch (operation.kind) {
    case 'create-table':
      return ofTable(ofKind(forward, 'create-table'), operation.table).length > 0
    case 'create-object':
      return called(ofKind(forward, 'create-object'), itsName, operation.name).length > 0
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
    case 'alter-type':
    case 'drop-column':
    case 'rename-column':
      return ofTable(ofKind(forward, operation.kind), operation.table).some(({column}) =>
        sameName(column, operation.column),
      )
    case 'create-index':
    case 'add-constraint': {
      const [name] = partsOf(operation).flatMap((one) => one.name ?? [])
      return name ? called(parts, nameOf, name).length > 0 : lacking([operation], forward).length === 0
    }
    case 'create-enum':
    case 'add-column':
    case 'add-enum-value':
      return lacking([operation], forward).length === 0
    default:
      return false
  }
}
