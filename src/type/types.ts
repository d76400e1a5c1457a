/**
 * The type language (a spec type as JSON, `schemas/spec-type.schema.json`) and what binding one to a document yields.
 * Rules read bindings; they never match headings or validate values themselves.
 */
import type {
  Cell,
  CodeBlock,
  Field,
  Item,
  Json,
  List,
  ListItem,
  MetadataEntry,
  MetadataOrigin,
  Row,
  Section,
  Span,
  Table,
  Text,
} from '../document/types.ts'

export type JsonSchema = {readonly [key: string]: Json}

export type Severity = 'error' | 'warning' | 'info'
export type SeveritySetting = Severity | 'off'
export type RuleSetting = SeveritySetting | readonly [SeveritySetting, {readonly [option: string]: Json}]

/** A spec type as written in a `.spec.json` file, `extends` already resolved. */
export interface SpecType {
  readonly name: string
  readonly title: string
  readonly description: string
  /** As documents name it; `undefined` for a type that counts none. */
  readonly version: string | undefined
  /** Metadata key in which documents name the version that they were made from; without one, a comment does. */
  readonly versionKey: string | undefined
  readonly detect: Detect | undefined
  readonly documentTitle: TitleSpec | undefined
  readonly metadata: MetadataSpec | undefined
  readonly outline: Outline
  readonly phases: Phases | undefined
  readonly ids: readonly IdSpec[]
  readonly identity: IdentitySpec | undefined
  readonly relations: readonly RelationSpec[]
  readonly changelog: ChangelogSpec | undefined
  readonly migrationName: MigrationNameSpec | undefined
  readonly template: TemplateSpec
  readonly rules: {readonly [rule: string]: RuleSetting}
}

/** How a document shows that it is of this type. Each signal found adds its weight; `minimum` is the least sum. */
export interface Detect {
  /** Metadata keys, as in the template. */
  readonly metadata: readonly Signal[]
  /** Regular expressions (RE2 syntax) over the text of the H1. */
  readonly title: readonly Signal[]
  /** Headings, compared as headings of the outline are. */
  readonly headings: readonly Signal[]
  readonly minimum: number
}

export interface Signal {
  readonly text: string
  readonly weight: number
}

export interface TitleSpec {
  /** RE2 over the H1's text; unanchored. */
  readonly pattern: string | undefined
  /** What a right H1 looks like, for messages. */
  readonly example: string
  /** Metadata key that names the same thing as the H1. */
  readonly sameAs: string | undefined
}

export interface MetadataSpec {
  /** Where the template has it; it is read wherever it stands. */
  readonly in: MetadataOrigin
  /** Heading of the section that holds the lines, when they don't stand under the H1. */
  readonly section: string | undefined
  /** JSON Schema (draft 2020-12) of the metadata as an object; property names are the template's keys. */
  readonly schema: JsonSchema
  /** Key of the status. */
  readonly status: string | undefined
  /** Keys whose value is a date of the document, in the order in which they must follow each other. */
  readonly dates: readonly string[]
  /** Other spellings of keys: `authors` to `author`. */
  readonly aliases: {readonly [key: string]: readonly string[]}
}

export interface Outline {
  readonly order: 'strict' | 'any'
  /** Whether sections that the type doesn't know are welcome. */
  readonly additional: boolean
  readonly sections: readonly SectionSpec[]
  readonly constraints: readonly Constraint[]
}

/** Between sections, named by `id`. */
export type Constraint =
  | {readonly kind: 'anyOf'; readonly sections: readonly string[]}
  | {readonly kind: 'oneOf'; readonly sections: readonly string[]}
  | {readonly kind: 'conflicts'; readonly sections: readonly string[]}
  | {readonly kind: 'requires'; readonly if: string; readonly then: string}

/**
 * "N/A: reason"; "N/A" alone too, where that answers what is asked, or the section need not be there; nothing at all, where it is
 * filled in later.
 */
