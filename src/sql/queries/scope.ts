import type {Expression, SelectSyntax} from '../parsers/syntax.ts'

type Column = Extract<Expression, {kind: 'column'}>

/** Index of the table of a query that a column belongs to; `outside`: another query's or a derived table's. */
export type Owner = number | 'outside' | 'unknown'

/** The columns of a table by its path, where the document says them. */
export type KnownColumns = (path: readonly string[]) => ReadonlySet<string> | undefined

export interface Scope {
  readonly select: SelectSyntax
  readonly selects: readonly SelectSyntax[]
  readonly known: KnownColumns
}

/** Whose a column is. */
export function ownerOf({path}: Column, scope: Scope): Owner {
  const {select, known} = scope
  const {tables} = select
  const name = path.at(-1) ?? ''
  const qualifier = path.at(-2)
  if (qualifier !== undefined) {
    const found = tables.findIndex((table) => (table.alias ?? table.path.at(-1)) === qualifier)
    return found === -1 ? 'outside' : found
  }
  const holders = tables.flatMap((table, index) => (known(table.path)?.has(name) === true ? [index] : []))
  if (holders.length === 1) return holders[0] ?? 'unknown'
  if (tables.length !== 1 || select.derives || holders.length > 1) return 'unknown'
  return isAround(name, scope) && known(tables[0]?.path ?? []) !== undefined ? 'outside' : 0
}

/** Whether a query around this one has a table with a column of this name. */
function isAround(name: string, {select, selects, known}: Scope): boolean {
  const around = select.parent === undefined ? undefined : selects[select.parent]
  if (around === undefined) return false
  return (
    around.tables.some((table) => known(table.path)?.has(name) === true) ||
    isAround(name, {select: around, selects, known})
  )
}
