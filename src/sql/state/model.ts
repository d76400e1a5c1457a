/** What a database has at a moment, as files of a project tell it: plain readonly data. Ranges are of those files, not of a document. */
import type {ColumnFact, ConstraintFact, IndexFact, Name} from '../model.ts'

export interface TableState {
  readonly name: Name
  readonly columns: readonly ColumnFact[]
  /** All columns are known. */
  readonly complete: boolean
  readonly constraints: readonly ConstraintFact[]
  readonly indexes: readonly IndexFact[]
  /** The file that made it, from the root of the project. */
  readonly file: string
}

export interface EnumState {
  readonly name: Name
  readonly values: readonly string[]
  readonly file: string
}

export interface SchemaState {
  /** By the name as compared, in lower case. */
  readonly tables: ReadonlyMap<string, TableState>
  readonly enums: ReadonlyMap<string, EnumState>
  /** Views, sequences, schemas and other named objects, by the name as compared, in lower case. */
  readonly others: ReadonlySet<string>
  /** Tables, and columns as `table.column`, that were dropped or renamed, with the file that did it. */
  readonly gone: ReadonlyMap<string, string>
  /** Words of what could not be read: a table of such a name may be there. */
  readonly unread: ReadonlySet<string>
  /** Every file was read, so that what isn't here isn't there. */
  readonly complete: boolean
  /** The files that were applied, from the root of the project, in order. */
  readonly files: readonly string[]
}

export const emptyState: SchemaState = {
  tables: new Map(),
  enums: new Map(),
  others: new Set(),
  gone: new Map(),
  unread: new Set(),
  complete: true,
  files: [],
}

/** The schema around a migration of a document. */
export interface SchemaMoments {
  /** Before the migration; `undefined` where it is not known when it runs. */
  readonly before: SchemaState | undefined
  /** After all that the files have. */
  readonly now: SchemaState
  /** The migration of the document that the folder has. */
  readonly own: string | undefined
  /** How the files are called in a sentence: `db/schema.sql`. */
  readonly title: string
}