export type Omittable = false | 'reason' | 'word' | 'empty'

export interface SectionSpec {
  /** Unique in the type; made from the heading when the file gives none. */
  readonly id: string
  /** The heading as the template has it, without number. For a pattern: a name for messages. */
  readonly heading: string
  /** RE2 over the heading's title; the whole title must match, case-insensitively. */
  readonly pattern: string | undefined
  readonly aliases: readonly string[]
  readonly required: boolean | Condition
  /** What may stand in place of the content. */
  readonly omittable: Omittable
  readonly repeat: {readonly min: number; readonly max: number | undefined} | undefined
  readonly role: string | undefined
  /** How many heading levels below its parent it stands; 1 but where a template skips some. */
  readonly levels: number
  /** Order of the children. */
  readonly order: 'strict' | 'any'
  /** Which of its list items have to name a number. */
  readonly measurable: 'first' | 'each' | undefined
  readonly fields: FieldsSpec | undefined
  readonly entries: readonly EntrySpec[]
  readonly tables: readonly TableSpec[]
  readonly checklist: ChecklistSpec | undefined
  readonly steps: StepsSpec | undefined
  readonly code: CodeSpec | undefined
  readonly children: readonly SectionSpec[]
  /** Between the children. */
  readonly constraints: readonly Constraint[]
  /** What a scaffold and a fix insert below the heading. */
  readonly skeleton: string | undefined
  readonly description: string | undefined
}

/** `required: {"when": …}`. */
export interface Condition {
  readonly when: Test
}

export type Test =
  /** A named fact: `schema-change`, `migration`, `adds-index`, … */
  | string
  | {readonly metadata: string; readonly is: JsonSchema}
  | {readonly phase: readonly string[]}
  | {readonly all: readonly Test[]}
  | {readonly any: readonly Test[]}
  | {readonly not: Test}

/** The labelled lines of a section as one object: JSON Schema whose properties are labels. */
export interface FieldsSpec {
  readonly schema: JsonSchema
  /** `Current baseline` + `Delta` = `Target`. */
  readonly sums: readonly SumSpec[]
}

export interface SumSpec {
  readonly of: readonly string[]
  readonly is: string
}

/** Things of one kind in a section (requirements, use cases, personas), each with labelled lines of its own. */
export interface EntrySpec {
  /** For messages: "requirement". */
  readonly name: string
  /** Prefix of the identifier (`FR`), or `undefined` for the items of a list. */
  readonly id: string | undefined
  readonly min: number
  readonly fields: JsonSchema
}

export interface TableSpec {
  readonly columns: readonly ColumnSpec[]
  readonly required: boolean
  readonly minRows: number
  /** Label (`**Orders Table:**`) above the table; `undefined` for a table of the section itself. */
  readonly name: string | undefined
}

export interface ColumnSpec {
  readonly name: string
  readonly aliases: readonly string[]
  readonly required: boolean
  /** JSON Schema of a cell's text. */
  readonly cell: JsonSchema | undefined
}

export interface ChecklistSpec {
  /** Each item is known by these leading words. An item of the document that is free is welcome. */
  readonly items: readonly StepSpec[]
  readonly required: boolean
}

export interface StepsSpec {
  readonly items: readonly StepSpec[]
  readonly ordered: boolean
}

export interface StepSpec {
  readonly text: string
  readonly aliases: readonly string[]
  readonly required: boolean
}

export interface CodeSpec {
  readonly languages: readonly string[]
  readonly required: boolean
  /** Code in other languages is welcome beside it. */
  readonly others: boolean
}

export interface Phases {
  readonly phases: readonly Phase[]
}

export type PhaseKind = 'initial' | 'open' | 'final' | 'withdrawn'

export interface Phase {
  /** The status value. */
  readonly status: string
  readonly aliases: readonly string[]
  readonly kind: PhaseKind
  /** Statuses that may follow. */
  readonly next: readonly string[]
  /** Severities in this phase; `*` stands for every rule and only lowers. */
  readonly rules: {readonly [rule: string]: SeveritySetting}
}

