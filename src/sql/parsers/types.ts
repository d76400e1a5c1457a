import type {Dialect} from '../model.ts'
import type {Syntax} from './syntax.ts'

/** What a parser has against a text. */
export interface Fault {
  /** UTF-16 offset in the text. */
  readonly offset: number
  /** UTF-16 units from there; `undefined`: the token that stands there. */
  readonly length?: number
  /** One line without full stop. */
  readonly message: string
  /** Not the author's error: nobody could read it. */
  readonly limit?: true
}

/**
 * A dialect's real parser: says whether one statement is legal, and if not, where it fails. What the statement does is
 * read from its tokens, since neither syntax tree tells the ranges of its parts; how a query finds its rows, which is a
 * matter of precedence, from the tree.
 */
export interface Parser {
  readonly dialect: Dialect
  /** Throws only when the parser itself breaks. */
  parse(text: string): Fault | undefined
  /** `undefined` for what is neither a query nor an index, and for what can't be read. `isHole`: a placeholder was there. */
  read(text: string, isHole: (offset: number) => boolean): Syntax | undefined
  /** What the expressions of a legal statement name; only where the syntax tree tells it. */
  uses?(text: string): readonly Use[]
}

/** A column or function that an expression of a statement names. */
export interface Use {
  readonly kind: 'column' | 'function'
  /** Schema or table first, as the parser folds them. */
  readonly names: readonly string[]
  /** UTF-16 offset in the text. */
  readonly offset: number
  /** It stands in a query: its columns may be of another table. */
  readonly inQuery: boolean
}

/** Loads once a process, and again after it broke; afterwards parsing is synchronous. */
export interface ParserSource {
  readonly dialects: readonly Dialect[]
  /** `again` counts from 0. */
  load(again: number): Promise<(dialect: Dialect) => Parser>
}
