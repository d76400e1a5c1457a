/** Columns that have to have a value before a statement gives them one. */
import {lastPart, sameName} from './implicit.ts'
import type {Operation, OperationOf} from './model.ts'
import {named, ofKind, ownerOf} from './named.ts'
import {indexAt} from './statement.ts'

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
  return [...ofAdded(script, all), ...ofOld(script)]
}

/** Columns that are there, and whose empty rows are filled right behind: `WHERE vintage IS NULL` finds none any more. */
function ofOld(script: readonly Operation[]): readonly FilledLate[] {
  const added = ofKind(script, 'add-column')
  return ofKind(script, 'set-not-null').flatMap((operation): readonly FilledLate[] => {
    const {table, column, start, statement} = operation
    const isNew = named(added, ownerOf, table).some((one) => sameName(one.column.name, column))
    const later = isNew
      ? undefined
      : named(ofKind(script, 'update'), ownerOf, table).find(
          (one) =>
            one.start > start &&
            one.statement.code === statement.code &&
            one.columns.some((each) => sameName(each, column)) &&
            emptyIn(one.statement.text).has(lastPart(column).toLowerCase()),
        )
    return later ? [{operation, later}] : []
  })
}

/** The columns of `WHERE a IS NULL`. */
function emptyIn(text: string): ReadonlySet<string> {
  const found = text.matchAll(/([\p{L}_][\p{L}\p{N}_$]*)["`]?\s+IS\s+NULL\b/giu)
  return new Set([...found].map(([, word = '']) => word.toLowerCase()))
}

function ofAdded(script: readonly Operation[], all: readonly Operation[]): readonly FilledLate[] {
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