/** A kind of identifier: how it is written, where it is given its meaning, who has to name it. */
export interface IdSpec {
  readonly prefix: string
  readonly name: string
  /** `FR-{n}`, `FR{prd}.{n}`: `{n}` counts; any other slot is a number that all identifiers of a document share. */
  readonly form: string
  /** Ids of the sections in which they are given their meaning; without any, the whole document. */
  readonly in: readonly string[]
  /** Any of them is enough; without any, nobody has to. */
  readonly coveredBy: readonly CoverSpec[]
}

/** Where an identifier has to be named: in a section with a role, or in an entry of another kind (a use case). */
export type CoverSpec =
  | {readonly kind: 'role'; readonly role: string; readonly name: string}
  | {readonly kind: 'ids'; readonly prefix: string; readonly name: string}

/** What tells one document of a type from all others: a key of the metadata, or the first group of an RE2 over the H1. */
export type IdentitySpec = {
  /** Two documents with one identity are a mistake; else it is only a name to refer to. */
  readonly unique: boolean
} & ({readonly kind: 'metadata'; readonly key: string} | {readonly kind: 'title'; readonly pattern: string})

/** A key of the metadata that names other documents: by path, link or identity. */
export interface RelationSpec {
  readonly kind: 'supersedes' | 'superseded-by' | 'depends-on'
  readonly key: string
}

/** How rows of the section with the role `changelog` and the metadata say the same. */
export interface ChangelogSpec {
  readonly version: ColumnOfKey | undefined
  readonly date: ColumnOfKey | undefined
}

export interface ColumnOfKey {
  readonly column: string
  readonly metadata: string
}

export interface MigrationNameSpec {
  readonly preset: string
  /** For messages. */
  readonly example: string
}

export interface TemplateSpec {
  /** Tokens that the template leaves to be filled in, as they stand in it (`[Feature Name]`, `{{TABLE}}`). */
  readonly placeholders: readonly string[]
  /** Menus of the template, left whole they are no choice (`Must / Should / Could`). */
  readonly menus: readonly string[]
  /** Sentences that instruct the author and are to be deleted. */
  readonly guidance: readonly string[]
}

// ---------------------------------------------------------------------------------------------------------------
// Bindings

export interface BoundDocument {
  readonly type: SpecType
  readonly metadata: BoundMetadata
  readonly status: BoundStatus | undefined
  /** Names of the facts that hold. */
  readonly facts: ReadonlySet<string>
  /** Every section of the type, parents before children. */
  readonly sections: readonly BoundSection[]
  /** Sections of the document that are bound to nothing, outermost only. */
  readonly extras: readonly Section[]
  readonly constraints: readonly ConstraintProblem[]
  /** One for each kind of identifier. */
  readonly ids: readonly BoundIds[]
  /** The bound section of a document section. */
  boundOf(section: Section): BoundSection | undefined
  /** Sections found with this role, and labelled lines that have it with what stands below, in the order of the document. */
  withRole(role: string): readonly Section[]
}

export interface BoundMetadata {
  /** There is metadata, however little. */
  readonly present: boolean
  readonly entries: readonly BoundEntry[]
  /** Property name to value. */
  readonly value: {readonly [property: string]: Json}
  readonly missing: readonly MissingProperty[]
  readonly unknown: readonly UnknownEntry[]
  readonly invalid: readonly EntryProblem[]
  entry(property: string): MetadataEntry | undefined
}

export interface BoundEntry {
  readonly property: string
  readonly entry: MetadataEntry
}

export interface MissingProperty {
  readonly property: string
  readonly schema: JsonSchema
  /** Where to report it: the fence, line or heading after which it belongs. */
  readonly at: Span
  /** End of the line that its own goes behind, its line, and the line breaks before and after it. */
  readonly insert: {
    readonly offset: number
    readonly text: string
    readonly before: string
    readonly after: string
  }
}

