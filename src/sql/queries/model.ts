/** How queries find their rows, and what indexes offer: plain readonly data. Ranges are of UTF-16 offsets in the file. */
import type {Span} from '../../document/types.ts'
import type {Name, StatementFact} from '../model.ts'

/**
 * One condition that a table's rows have to meet. `equal`: `=`, `IN`, `IS NULL`, a bare flag. `prefix`: `LIKE 'a%'`.
 * `search`: what only an index of another kind may serve (`@>`, `ILIKE`, functions). `test`: what none serves (`<>`).
 */
export interface SimpleCondition extends Span {
  readonly kind: 'equal' | 'range' | 'prefix' | 'search' | 'test'
  /** What is compared, as compared with the keys of indexes: a column's key, or an expression in one fixed spelling. */
  readonly form: string
  /** It in words: `lower(email)`. */
  readonly text: string
  /** Keys of the columns in it. */
  readonly columns: readonly string[]
  readonly isColumn: boolean
  /** Constants that it is compared with; `undefined` when some are parameters or other columns. */
  readonly values: readonly string[] | undefined
  readonly operator: string
  /** Compared with a column of another table of the query. */
  readonly joins: boolean
}

export interface AnyCondition extends Span {
  readonly kind: 'any'
  readonly branches: readonly (readonly RowCondition[])[]
}

export type RowCondition = SimpleCondition | AnyCondition

/** How a query finds the rows of one table. */
export interface TableAccess extends Span {
  readonly table: Name
  readonly conditions: readonly RowCondition[]
  /** Forms of the order, when all of it is of this table. */
  readonly order: readonly string[]
  /** Ranges of the columns of the order. */
  readonly orderSpans: readonly Span[]
  /** Whether each column of the query is known to be of this table or of another. */
  readonly isCertain: boolean
}

export interface QueryFact extends Span {
  readonly statement: StatementFact
  readonly verb: 'select' | 'update' | 'delete'
  readonly place: 'outer' | 'inner' | 'exists'
  readonly accesses: readonly TableAccess[]
  /** Each `*` and `t.*` among the columns. */
  readonly stars: readonly Span[]
  readonly limited: boolean
  readonly aggregated: boolean
  /** It reads subqueries, functions or common table expressions as tables. */
  readonly derives: boolean
}

export interface IndexKey {
  readonly form: string
  readonly text: string
  readonly columns: readonly string[]
  readonly descending: boolean
  /** Operator class, collation, length. */
  readonly variant: string
}

/** An index, or a key that comes with one. */
export interface IndexShape extends Span {
  readonly origin: 'index' | 'primary' | 'unique' | 'foreign'
  readonly name: Name | undefined
  readonly table: Name
  /** `undefined`: the default, a B-tree. */
  readonly method: string | undefined
  /** Empty when they can't be told. */
  readonly keys: readonly IndexKey[]
  readonly include: readonly string[]
  readonly unique: boolean
  /** Of a partial index; `unknown` when it can't be read. */
  readonly predicate: readonly RowCondition[] | 'unknown' | undefined
  readonly statement: StatementFact | undefined
}
