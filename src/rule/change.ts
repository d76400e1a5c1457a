/** What a rule of a whole change sees: the files of the schema that the change alters, and the documents beside them. */
import type {Span} from '../document/types.ts'
import type {Messages, Options, OptionSchemas, Report, Rule} from './types.ts'

/** A file that says something of the database's schema, as a change leaves it. The span is that of the first line that differs. */
export interface SchemaEdit extends Span {
  /** From the root of the project, with `/`. */
  readonly path: string
  /** The migration that it is, as a document would name it; `undefined` for a file that says what there is. */
  readonly migration: string | undefined
  /** The file is new. */
  readonly added: boolean
  /** What of the schema it makes, alters or drops; never empty. */
  readonly objects: readonly SchemaObject[]
}

export interface SchemaObject {
  /** Each of them is a name of the table, or of what else it is. */
  readonly names: readonly string[]
  /** What of it differs; empty when it does as a whole. */
  readonly parts: readonly string[]
}

/** A document of the run. */
export interface ChangeDocument {
  readonly text: string
  /** The change touches it. */
  readonly touched: boolean
}

export interface Change {
  /** In the order of their paths, those of migrations first. Comments and white space are no edit. */
  readonly schema: readonly SchemaEdit[]
  readonly documents: readonly ChangeDocument[]
}

export interface ChangeContext<M extends Messages, S extends OptionSchemas> {
  readonly change: Change
  readonly options: Options<S>
  /** At a file of the change. */
  readonly report: Report<M, SchemaEdit>
}

/** A rule that looks at a change, not at a document; it runs where a change is looked at. */
export interface ChangeRule<M extends Messages = Messages, S extends OptionSchemas = OptionSchemas> extends Omit<
  Rule<M, S>,
  'check' | 'fixable'
> {
  readonly scope: 'change'
  check(context: ChangeContext<M, S>): void
}
