/** Columns that have to have a value before a statement gives them one. */
import {sameName} from './implicit.ts'
import type {Operation, OperationOf} from './model.ts'
import {ofKind} from './named.ts'

/** A `SET NOT NULL`, and the first `UPDATE` that fills the column; both of one script. */
interface FilledLate {
  readonly operation: OperationOf<'set-not-null'>
  readonly later: Operation
}

/** Columns that a script adds empty and makes NOT NULL before the statement that fills them: with rows in the table, it fails. */
export function filledLate(script: readonly Operation[]): readonly FilledLate[] {
  return ofKind(script, 'add-column').flatMap(({table, column, start}): readonly FilledLate[] => {
    if (column.default || column.generated || column.nullable === false) return []
    const behind = script.filter((one) => one.start > start)
    const asks = behind.find(
      (one): one is OperationOf<'set-not-null'> =>
        one.kind === 'set-not-null' && sameName(one.table, table) && sameName(one.column, column.name),
    )
    const isValue = (one: Operation): boolean =>
      (one.kind === 'set-default' || one.kind === 'add-column' || one.kind === 'drop-column') &&
      sameName(one.table, table) &&
      sameName(one.kind === 'add-column' ? one.column.name : one.column, column.name)
    const later = behind.find(
      (one) =>
        (one.kind === 'update' &&
          one.table !== undefined &&
          sameName(one.table, table) &&
          one.columns.some((each) => sameName(each, column.name))) ||
        isValue(one),
    )
    return asks && later?.kind === 'update' && asks.start < later.start ? [{operation: asks, later}] : []
  })
}
