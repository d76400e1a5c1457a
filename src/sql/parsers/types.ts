import type {Dialect} from '../model.ts'

/** What a parser has against a text. */
export interface Fault {
  /** UTF-16 offset in the text. */
  readonly offset: number
  /** UTF-16 units from there; `undefined`: the token that stands there. */
  readonly length?: number
  /** One line without full stop. */
  readonly message: string
}

/**
 * A dialect's real parser: says whether one statement is legal, and if not, where it fails. What the statement does is
 * read from its tokens, since neither syntax tree tells the ranges of its parts.
 */
export interface Parser {
  readonly dialect: Dialect
  parse(text: string): Fault | undefined
}

/** Loads once a process; afterwards parsing is synchronous. */
export interface ParserSource {
  readonly dialects: readonly Dialect[]
  load(): Promise<(dialect: Dialect) => Parser>
}
