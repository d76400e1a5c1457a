/** What became of a document's SQL when an engine ran it: plain data, with the places in the document. */
import type {Span} from '../document/types.ts'
import type {BoundDocument, Category, Messages, Options, OptionSchemas, Report, Rule, SpecDocument} from './types.ts'

/** What an engine refused, or what was ended. */
export interface ProofFault extends Span {
  readonly phase: 'migration' | 'rollback' | 'again' | 'query' | 'rows' | 'declared'
  /** In the engine's words, without a full stop. */
  readonly message: string
  /** SQLSTATE; empty for SQLite, and where a limit ended it. */
  readonly code: string
  readonly hint: string
}

/** Something of a schema that one state has and another lacks. */
export interface ProofChange extends Span {
  readonly how: 'added' | 'removed' | 'changed'
  /** `column`, `index`, `enum`, … */
  readonly kind: string
  readonly name: string
  readonly definition: string
  /** For `changed`: what it is afterwards. */
  readonly now: string
  /** Only a generated name or the order of columns differs. */
  readonly slight: boolean
}

export interface ProofLoss extends Span {
  readonly table: string
  /** Empty for whole rows. */
  readonly column: string
  readonly before: string
  readonly after: string
  readonly rows: number
  /** The rollback says in words that something is lost. */
  readonly said: boolean
}

export interface ProofConstraint extends Span {
  readonly table: string
  readonly constraint: string
  readonly why: 'accepts' | 'not-valid' | 'not-enforced'
  readonly value: string
}

export interface ProofIndex extends Span {
  readonly index: string
  /** What the document says that it supports. */
  readonly query: string
  /** The first line of the plan that was taken instead. */
  readonly plan: string
}

export interface Proof {
  /** `PostgreSQL 18.6 (PGlite 0.5.16)` */
  readonly engine: string
  /** Nothing was executed, but a model of the database followed the statements; the first of the migration. */
  readonly modelled: Span | undefined
  /** Why nothing was executed, at what keeps it from being; half a sentence. */
  readonly unverified: readonly (Span & {readonly why: string})[]
  readonly faults: readonly ProofFault[]
  /** What is declared and the migration doesn't make, and the other way round. */
  readonly differences: readonly ProofChange[]
  readonly residue: readonly ProofChange[]
  readonly losses: readonly ProofLoss[]
  readonly lax: readonly ProofConstraint[]
  readonly unused: readonly ProofIndex[]
}

export interface ProofContext<M extends Messages, S extends OptionSchemas> {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly proof: Proof
  readonly options: Options<S>
  readonly report: Report<M>
}

/** A rule that looks at what became of a document's SQL; it runs where that is executed. */
export interface ProofRule<M extends Messages = Messages, S extends OptionSchemas = OptionSchemas> extends Omit<
  Rule<M, S>,
  'check' | 'fixable'
> {
  readonly scope: 'proof'
  readonly category: Category
  check(context: ProofContext<M, S>): void
}
