/** What is asked of the thread that runs SQL, and what it answers: plain data that can be sent between threads. */

/** Of MySQL nothing can be embedded: what its statements do is modelled. */
export type Executable = 'postgresql' | 'sqlite' | 'mysql'

/** A table that nothing but the document's own statements tells of; columns may be found missing on the way. */
export interface Stub {
  /** As it is written in SQL. */
  readonly table: string
  readonly columns: readonly StubColumn[]
}

export interface StubColumn {
  readonly name: string
  readonly type: string
  /** What follows the type, such as `PRIMARY KEY`. */
  readonly rest: string
  /** Nothing tells its type. */
  readonly guessed: boolean
}

/** SQL that an index is said to support, or a query that the document shows. */
export interface QueryJob {
  readonly sql: string
  /** The index that has to serve it; `undefined` for a query of its own. */
  readonly index: string | undefined
}

/** One migration, with the state that it begins from. */
export interface Job {
  readonly dialect: Executable
  /** SQL that makes the state before, by file; a statement that fails is left out and told. */
  readonly before: readonly string[]
  readonly stubs: readonly Stub[]
  /** Tables and columns that statements name and that nobody makes may be added to the state before. */
  readonly open: boolean
  /** Names that the document knows: one that is close to them is a slip, and not another table. */
  readonly known: readonly string[]
  readonly up: readonly string[]
  /** `undefined` without a way back. */
  readonly down: readonly string[] | undefined
  /** What the schema section declares. */
  readonly declared: readonly string[]
  /** What else it makes, in sections of its own: triggers, policies. It has to run on the migrated schema. */
  readonly others: readonly string[]
  /** Rows of the document, for tables of the state before or of the migrated one. */
  readonly rows: readonly string[]
  readonly queries: readonly QueryJob[]
  /** Rows that each table is filled up to for the plans of the queries; 0 for none. */
  readonly fill: number
  readonly dump: boolean
  /** Extensions that PostgreSQL has to have at hand. */
  readonly extensions: readonly string[]
  /** It is MariaDB that MySQL's statements are for. */
  readonly mariadb: boolean
}

export type Phase = 'before' | 'rows' | 'migration' | 'declared' | 'others' | 'rollback' | 'again' | 'query'

/** What the engine refused; `index` is that of the statement in its list. */
export interface Fault {
  readonly phase: Phase
  readonly index: number
  readonly message: string
  /** SQLSTATE; empty for SQLite. */
  readonly code: string
  readonly hint: string
  /** 0-based, in code points of the statement; `undefined` where the engine gives none. */
  readonly position: number | undefined
  /** It is a limit that ended it, not the engine. */
  readonly limit: 'time' | 'memory' | undefined
}

/** An entry of a catalog. */
export interface Entry {
  readonly kind: string
  readonly name: string
  /** The table that it goes with; empty for what stands alone. */
  readonly table: string
  /** What is compared. */
  readonly definition: string
}

export interface Change {
  readonly how: 'added' | 'removed' | 'changed'
  readonly entry: Entry
  /** For `changed`: what it is now. */
  readonly now: string
  /** Only a generated name or an order differs: nothing that a program sees. */
  readonly slight: boolean
}

export interface Loss {
  readonly table: string
  /** Empty for a whole row. */
  readonly column: string
  readonly before: string
  readonly after: string
  readonly rows: number
}

export interface Unenforced {
  readonly table: string
  readonly constraint: string
  readonly definition: string
  readonly why: 'accepts' | 'not-valid' | 'not-enforced'
  /** The value that was accepted. */
  readonly value: string
}

export interface QueryOutcome {
  readonly index: number
  /** Lines of the plan. */
  readonly plan: readonly string[]
  /** For a promise: whether the index serves it; `undefined` where nothing was promised or the index isn't there. */
  readonly served: boolean | undefined
  /** Milliseconds, where the tables were filled. */
  readonly time: number | undefined
}

export interface Step {
  readonly name: string
  readonly milliseconds: number
  readonly note: string
}

export interface Outcome {
  /** `PostgreSQL 18.6 (PGlite 0.5.16)` */
  readonly engine: string
  readonly steps: readonly Step[]
  readonly faults: readonly Fault[]
  /** From the state before to the migrated one. */
  readonly made: readonly Change[]
  /** From the migrated state to what is declared; `undefined` where nothing could be compared. */
  readonly declared: readonly Change[] | undefined
  /** From the state before to that after the rollback; `undefined` without a rollback that ran. */
  readonly residue: readonly Change[] | undefined
  /** From the migrated state to that after the second time. */
  readonly again: readonly Change[] | undefined
  readonly losses: readonly Loss[]
  readonly unenforced: readonly Unenforced[]
  readonly queries: readonly QueryOutcome[]
  /** The sample rows, in each of the tables of the state before. */
  readonly sampled: number
  readonly unsampled: readonly string[]
  readonly dumps: Readonly<Record<'before' | 'after' | 'back', string>> | undefined
  /** The migrated schema, for a diagram. */
  readonly schema: readonly Entry[]
  /** Statements of which a model doesn't know what they do; `undefined` where they were executed. */
  readonly unknown?: readonly Pick<Fault, 'phase' | 'index'>[]
}

export interface WorkerSettings {
  readonly dialect: Executable
  /** The prepared data directory; `undefined` to make one. */
  readonly snapshot: Uint8Array | undefined
  readonly extensions: readonly string[]
  /** Bytes that the memory of the engine may have. */
  readonly memory: number
}

export type ToWorker = {readonly kind: 'job'; readonly job: Job} | {readonly kind: 'snapshot'}

export type FromWorker =
  | {readonly kind: 'ready'; readonly engine: string}
  /** The engine is not installed. */
  | {readonly kind: 'absent'; readonly name: string; readonly words: string}
  /** What is run next: it is told before, since a statement that never ends tells nothing. */
  | {readonly kind: 'at'; readonly phase: Phase; readonly index: number}
  /** `clean`: the next job may follow. */
  | {readonly kind: 'done'; readonly outcome: Outcome; readonly clean: boolean}
  | {readonly kind: 'snapshot'; readonly bytes: Uint8Array}
  | {readonly kind: 'failed'; readonly words: string}
