import type {Entry, Executable, Step} from '../model.ts'

/** What went wrong, by what can be done about it. */
export type FailureKind = 'table' | 'column' | 'type' | 'check' | 'unique' | 'foreign' | 'null' | 'memory' | 'other'

/** A statement that the engine refused. */
export interface Failure {
  readonly kind: FailureKind
  readonly message: string
  readonly code: string
  readonly hint: string
  /** 0-based, in code points of the statement. */
  readonly position: number | undefined
  /** The table, column or constraint that it speaks of; empty for none. */
  readonly subject: string
}

export type Executed = {readonly rows: readonly Row[]} | {readonly failure: Failure}

export type Row = Readonly<Record<string, unknown>>

export interface TableColumn {
  readonly name: string
  /** As the engine writes it: `character varying(20)`. */
  readonly type: string
  readonly notNull: boolean
  /** It makes its own value where none is given, and may take none. */
  readonly generated: boolean
  /** Labels of an enum. */
  readonly labels: readonly string[]
}

/** A table as far as rows for it need it. */
export interface TableShape {
  /** As SQL writes it. */
  readonly sql: string
  /** As the catalog calls it. */
  readonly name: string
  readonly columns: readonly TableColumn[]
  /** Columns of each primary key and unique constraint. */
  readonly unique: readonly {readonly name: string; readonly columns: readonly string[]}[]
  readonly foreign: readonly {
    readonly name: string
    readonly columns: readonly string[]
    /** As SQL writes it. */
    readonly target: string
    readonly targetColumns: readonly string[]
  }[]
  readonly checks: readonly {readonly name: string; readonly columns: readonly string[]; readonly text: string}[]
  /** Constraints that the engine doesn't hold existing or new rows to. */
  readonly lax: readonly {readonly name: string; readonly text: string; readonly why: 'not-valid' | 'not-enforced'}[]
}

/** The plan of a query. */
export interface Plan {
  readonly lines: readonly string[]
  /** Indexes with what they are asked for; empty where they are only read in their order. */
  readonly uses: readonly {readonly index: string; readonly condition: string}[]
  readonly sorts: boolean
}

/** A database engine: SQL goes in, and what it made comes out. Nothing throws but a bug. */
export interface Engine {
  readonly name: string
  readonly dialect: Executable
  run(sql: string): Promise<Executed>
  /** What is there, without what the engine brought. */
  catalog(): Promise<readonly Entry[]>
  shapes(): Promise<readonly TableShape[]>
  /** Rows of a table as objects, each as text that is the same for the same row. */
  rowsOf(table: string): Promise<readonly Readonly<Record<string, string>>[] | undefined>
  /** Plan of a query with parameters; `without` are rivals that are put aside. */
  plan(sql: string, without: readonly string[]): Promise<Plan | Failure>
  /** Milliseconds of a query; `undefined` where it can't be run. */
  time(sql: string): Promise<number | undefined>
  /** Whether everything is as it was at the beginning. */
  reset(): Promise<boolean>
  quote(name: string): string
  /** Begins what `restore` takes back. */
  savepoint(): Promise<void>
  restore(): Promise<void>
}

type Timed = <T>(name: string, run: () => Promise<T>, note?: (made: T) => string) => Promise<T>

export interface Clock {
  readonly steps: readonly Step[]
  readonly timed: Timed
}

export function isFailure(one: object): one is Failure {
  return 'kind' in one && 'subject' in one
}