export interface UnknownEntry {
  readonly entry: MetadataEntry
  readonly nearest: string | undefined
  /** The schema allows no key but its own. */
  readonly closed: boolean
}

/** A value that its schema refuses. */
export interface ValueProblem {
  /** The text at fault, and where it stands. */
  readonly at: Text
  /** JSON Schema keyword that failed. */
  readonly keyword: string
  /** What is right, as the end of "expected …": `` one of `H`, `M`, `L` ``, "a date such as `2026-03-31`". */
  readonly expected: string
  /** Exact replacements of `at`, nearest first; empty when none is known. */
  readonly replacements: readonly string[]
}

export interface EntryProblem extends ValueProblem {
  readonly property: string
  readonly entry: MetadataEntry
}

export interface BoundStatus {
  readonly entry: MetadataEntry
  readonly value: Text
  /** `undefined` when the value is none of the type's. */
  readonly phase: Phase | undefined
  /** The value is the template's whole menu. */
  readonly menu: boolean
}

export type SectionState =
  /** Bound by heading, alias or pattern, at its place. */
  | 'found'
  | 'missing'
  /** A heading that is nearly right. */
  | 'misspelt'
  /** Right heading under another parent. */
  | 'misplaced'
  /** Right heading and parent, another level. */
  | 'depth'

export interface BoundSection {
  readonly spec: SectionSpec
  /** What it is called here: as in the type, with the number of the document in its identifier. */
  readonly heading: string
  readonly parent: BoundSection | undefined
  readonly state: SectionState
  /** The condition holds (a repeated section: `repeat.min` is at least 1). */
  readonly required: boolean
  /** The sections bound to it: none when missing, several when it repeats. */
  readonly matches: readonly Section[]
  /** For a missing one: its name in bold, where its heading should stand. */
  readonly bold: BoldName | undefined
  /** Later siblings with the same heading, where the type allows one. */
  readonly duplicates: readonly Section[]
  /** Heading level it has to have here. */
  readonly depth: number
  /** The matches that stand out of order, with the neighbours between which they belong. */
  readonly displaced: readonly {
    readonly section: Section
    readonly after: Section | undefined
    readonly before: Section | undefined
  }[]
  /** "N/A: reason" stands in place of the content. */
  readonly notApplicable: boolean
  /** The matches without content; nothing more is asked of them. */
  readonly hollow: readonly Hollow[]
  /** For a missing one: the neighbours between which it goes, and the offset. */
  readonly gap: Gap
  /** One for each match: labelled lines. */
  readonly fields: readonly BoundFields[]
  readonly entries: readonly BoundEntries[]
  readonly tables: readonly BoundTable[]
  readonly checklists: readonly BoundSteps[]
  readonly steps: readonly BoundSteps[]
  readonly codes: readonly BoundCode[]
}

/** The name of a section in bold, without the marks; `line` is the paragraph that holds nothing else. */
export interface BoldName extends Text {
  readonly line: Span | undefined
}

/** A section that holds nothing, a comment alone, or a word for nothing (`TBD`, `N/A` without a reason). */
export interface Hollow {
  readonly section: Section
  readonly kind: 'empty' | 'comment' | 'nothing'
  /** The word. */
  readonly text: string
}

export interface Gap {
  readonly after: Section | undefined
  readonly before: Section | undefined
  /** Range to report at: the heading of `after`, else of the parent, else of `before`, else the first line. */
  readonly at: Span
  readonly offset: number
}

export interface BoundFields {
  readonly section: Section
  /** Whose lines they are, in words: "section `Context & Goals`", "requirement `FR-1`". */
  readonly owner: string
  readonly found: readonly {readonly property: string; readonly field: Field}[]
  readonly missing: readonly {
    readonly property: string
    readonly at: Span
    readonly offset: number
    readonly near: Field | undefined
  }[]
  readonly invalid: readonly (ValueProblem & {readonly property: string; readonly field: Field})[]
}

