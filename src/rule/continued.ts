import type {Operation} from '../sql/model.ts'
import {ofKind, ofTable, sameName} from './schema.ts'

/**
 * The migration makes nothing, and validates what the schema section adds as `NOT VALID`: the statements of that section run
 * before those of the migration.
 */
export function isContinued(declared: readonly Operation[], up: readonly Operation[]): boolean {
  const open = ofKind(declared, 'add-constraint').filter(({notValid}) => notValid)
  return (
    !up.some(({kind}) => /^(?:create|add|rename)-/u.test(kind)) &&
    ofKind(up, 'validate-constraint').some(({name, table}) =>
      ofTable(open, table).some(
        (one) => one.kind === 'add-constraint' && one.constraint.name && sameName(one.constraint.name, name),
      ),
    )
  )
}
