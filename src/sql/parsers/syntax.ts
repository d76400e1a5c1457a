/** What the syntax trees of all parsers have in common, as far as queries and indexes need it. Offsets are of the text. */

/** An expression; operators, lists, casts and conditions are calls: `=`, `and`, `in`, `is null`, `cast:date`. */
export type Expression =
  /** Parts as names are compared: folded as the dialect does. */
  | {readonly kind: 'column'; readonly path: readonly string[]; readonly offset: number}
  /** `text` is `undefined` for a parameter. */
  | {readonly kind: 'value'; readonly text: string | undefined}
  | {readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]}
  | {readonly kind: 'query'; readonly select: number}

export interface TableSyntax {
  readonly path: readonly string[]
  readonly alias: string | undefined
  readonly offset: number
}

export interface OrderSyntax {
  readonly by: Expression
  readonly descending: boolean
}

/** One `SELECT`, the arms of a union and each subquery being their own; or the row source of `UPDATE` and `DELETE`. */
export interface SelectSyntax {
  readonly verb: 'select' | 'update' | 'delete'
  /** `exists`: only whether there are rows counts. `inner`: a subquery, a common table expression. */
  readonly place: 'outer' | 'inner' | 'exists'
  /** Index of the query around it. */
  readonly parent: number | undefined
  readonly tables: readonly TableSyntax[]
  /** Subqueries and functions among the tables. */
  readonly derives: boolean
  readonly conditions: readonly Expression[]
  /** Columns of `JOIN … USING (a, b)`. */
  readonly using: readonly string[]
  readonly order: readonly OrderSyntax[]
  readonly limited: boolean
  /** Offsets of `*` and `t.*` among the columns. */
  readonly stars: readonly number[]
  readonly aggregated: boolean
}

export interface IndexSyntax {
  readonly method: string | undefined
  readonly keys: readonly IndexKeySyntax[]
  readonly include: readonly string[]
  readonly predicate: Expression | undefined
}

export interface IndexKeySyntax extends OrderSyntax {
  /** Operator class, collation and place of nulls, as one word; empty for the default. */
  readonly variant: string
}

export type Syntax =
  /** `common`: names of common table expressions. */
  | {readonly kind: 'query'; readonly selects: readonly SelectSyntax[]; readonly common: ReadonlySet<string>}
  | {readonly kind: 'index'; readonly index: IndexSyntax}
