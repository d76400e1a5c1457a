import type {Name} from '../../sql/model.ts'
import type {Refusal} from './catalog.ts'
import type {DefinedColumn} from './columns.ts'

/** Parts of a table as a statement writes them. */
export type Element = KeyElement | ReferenceElement | CheckElement

export interface KeyElement {
  readonly kind: 'key'
  readonly what: 'primary' | 'unique' | 'index' | 'fulltext' | 'spatial'
  readonly name: Name | undefined
  readonly parts: readonly {readonly column: string; readonly text: string; readonly at: Name}[]
  readonly ifNotExists: boolean
}

export interface ReferenceElement {
  readonly kind: 'reference'
  readonly name: Name | undefined
  /** `FOREIGN KEY name (…)` */
  readonly index: Name | undefined
  readonly columns: readonly Name[]
  readonly table: Name
  readonly target: readonly Name[]
  readonly onDelete: string
  readonly onUpdate: string
  /** It stands in a column, where MySQL reads it and makes nothing of it. */
  readonly inline: boolean
}

export interface CheckElement {
  readonly kind: 'check'
  readonly name: Name | undefined
  readonly text: string
  /** Words of the expression, in lower case. */
  readonly words: readonly string[]
}

/** What `ENGINE = …`, `CHARSET = …` say; `undefined` for nothing. */
export interface TableOptions {
  readonly engine: string | undefined
  readonly charset: string | undefined
  readonly collation: string | undefined
  /** `CONVERT TO`: the columns as well. */
  readonly convert: boolean
}

export type Action =
  | DefinedColumn
  | Element
  | {readonly kind: 'change'; readonly from: Name; readonly to: DefinedColumn; readonly ifExists: boolean}
  | {
      readonly kind: 'drop'
      readonly what: 'column' | 'key' | 'primary' | 'foreign' | 'check' | 'constraint'
      /** `undefined` for the primary key. */
      readonly name: Name | undefined
      readonly ifExists: boolean
    }
  | {readonly kind: 'rename-column'; readonly from: Name; readonly to: Name}
  | {readonly kind: 'rename-key'; readonly from: Name; readonly to: Name}
  | {readonly kind: 'rename'; readonly to: Name}
  /** `undefined` for `DROP DEFAULT` */
  | {readonly kind: 'default'; readonly column: Name; readonly value: ((type: string) => string) | undefined}
  | {readonly kind: 'options'; readonly options: TableOptions}
  | {readonly kind: 'nothing'}

/** What a statement does to a database. */
export type Change =
  | {
      readonly kind: 'create-table'
      readonly table: Name
      readonly ifNotExists: boolean
      readonly replaces: boolean
      readonly temporary: boolean
      readonly columns: readonly DefinedColumn[]
      readonly elements: readonly Element[]
      readonly options: TableOptions
      readonly like: Name | undefined
      /** `AS SELECT`: it has more columns. */
      readonly selects: boolean
    }
  | {readonly kind: 'drop-tables'; readonly tables: readonly Name[]; readonly ifExists: boolean}
  | {readonly kind: 'rename-tables'; readonly pairs: readonly {readonly from: Name; readonly to: Name}[]}
  | {readonly kind: 'alter'; readonly table: Name; readonly actions: readonly Action[]; readonly ifExists: boolean}
  | {
      readonly kind: 'create-thing' | 'drop-thing'
      readonly what: string
      readonly name: Name
      readonly table: Name | undefined
      readonly definition: string
      /** `OR REPLACE`, `IF NOT EXISTS`, `IF EXISTS`: that it is there, or isn't, is no fault. */
      readonly lenient: boolean
    }
  | {
      readonly kind: 'write'
      readonly verb: 'insert' | 'update' | 'delete' | 'truncate'
      readonly table: Name
      readonly columns: readonly Name[]
      /** All rows of the table, and no other table. */
      readonly whole: boolean
    }
  /** A procedure runs; the strings that it is given. */
  | {readonly kind: 'call'; readonly name: Name; readonly strings: readonly string[]}
  | {readonly kind: 'checks'; readonly on: boolean}
  | {readonly kind: 'refused'; readonly refusal: Refusal}
  | {readonly kind: 'nothing'}
  /** What it does isn't known; `undefined` for to what. */
  | {readonly kind: 'unknown'; readonly table: Name | undefined}
