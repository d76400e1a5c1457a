/** Values that a statement shuts out before the rows that have them get another. */
import {lastPart, sameName} from './implicit.ts'
import type {Name, Operation} from './model.ts'
import {named, ofKind, ownerOf} from './named.ts'

interface NarrowedEarly {
  readonly operation: Operation
  /** The `UPDATE` or `DELETE` that has to run first. */
  readonly later: Operation
}

/**
 * An `ENUM` or a check that leaves out a value, in front of the `UPDATE … WHERE kind = 'gone'` of the same fence that takes it from
 * the rows: where one has it, the statement fails.
 */
export function narrowedEarly(script: readonly Operation[]): readonly NarrowedEarly[] {
  const changes = [...ofKind(script, 'update'), ...ofKind(script, 'delete')]
  return script.flatMap((operation): readonly NarrowedEarly[] => {
    const left = leavesOf(operation)
    if (!left || left.values.length === 0) return []
    const later = named(changes, ownerOf, left.table).find(
      (one) =>
        one.start > operation.start &&
        one.statement.code === operation.statement.code &&
        (one.kind === 'delete' || one.columns.some((column) => sameName(column, left.column))) &&
        takenFrom(one.statement.text, left.column).some((value) => !left.values.includes(value)),
    )
    return later ? [{operation, later}] : []
  })
}

interface Left {
  readonly table: Name
  readonly column: Name
  readonly values: readonly string[]
}

function leavesOf(one: Operation): Left | undefined {
  if (one.kind === 'alter-type')
    return {table: one.table, column: one.column, values: (one.type?.values ?? []).map(({text}) => bare(text))}
  if (one.kind !== 'add-constraint' || one.notValid || one.constraint.kind !== 'check') return undefined
  const {allowed} = one.constraint
  return allowed && {table: one.table, column: allowed.column, values: allowed.values.map(({text}) => bare(text))}
}

function bare(text: string): string {
  return text.replace(/^'(.*)'$/u, '$1')
}

const longest = 4000

/** The values of `WHERE kind = 'a'` and `WHERE kind IN ('a', 'b')`; none where another condition may leave rows out. */
function takenFrom(text: string, column: Name): readonly string[] {
  const short = text.slice(0, longest)
  const at = short.search(/\bWHERE\s/iu)
  const where =
    at < 0
      ? ''
      : short
          .slice(at + 5)
          .trim()
          .replace(/;$/u, '')
  const match = /^["`]?([\p{L}_][\p{L}\p{N}_$]*)["`]?\s*(?:=\s*('[^']*')|IN\s*\(([^()]*)\))$/iu.exec(where.trimEnd())
  if (!match || match[1]?.toLowerCase() !== lastPart(column).toLowerCase()) return []
  return [...(match[2] ?? match[3] ?? '').matchAll(/'([^']*)'/gu)].map(([, value = '']) => value)
}
