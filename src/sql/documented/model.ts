/** What a specification says of a schema outside of SQL: plain readonly data. All ranges are of UTF-16 offsets in the file. */
import type {CodeBlock, Section, Span, Text} from '../../document/types.ts'
import type {ColumnFact, ConstraintFact, IndexFact, Name, StatementFact, TypeFact} from '../model.ts'

/** A table or entity that is described column by column. */
export interface DocumentedTable extends Span {
  readonly kind: 'documentedTable'
  readonly name: Name
  readonly columns: readonly ColumnFact[]
  readonly constraints: readonly ConstraintFact[]
  /** Columns called a foreign key of which nobody says where it leads. */
  readonly foreign: readonly Name[]
  /** Columns that are said to be indexed, without a word of by what. */
  readonly indexed: readonly ColumnFact[]
  readonly section: Section
  readonly source: 'columnTable' | 'attributeList' | 'mermaid'
  /** As the headings say: `New Entities`, `Existing Entity: Part`. */
  readonly state: 'new' | 'existing' | undefined
  /** A header or label that speaks of columns or attributes, or keys: parameters and messages look alike otherwise. */
  readonly certain: boolean
  /** Whether the list holds all of it (`Attributes`), or what is added (`New Fields`) or modified (`Modified Fields`). */
  readonly part: 'all' | 'added' | 'modified'
  /** What each of its rows has a cell for, so that an empty one says something too. */
  readonly asks: ReadonlySet<'nullable' | 'default'>
  /** `old → new` of modified fields. */
  readonly changes: readonly TypeChange[]
}

export interface TypeChange extends Span {
  readonly column: Name
  readonly from: TypeFact | undefined
  readonly to: TypeFact | undefined
  /** What else is said of the column, with the name that it has: before, and afterwards. */
  readonly was?: ColumnFact
  readonly will?: ColumnFact
}

/** An index or a key in a list: `CREATE INDEX …`, `PRIMARY KEY (id)`, `UNIQUE on email`, `idx_a on (a, b)`. */
export interface DocumentedIndex extends Span {
  readonly kind: 'documentedIndex'
  readonly what: 'index' | 'primary' | 'unique'
  readonly name: Name | undefined
  /** As written, or the table in whose description it stands. */
  readonly table: Name | undefined
  /** Empty when only the name is given; expressions have an empty key. */
  readonly columns: readonly Name[]
  readonly unique: boolean
  readonly partial: boolean
  readonly section: Section
}

/** A check that a list or a table calls by its name, or a trigger that a section of them does. */
export interface DocumentedCheck extends Span {
  readonly kind: 'documentedCheck'
  readonly what: 'check' | 'trigger'
  readonly name: Name
  readonly section: Section
}

export interface DocumentedForeignKey extends Span {
  readonly kind: 'documentedForeignKey'
  /** What words call it that don't say of which table it is. */
  readonly name?: Name | undefined
  /** Names that stand before it in the text, one of which may be its table. */
  readonly near?: readonly Name[]
  /** As written, or the table in whose description it stands. */
  readonly table: Name | undefined
  readonly columns: readonly Name[]
  readonly to: Name
  /** Empty: the primary key. */
  readonly target: readonly Name[]
  readonly onDelete: Text | undefined
  readonly section: Section
}

/** "One `a` has many `b`", `a ↔ c ↔ b`, `a ||--o{ b : owns`. */
export interface DocumentedRelation extends Span {
  readonly kind: 'documentedRelation'
  readonly cardinality: 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many'
  readonly from: Name
  readonly to: Name
  readonly through: Name | undefined
  readonly section: Section
  readonly source: 'list' | 'mermaid'
}

export interface DocumentedEnum extends Span {
  readonly kind: 'documentedEnum'
  /** The enum's name, or the column's for one in a cell or an attribute. */
  readonly name: Name
  /** As stored, without quotes. */
  readonly values: readonly Text[]
  /** For a column: its table. */
  readonly table: Name | undefined
  readonly section: Section
  /** `prose`: words that may be values. `program`: of a language of which nothing else is read. */
  readonly source: 'program' | 'python' | 'typescript' | 'prisma' | 'list' | 'table' | 'column' | 'prose'
}

export type JsonKind = 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'array' | 'object'

export interface ExampleRow extends Span {
  readonly kind: 'exampleRow'
  readonly table: Name | undefined
  readonly entries: readonly ExampleEntry[]
  readonly code: CodeBlock
  readonly section: Section
}

export interface ExampleEntry {
  /** Range without the quotes. */
  readonly key: Name
  readonly value: ExampleValue
}

/** `text` is the source as written, quotes included. */
export interface ExampleValue extends Text {
  readonly type: JsonKind
  /** The string without quotes and escapes, the number, …; `undefined` for arrays and objects. */
  readonly scalar: string | number | boolean | null | undefined
}

/** A model of an object mapper, or an entity of a diagram. */
export interface ModelTable extends Span {
  readonly kind: 'modelTable'
  readonly source: 'prisma' | 'python'
  /** Name of the class or model. */
  readonly name: Name
  /** Name of the table where one is given (`__tablename__`, `@@map`). */
  readonly table: Name | undefined
  readonly columns: readonly ColumnFact[]
  readonly constraints: readonly ConstraintFact[]
  readonly indexes: readonly IndexFact[]
  readonly relations: readonly ModelRelation[]
  readonly code: CodeBlock
  readonly section: Section
}

export interface ModelRelation extends Span {
  readonly field: Name
  readonly to: Name
  readonly many: boolean
}

/** The two functions of an Alembic migration. */
export interface MigrationScript extends Span {
  readonly kind: 'migrationScript'
  readonly upgrade: readonly StatementFact[]
  readonly downgrade: readonly StatementFact[]
  readonly code: CodeBlock
  readonly section: Section
}

export interface ModelFacts {
  readonly tables: readonly ModelTable[]
  readonly enums: readonly DocumentedEnum[]
  readonly migrations: readonly MigrationScript[]
}
