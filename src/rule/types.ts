/** What a rule is and what it sees. The only module of ours that a rule, built in or a stranger's, imports. */
import type {Json, Span, SpecDocument, Text} from '../document/types.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {SchemaMoments} from '../sql/state/model.ts'
import type {SchemaChange} from '../sql/changes.ts'
import type {BoundDocument, PhaseKind, RelationSpec, Severity} from '../type/types.ts'

export type * from '../document/types.ts'
export type * from '../sql/documented/model.ts'
export type * from '../sql/model.ts'
export type * from '../sql/queries/model.ts'
export type * from '../sql/schema.ts'
export type * from '../sql/state/model.ts'
export type * from '../sql/changes.ts'
export type * from '../sql/ddl.ts'
export type * from '../type/types.ts'

interface Described {
  readonly description: string
}

/** The few JSON Schema shapes that a rule option may have. */
export type OptionSchema =
  | (Described & {readonly type: 'boolean'; readonly default: boolean})
  | (Described & {readonly type: 'integer'; readonly minimum?: number; readonly default: number})
  | (Described & {readonly type: 'string'; readonly enum?: readonly string[]; readonly default: string})
  | (Described & {
      readonly type: 'array'
      readonly items: {readonly type: 'string'}
      readonly default: readonly string[]
    })

export type OptionSchemas = Readonly<Record<string, OptionSchema>>

type OptionValue<S> = S extends {readonly enum: readonly (infer E)[]}
  ? E
  : S extends {readonly type: 'boolean'}
    ? boolean
    : S extends {readonly type: 'integer'}
      ? number
      : S extends {readonly type: 'string'}
        ? string
        : readonly string[]

export type Options<S extends OptionSchemas> = {readonly [K in keyof S]: OptionValue<S[K]>}

/** What is wrong (one line, no full stop), and what to write instead (sentences). `{name}` is a slot. */
export interface Message {
  readonly reason: string
  readonly note: string
}

export type Messages = Readonly<Record<string, Message>>

/** The `{names}` in a message. */
type Slot<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Slot<Rest> : never
type Slots<M extends Message> = Slot<M['reason']> | Slot<M['note']>

/** A replacement of a range of the original text. */
export interface Edit extends Span {
  readonly text: string
}

export interface Fix {
  /** What it does, for a menu: "Change `drft` to `draft`". */
  readonly title: string
  /** Safe: the meaning of the document stays. */
  readonly safety: 'safe' | 'unsafe'
  readonly edits: readonly Edit[]
}

/** What a finding may carry besides its place and its words. */
export interface Extra {
  /** Exact replacements of the reported range, nearest first. */
  readonly expected?: readonly string[]
  readonly fix?: Fix
  /** Another place that the finding speaks of, with a word for it. */
  readonly related?: readonly (Span & {readonly message: string})[]
  /** Lowers or raises this one finding against the rule's default; configuration still wins. */
  readonly severity?: Severity
}

type Data<M extends Message> = Readonly<Record<Slots<M>, string | number>>

/** One method a message: `report.missing(span, {section: 'Security'})`. */
export type Report<M extends Messages, At extends Span = Span> = {
  readonly [K in keyof M]: (
    at: At,
    ...rest: [Slots<M[K]>] extends [never] ? [data?: undefined, extra?: Extra] : [data: Data<M[K]>, extra?: Extra]
  ) => void
}

/** What a rule may ask of the world; tests replace it. */
export interface Project {
  /** Today in UTC, `YYYY-MM-DD`. */
  readonly today: string
  /** The document itself, among the others; `undefined` when it has no path. */
  readonly self: Specification | undefined
  /** The specifications of the run, this one included, in the order of their paths; without a run, this one and what it links to. */
  readonly specifications: readonly Specification[]
  /** The same, by what others know them by: ask here for some of them, so that the others may change. */
  readonly related: Related
  /** What a path leads to, relative to the document or, with a slash in front, to the root of the project. */
  target(path: string): Target
  /** The document as it was before the change that is looked at; `undefined` for a new one, and where no change is. */
  readonly before: Earlier | undefined
  /** What the documents that the change touches or deletes were before; empty where no change is looked at. */
  readonly earlier: readonly Specification[]
  /** The folder of migrations that the configuration names, or `undefined`. */
  readonly migrations: MigrationFolder | undefined
  /**
   * What the database has by the files of the configuration, around the first of these migrations that the folder has; without
   * one of them, `before` is `now`. `undefined` when the configuration names no files.
   */
  schemaAround(migrations: readonly string[]): SchemaMoments | undefined
}

/** An earlier form of a document, bound to the same type. */
export interface Earlier {
  readonly document: SpecDocument
  readonly type: BoundDocument
}

/** A folder of migrations, as its names tell it. */
export interface MigrationFolder {
  /** From the root of the project, with `/`. */
  readonly folder: string
  /** As the configuration or the names in the folder tell; a key of `migrationTools`. */
  readonly tool: string | undefined
  /** The migrations, without direction and ending. */
  readonly names: readonly string[]
  /** Their files, relative to the folder. */
  readonly paths: readonly string[]
}

