/** What a rule is and what it sees. The only module of ours that a rule, built in or a stranger's, imports. */
import type {Json, Span, SpecDocument} from '../document/types.ts'
import type {SchemaChange} from '../sql/types.ts'
import type {BoundDocument, Severity} from '../type/types.ts'

export type * from '../document/types.ts'
export type * from '../sql/types.ts'
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
export type Report<M extends Messages> = {
  readonly [K in keyof M]: (
    at: Span,
    ...rest: [Slots<M[K]>] extends [never] ? [data?: undefined, extra?: Extra] : [data: Data<M[K]>, extra?: Extra]
  ) => void
}

/** What a rule may ask of the world; tests replace it. */
export interface Project {
  /** Today in UTC, `YYYY-MM-DD`. */
  readonly today: string
}

export interface Context<M extends Messages, S extends OptionSchemas> {
  readonly document: SpecDocument
  /** The document bound to its type. */
  readonly type: BoundDocument
  /** What the document changes in a database schema, in order. */
  readonly schemaChanges: readonly SchemaChange[]
  readonly project: Project
  readonly options: Options<S>
  readonly report: Report<M>
}

export type Category = 'metadata' | 'structure' | 'phases' | 'requirements' | 'migration'

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
export type AnyRule = Omit<Rule, 'check'> & {check(context: never): void}

export type OptionValues = {readonly [option: string]: Json}
