import type {Span} from '../../document/types.ts'

/**
 * What prose says is done to an object: `make` (creates, adds), `take` (drops, removes), `change`, `keep` (it stays, there is
 * no way back), `other` (backfills, compares), `none` (no verb at all, as in a bare list of names).
 */
export type Act = 'make' | 'take' | 'change' | 'keep' | 'other' | 'none'

export type ObjectKind =
  | 'table'
  | 'column'
  | 'index'
  | 'constraint'
  | 'key'
  | 'foreign'
  | 'unique'
  | 'check'
  | 'primary'
  | 'type'
  | 'function'
  | 'trigger'
  | 'view'
  | 'schema'
  | 'partition'
  | 'object'

/** A name, and what is done to it. */
export interface SpokenName extends Span {
  readonly text: string
  /** Parts in lower case, without quotes. */
  readonly parts: readonly string[]
  readonly act: Act
  /** As the word beside it says: `the index idx_a`. */
  readonly kind: ObjectKind | undefined
  /** It says where, not what: "on `orders`". */
  readonly place: boolean
  /** In back quotes, with an underscore or a dot: no word of plain English. */
  readonly marked: boolean
  /** Counts up with each step: two names of one step have no order. */
  readonly step: number
  /** By a gerund, as in "Adding `a` takes a minute": it explains, and is no step by itself. */
  readonly aside: boolean
  /** "temporary", "a backup copy": a means and no end. */
  readonly helper: boolean
}

/** Objects that are spoken of by their kind alone: "both indexes", "with its constraints". */
export interface SpokenKind extends Span {
  readonly kind: ObjectKind
  readonly act: Act
  /** The last part of the names that they belong to; empty: any. */
  readonly of: readonly string[]
}

export interface Speech {
  readonly names: readonly SpokenName[]
  readonly kinds: readonly SpokenKind[]
  /** Written as statements: `CREATE TABLE a`, in capitals. */
  readonly formal: boolean
  /** It says in which order the steps run otherwise than by their place: "after", "before". */
  readonly unordered: boolean
}