/** Specifications by what others know them by: each of thousands of documents asks for a few of the thousands. */
export interface Related {
  /** The one at a path from the root of the project. */
  at(path: string): Specification | undefined
  /** Those that have an identity, by `identityForm`; in the order of the list, as all that follow. */
  identifiedAs(identity: string): readonly Specification[]
  /** Those that define an identifier, as written. */
  defining(id: string): readonly Specification[]
  /** Those whose metadata name another, by its path or by its identity. */
  naming(one: Pick<Specification, 'path' | 'identity'>): readonly Specification[]
}

/** The end of a link. Nothing outside of the project's root is ever looked at. */
export type Target =
  /** `anchors` of a Markdown file; `specification` if it is of a type. */
  | {
      readonly kind: 'file'
      readonly path: string
      readonly anchors: ReadonlySet<string> | undefined
      readonly specification: Specification | undefined
    }
  /** `documentsAlone`: all that stands in it is Markdown. */
  | {readonly kind: 'directory'; readonly documentsAlone: boolean}
  /** `nearest`: paths as the document would have to write them, nearest first. */
  | {readonly kind: 'missing'; readonly nearest: readonly string[]}
  | {readonly kind: 'outside'}
  /** There are no files to look at: a text without a path. */
  | {readonly kind: 'unknown'}

/** What other documents may know of a specification: plain data, made once for a run. */
export interface Specification {
  /** Relative to the root of the project, with `/`. */
  readonly path: string
  readonly type: string
  readonly title: string
  /** As the type's `identity` finds it. */
  readonly identity: string | undefined
  readonly status: string | undefined
  readonly phase: PhaseKind | undefined
  /** Identifiers that it defines. */
  readonly ids: readonly string[]
  readonly relations: readonly Relation[]
  /** Tables that it makes, as written. */
  readonly tables: readonly string[]
}

/** A document that the metadata names: by path when it is one, by identity else. */
export interface Relation {
  readonly kind: RelationSpec['kind']
  /** As written. */
  readonly text: string
  /** Relative to the root of the project; `undefined` for an identity. */
  readonly path: string | undefined
}

/** A comment that suppresses findings, held against what the other rules found. */
export interface Suppression extends Span {
  readonly verb: SuppressionName
  /** A space stands between `spec-lint` and the verb, as it has to. */
  readonly separated: boolean
  /** Without any, every rule is meant. */
  readonly rules: readonly (SuppressionName & {readonly use: Use; readonly ended: boolean})[]
  /** Behind `--`; empty without one. */
  readonly reason: string
  readonly use: Use
  /** For `disable`: the comments that end it; `alone` if they end nothing else. */
  readonly endings: readonly (Span & {readonly alone: boolean})[]
}

/** A verb or a rule as a comment names it. */
export interface SuppressionName extends Text {
  readonly known: boolean
  /** For an unknown one: what it may mean, nearest first. */
  readonly nearest: readonly string[]
}

/** Whether there was anything to suppress. Of rules that did not run nothing is known. */
export type Use = 'used' | 'unused' | 'unknown'

export interface Context<M extends Messages, S extends OptionSchemas> {
  readonly document: SpecDocument
  /** The document bound to its type. */
  readonly type: BoundDocument
  /** What the document changes in a database schema, in order. */
  readonly schemaChanges: readonly SchemaChange[]
  /** What it says of the schema: statements, tables, indexes, enums, example rows, models. */
  readonly schema: SchemaFacts
  readonly project: Project
  /** For rules of the category `suppressions`, which run when all others have; empty for those. */
  readonly suppressions: readonly Suppression[]
  readonly options: Options<S>
  readonly report: Report<M>
}

export type Category = 'metadata' | 'structure' | 'phases' | 'requirements' | 'migration' | 'proof' | 'suppressions'

export interface Docs {
  /** One sentence: what the rule holds. */
  readonly summary: string
  readonly why: string
  readonly remedy: string
  /** What it leaves alone on purpose. */
  readonly exceptions?: string
}

export interface Rule<M extends Messages = Messages, S extends OptionSchemas = OptionSchemas> {
  /** Kebab-case, the file's name. */
  readonly id: string
  readonly category: Category
  readonly severity: Severity | 'off'
  readonly since: string
  readonly docs: Docs
  /** Whether some finding carries a fix, and of which kind the most daring one is. */
  readonly fixable?: 'safe' | 'unsafe'
  readonly options: S
  readonly messages: M
  check(context: Context<M, S>): void
}

/** A rule with its own types forgotten, as the linter holds it. */
export type AnyRule = Omit<Rule, 'check'> & {
  /** What it looks at; a document, unless it is said. */
  readonly scope?: 'change' | 'proof'
  check(context: never): void
}

export type OptionValues = {readonly [option: string]: Json}
