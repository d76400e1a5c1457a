/** Columns that have to have a value before a statement gives them one. */
import {sameName} from './implicit.ts'
import type {Operation, OperationOf, StatementFact} from './model.ts'
import {ofKind} from './named.ts'

/** A `SET NOT NULL`, and the first `UPDATE` that fills the column. */
interface FilledLate {
  readonly operation: OperationOf<'set-not-null'>
  readonly later: Operation
}

/**
 * Columns that a script adds empty and makes NOT NULL before the statement that fills them, in the script or in one behind it: with
 * rows in the table, it fails.
 */
export function filledLate(script: readonly Operation[], all: readonly Operation[] = script): readonly FilledLate[] {
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
    const isFill = (one: Operation): boolean =>
      one.kind === 'update' &&
      one.table !== undefined &&
      sameName(one.table, table) &&
      one.columns.some((each) => sameName(each, column.name))
    const later = behind.find((one) => isFill(one) || isValue(one))
    if (!asks) return []
    if (later) return later.kind === 'update' && asks.start < later.start ? [{operation: asks, later}] : []
    const other = isOneScript(start, asks) ? all.find((one) => one.start > asks.start && isFill(one)) : undefined
    return other ? [{operation: asks, later: other}] : []
  })
}

/** Both stand in one fence, with no word between them on what may run meanwhile. */
function isOneScript(from: number, {start, statement: {code}}: Operation): boolean {
  if (from < code.start || from > code.end) return false
  const between = code.value.slice(indexAt(code, from), indexAt(code, start))
  return !/--|\/\*|\b(?:DO|CALL|SELECT|COPY)\b/i.test(between)
}

/** The index in the code of an offset of the file. */
function indexAt(code: StatementFact['code'], offset: number): number {
  let [low, high] = [0, code.value.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (code.offsetAt(middle) < offset) low = middle + 1
    else high = middle
  }
  return low
}
