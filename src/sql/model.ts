/**
 * What SQL and its substitutes (column tables, attribute lists, Prisma, Alembic) say of a database schema: plain readonly data.
 * Every range is of UTF-16 offsets in the Markdown file.
 */
import type {CodeBlock, Section, Span, Text} from '../document/types.ts'

export type Dialect = 'postgresql' | 'mysql' | 'sqlite' | 'mssql'

/** A name as written, without quotes, and as names are compared: folded as the dialect does, default schema dropped. */
export interface Name extends Text {
  readonly key: string
  /** It comes from a placeholder of a template: never compared, never reported. */
  readonly hole: boolean
}

/** `base` is one word for all dialects: text, varchar, char, integer, bigint, smallint, numeric, real, double, boolean, uuid, date, time, timestamp, timestamptz, json, bytes, enum, …; else the written name in lower case. */
export interface TypeFact extends Text {
  readonly base: string
  readonly size: readonly number[]
  readonly array: boolean
  /** Values of an inline `ENUM('a', 'b')`. */
  readonly values: readonly Text[]
  /** It comes from a placeholder. */
  readonly hole: boolean
}

export interface ColumnFact extends Span {
  readonly kind: 'column'
  readonly name: Name
  readonly type: TypeFact | undefined
  /** `undefined` where nothing is said. */
  readonly nullable: boolean | undefined
  readonly default: Text | undefined
  /** Identity, serial, auto increment, generated always. */
  readonly generated: boolean
  /** What a generated column is made of, without the brackets around it. */
  readonly expression?: Text
}

export interface KeyFact extends Span {
  readonly kind: 'primary' | 'unique'
  readonly name: Name | undefined
  readonly columns: readonly Name[]
}

export interface ForeignKeyFact extends Span {
  readonly kind: 'foreign'
  readonly name: Name | undefined
  readonly columns: readonly Name[]
  readonly table: Name
  /** Empty: the primary key. */
  readonly target: readonly Name[]
  /** `CASCADE`, `SET NULL`, …; `undefined` where nothing is said. */
  readonly onDelete: Text | undefined
}

export interface CheckFact extends Span {
  readonly kind: 'check'
  readonly name: Name | undefined
  readonly text: string
  /** `EXCLUDE USING gist (…)`: a rule for every two rows; the text is what follows the word. */
  readonly exclusion?: true
  /** `status IN ('a', 'b')` */
  readonly allowed: {readonly column: Name; readonly values: readonly Text[]} | undefined
}

export type ConstraintFact = KeyFact | ForeignKeyFact | CheckFact

export interface IndexFact extends Span {
  readonly kind: 'index'
  readonly name: Name | undefined
  readonly table: Name
  /** Columns, or expressions as text with `key: ''`. */
  readonly columns: readonly Name[]
  readonly unique: boolean
  readonly partial: boolean
  readonly concurrently: boolean
}

interface Base extends Span {
  /** Range of the statement that makes it. */
  readonly statement: StatementFact
}

/** What one statement does; a statement may do several things (`ALTER TABLE a ADD b int, DROP c`). */
export type Operation = Base &
  (
    | {
        readonly kind: 'create-table'
        readonly table: Name
        readonly columns: readonly ColumnFact[]
        readonly constraints: readonly ConstraintFact[]
        readonly ifNotExists: boolean
        readonly temporary: boolean
      }
    | {readonly kind: 'drop-table'; readonly table: Name; readonly cascade: boolean}
    | {readonly kind: 'rename-table'; readonly table: Name; readonly to: Name}
    | {
        readonly kind: 'add-column'
        readonly table: Name
        readonly column: ColumnFact
        readonly constraints: readonly ConstraintFact[]
      }
    | {readonly kind: 'drop-column'; readonly table: Name; readonly column: Name}
    | {readonly kind: 'rename-column'; readonly table: Name; readonly column: Name; readonly to: Name}
    | {readonly kind: 'alter-type'; readonly table: Name; readonly column: Name; readonly type: TypeFact | undefined}
    | {
        readonly kind: 'set-not-null' | 'drop-not-null' | 'drop-default'
        readonly table: Name
        readonly column: Name
      }
    | {readonly kind: 'set-default'; readonly table: Name; readonly column: Name; readonly value: Text | undefined}
    | {
        readonly kind: 'add-constraint'
        readonly table: Name
        readonly constraint: ConstraintFact
        readonly notValid: boolean
        readonly usingIndex: boolean
      }
    | {
        readonly kind: 'drop-constraint'
        readonly table: Name
        readonly name: Name | undefined
        readonly what: 'primary' | 'unique' | 'foreign' | 'check' | 'any'
      }
    | {readonly kind: 'validate-constraint'; readonly table: Name; readonly name: Name}
    | {readonly kind: 'create-index'; readonly index: IndexFact}
    | {
        readonly kind: 'drop-index'
        readonly name: Name
        readonly table: Name | undefined
        readonly concurrently: boolean
      }
    | {readonly kind: 'create-enum'; readonly name: Name; readonly values: readonly Text[]}
    | {readonly kind: 'add-enum-value' | 'rename-enum-value'; readonly name: Name; readonly value: Text}
    /** extension, function, trigger (with its table), view, policy, sequence, schema, domain, type, rls (enable row level security) */
    | {
        readonly kind: 'create-object' | 'drop-object' | 'alter-object'
        readonly what: string
        readonly name: Name
        readonly table: Name | undefined
      }
    | {
        readonly kind: 'insert'
        readonly table: Name | undefined
        readonly columns: readonly Name[]
        readonly filtered: boolean
        /** As written, behind VALUES; `undefined` for a value that was a placeholder. */
        readonly rows: readonly (readonly (Text | undefined)[])[]
      }
    | {
        readonly kind: 'update' | 'delete' | 'truncate' | 'copy'
        readonly table: Name | undefined
        readonly columns: readonly Name[]
        readonly filtered: boolean
      }
    | {
        readonly kind: 'select'
        readonly tables: readonly Name[]
        readonly star: boolean
        readonly limited: boolean
        readonly filters: readonly Name[]
        readonly order: readonly Name[]
      }
    | {readonly kind: 'begin' | 'commit' | 'rollback'}
    | {readonly kind: 'other'; readonly verb: string}
  )

export interface StatementFact extends Span {
  readonly code: CodeBlock
  readonly section: Section
  readonly dialect: Dialect
  /** As written, without the semicolon. */
  readonly text: string
  /** Parsed only after placeholders were replaced, or a mere fragment such as `PRIMARY KEY (a, b)`. */
  readonly template: boolean
  /** `-- Supports: …` and other comments directly before, on the lines of, or directly after the statement, in order. */
  readonly comments: readonly Text[]
  readonly operations: readonly Operation[]
}

export interface SqlProblem extends Span {
  /** One line without full stop, such as "syntax error at `FORM`". */
  readonly message: string
  /** A limit of the reader, not an error of the text. */
  readonly limit: boolean
  readonly statement: Span
  readonly dialect: Dialect
}

export interface SqlFacts {
  readonly dialect: Dialect | undefined
  /** Why: `configuration`, `metadata`, `fence`, `signs`, `parsed`. */
  readonly decidedBy: string | undefined
  readonly statements: readonly StatementFact[]
  readonly problems: readonly SqlProblem[]
}

/** The operations of a kind. */
export type OperationOf<K extends Operation['kind']> = K extends unknown ? Having<Operation, K> : never

type Having<T, K> = T extends {readonly kind: unknown} ? (K extends T['kind'] ? T : never) : never