export interface BoundEntries {
  readonly section: Section
  readonly spec: EntrySpec
  readonly items: readonly (Item | ListItem)[]
  readonly fields: readonly BoundFields[]
  /** Fewer than `spec.min`. */
  readonly tooFew: boolean
}

export interface BoundTable {
  readonly section: Section
  readonly spec: TableSpec
  /** `undefined` when the section has no such table. */
  readonly table: Table | undefined
  /** Required columns that the header lacks; `near` is a header cell that is nearly right. */
  readonly missing: readonly {readonly column: ColumnSpec; readonly near: Cell | undefined}[]
  /** Header cells that stand before a column they have to follow. */
  readonly displaced: readonly {readonly cell: Cell; readonly after: string}[]
  readonly cells: readonly (ValueProblem & {readonly column: string; readonly row: Row})[]
  readonly shortRows: readonly {readonly row: Row; readonly lacks: readonly string[]}[]
  readonly tooFewRows: boolean
}

export interface BoundSteps {
  readonly section: Section
  readonly found: readonly {readonly spec: StepSpec; readonly item: ListItem}[]
  readonly missing: readonly {
    readonly spec: StepSpec
    readonly after: ListItem | undefined
    readonly near: ListItem | undefined
  }[]
  /** The list itself; `undefined` when the section has none. */
  readonly lists: readonly List[]
}

export interface BoundCode {
  readonly section: Section
  readonly spec: CodeSpec
  readonly codes: readonly CodeBlock[]
  /** Fences with a language that isn't one of the section's. */
  readonly other: readonly CodeBlock[]
}

/** The identifiers of one kind. */
export interface BoundIds {
  readonly spec: IdSpec
  /** Sections in which they are given their meaning. */
  readonly homes: readonly Section[]
  /** The type names such sections, and the document has none of them, or only empty ones. */
  readonly homeless: boolean
  /** In the order of the document, further ones with the same id included. */
  readonly definitions: readonly BoundId[]
  /** In the order of the document. */
  readonly problems: readonly IdProblem[]
  /** Identifiers that the document means to define, what each wrong one should be included; without padding. */
  readonly meant: ReadonlySet<string>
  /** Where each source of `coveredBy` may name them: entries of another kind, or sections; none if the document has none. */
  readonly sources: readonly {
    readonly spec: CoverSpec
    readonly entries: readonly BoundId[]
    readonly sections: readonly Section[]
    /** Sections and task lists that belong to it are missing or empty: what they would name isn't known. */
    readonly incomplete: boolean
  }[]
}

export interface BoundId {
  readonly item: Item
  /** From the identifier to the next of its kind, or to the end of its section. */
  readonly extent: Span
  /** The values of the form's slots; `undefined` for one with further numbers (`FR-1.2`). */
  readonly parts: readonly number[] | undefined
  readonly coveredBy: readonly Cover[]
}

export interface Cover {
  readonly spec: CoverSpec
  readonly at: Span
  /** The identifier of the entry that names it, for a source of identifiers. */
  readonly by: string | undefined
}

/** What is wrong with an identifier, or with a heading or label that should have one. */
export interface IdProblem {
  readonly kind:
    | 'form'
    /** It has none at all. */
    | 'bare'
    | 'duplicate'
    /** Its first numbers are not those of the document. */
    | 'foreign'
    /** A number is left out before it: `expected`. */
    | 'gap'
  readonly at: Text
  /** What it should be; `undefined` when it can't be told. */
  readonly expected: string | undefined
  /** For a duplicate: the first one. */
  readonly first: Span | undefined
}

export interface ConstraintProblem {
  readonly constraint: Constraint
  readonly gap: Gap
  /** Headings that would satisfy it. */
  readonly headings: readonly string[]
  /** Sections that offend (`conflicts`, `oneOf`). */
  readonly found: readonly Section[]
}
