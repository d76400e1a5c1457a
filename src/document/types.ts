/**
 * The document model: a Markdown file as readonly data.
 *
 * All offsets are UTF-16 code units of the original file (a byte order mark counts), 0-based, end exclusive.
 * Lines and columns appear only where a finding leaves the linter.
 */

/** A half-open range of the original text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A piece of visible text and where it stands. */
export interface Text extends Span {
  readonly text: string
}

/** A value that JSON can hold, as metadata and fields are read. */
export type Json = string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json}

/** Lines of a text; positions are 1-based as in unist, columns count UTF-16 units without the byte order mark. */
export interface Source {
  readonly text: string
  /** 1 if the text begins with a byte order mark, else 0. */
  readonly bom: 0 | 1
  readonly eol: '\n' | '\r\n' | '\r'
  readonly lineCount: number
  /** 1-based line of an offset. */
  lineOf(offset: number): number
  /** Line, column (both 1-based) and offset of an offset, clamped to the text. */
  pointOf(offset: number): Point
  /** Range of a 1-based line without its line ending. */
  lineSpan(line: number): Span
  slice(span: Span): string
}

export interface Point {
  readonly line: number
  readonly column: number
  readonly offset: number
}

export type Depth = 1 | 2 | 3 | 4 | 5 | 6

/** The number in front of a heading: `3.2` in `### 3.2 Database Schema`. The span covers digits and dots alone. */
export interface HeadingNumber extends Span {
  readonly text: string
  readonly parts: readonly number[]
}

export interface Heading extends Span {
  readonly kind: 'heading'
  readonly depth: Depth
  /** Visible text, markup removed, number included. */
  readonly text: string
  readonly number: HeadingNumber | undefined
  /** Visible text without the number; its span is where it stands in the source (markup included). */
  readonly title: Text
}

/** What a section may hold; blocks stand in the order of the document. */
export type Block = Paragraph | List | Table | CodeBlock | HtmlBlock | Quote | OtherBlock

export interface Paragraph extends Span {
  readonly kind: 'paragraph'
  readonly text: string
}

export interface Quote extends Span {
  readonly kind: 'quote'
  readonly text: string
}

/** A comment or other raw HTML. `comment` is the inside of an HTML comment. */
export interface HtmlBlock extends Span {
  readonly kind: 'html'
  readonly comment: string | undefined
}

/** Thematic breaks, definitions, footnotes. */
export interface OtherBlock extends Span {
  readonly kind: 'other'
  readonly type: string
}

export interface List extends Span {
  readonly kind: 'list'
  readonly ordered: boolean
  readonly items: readonly ListItem[]
}

export interface ListItem extends Span {
  readonly kind: 'listItem'
  /** Visible text of the item's first paragraph. */
  readonly text: string
  /** Range of that first paragraph (without bullet and check box). */
  readonly textSpan: Span
  /** The printed number of an ordered item. */
  readonly number: number | undefined
  /** `undefined` when the item has no check box. */
  readonly checked: boolean | undefined
  /** Range of `[ ]` or `[x]`, if there is one. */
  readonly checkbox: Span | undefined
  /** Text of the leading bold words (`**Create Migration:**`), without a colon; `undefined` without them. */
  readonly lead: Text | undefined
  readonly blocks: readonly Block[]
  /** Labelled lines that the item holds: its nested list's, and bold ones below it. */
  readonly fields: readonly Field[]
}

export interface Table extends Span {
  readonly kind: 'table'
  readonly header: readonly Cell[]
  /** Range of the header line. */
  readonly headerSpan: Span
  readonly rows: readonly Row[]
}

export interface Row extends Span {
  /** As written: a short row has fewer cells than the header. */
  readonly cells: readonly Cell[]
}

/** Visible text of a cell; the span covers the trimmed content, and is empty where the cell is empty. */
export interface Cell extends Text {
  readonly kind: 'cell'
}

export interface CodeBlock extends Span {
  readonly kind: 'code'
  readonly fenced: boolean
  /** First word of the info string, lower case; `undefined` without one. */
  readonly language: string | undefined
  /** Range of the language word, or of the opening fence when there is none. */
  readonly languageSpan: Span
  readonly meta: string | undefined
  /** The code, indentation of the container removed. */
  readonly value: string
  /** Range of the content lines in the source. */
  readonly content: Span
  /** Maps an offset in `value` to the offset in the source. */
  offsetAt(index: number): number
}

/**
 * A labelled line: `**Status**: Draft`, `**Status:** Draft`, `- Actor: clerk`, `- **Approach**: Online`.
 * A label with nothing after it owns the blocks that follow, up to the next label or heading.
 */
export interface Field extends Span {
  readonly kind: 'field'
  readonly label: Text
  readonly value: Text
  /** `bold`: a paragraph line; `item`: a list item. */
  readonly style: 'bold' | 'item'
  /** Blocks that belong to the label: what follows it, or what its list item holds. */
  readonly blocks: readonly Block[]
  /** Fields of nested lists. */
  readonly fields: readonly Field[]
}

/** Where an identifier such as `FR-1`, `UC-2`, `FR3.1` is given its meaning. */
export interface Item extends Span {
  readonly kind: 'item'
  readonly id: string
  readonly prefix: string
  readonly idSpan: Span
  /** Text after the identifier and its separator. */
  readonly title: Text
  readonly where: 'heading' | 'label' | 'listItem' | 'cell'
  readonly fields: readonly Field[]
}

/** A mention of an identifier in prose, a list or a table; never in code. */
export interface Mention extends Span {
  readonly id: string
  readonly prefix: string
  /** The other end of a range ("FR-1 through FR-7"); `last` where it is left open ("FR-1 through FR-N"). */
  readonly through: string | undefined
}

export interface Section extends Span {
  readonly kind: 'section'
  /** `undefined` for the root, which holds what stands before the first heading. */
  readonly heading: Heading | undefined
  readonly depth: 0 | Depth
  readonly parent: Section | undefined
  readonly children: readonly Section[]
  /** Range of the section's own content: after its heading, before its first child. */
  readonly body: Span
  /** Own content only. */
  readonly blocks: readonly Block[]
  readonly fields: readonly Field[]
  /** All lists, tables and code of the own content, nested ones included, in order. */
  readonly lists: readonly List[]
  readonly tables: readonly Table[]
  readonly codes: readonly CodeBlock[]
}

/** One key of the metadata, wherever it was written. */
export interface MetadataEntry extends Span {
  /** As the author wrote it. */
  readonly key: Text
  /** As YAML reads it, or the trimmed text. Dates stay strings. */
  readonly value: Json
  /** Range of the value as written, quotes included; empty behind the key when there is no value. */
  readonly valueSpan: Span
  /** Source text of the value without quotes and trailing comment. */
  readonly raw: string
  readonly origin: MetadataOrigin
  /** For values inside the value: JSON Pointer (`/reviewers/0`) to range. */
  readonly inner: ReadonlyMap<string, Span>
}

export type MetadataOrigin = 'frontMatter' | 'lines' | 'list' | 'table' | 'section'

export interface Metadata {
  /** Front matter first, then what stands between the title and the first section, then `## Status` sections. */
  readonly entries: readonly MetadataEntry[]
  readonly frontMatter: FrontMatter | undefined
  readonly problems: readonly SyntaxProblem[]
}

export interface FrontMatter extends Span {
  /** Range of the YAML between the fences. */
  readonly content: Span
}

/** Metadata that can't be read: a sentence for people, and what to write instead. */
export interface SyntaxProblem extends Span {
  readonly code:
    | 'yaml'
    | 'duplicate-key'
    | 'unclosed'
    | 'alias'
    | 'tag'
    | 'directive'
    | 'not-a-map'
    | 'too-large'
    | 'not-first'
  readonly message: string
  readonly help: string
}

/** A token that looks as if a template's author had left it to be filled in. */
export interface Placeholder extends Text {
  readonly kind: 'placeholder'
  readonly shape: 'bracket' | 'brace' | 'angle' | 'date' | 'word' | 'menu'
  /** Where it stands. */
  readonly where: 'prose' | 'inlineCode' | 'code' | 'heading' | 'cell' | 'metadata'
  /** Language of the fence, for `where: 'code'`. */
  readonly language: string | undefined
}

/** `[Step 1]: [Description]`: read by Markdown as a link definition, and so dropped from the page. */
export interface Definition extends Span {
  readonly label: string
  readonly url: string
  readonly urlSpan: Span
  /** Some link in the document refers to it. */
  readonly used: boolean
}

export interface Comment extends Span {
  /** Inside of `<!-- … -->`, trimmed. */
  readonly text: string
}

/** A comment to the linter: `<!-- spec-lint VERB name, name -- reason -->`, or the same behind `#` in the front matter. */
export interface Directive extends Span {
  readonly kind: 'directive'
  /** As written; empty without one. Its range begins at `spec-lint` where no space parts the two. */
  readonly verb: Text
  /** A space stands between `spec-lint` and the verb, as it has to. */
  readonly separated: boolean
  readonly names: readonly Text[]
  /** What follows `--`; empty without it. */
  readonly reason: string
  readonly where: 'markdown' | 'frontMatter'
  /** For the verb `ignore`: the block, or the key of the front matter, that follows. */
  readonly next: Span | undefined
}

/** `<!-- spec-lint type prd@2 -->`: the type that a document is of, and the version that it was made from. */
export interface TypeComment extends Span {
  readonly name: string
  readonly version: string | undefined
}

export interface Link extends Span {
  /** As Markdown reads it, escapes resolved. */
  readonly url: string
  /** Where the address stands in the source, without angle brackets. */
  readonly urlSpan: Span
  readonly text: string
  readonly image: boolean
}

export interface SpecDocument {
  readonly kind: 'document'
  /** Path as given, with `/`; `undefined` for text without a file. */
  readonly path: string | undefined
  readonly text: string
  readonly source: Source
  readonly metadata: Metadata
  /** The first level-1 heading. */
  readonly title: Heading | undefined
  readonly headings: readonly Heading[]
  /** Holds everything; its children are the top headings. */
  readonly root: Section
  /** Every section but the root, in the order of the document. */
  readonly sections: readonly Section[]
  readonly codes: readonly CodeBlock[]
  readonly tables: readonly Table[]
  readonly lists: readonly List[]
  readonly items: readonly Item[]
  readonly mentions: readonly Mention[]
  readonly placeholders: readonly Placeholder[]
  readonly definitions: readonly Definition[]
  readonly comments: readonly Comment[]
  /** Without the comment that names the type. */
  readonly directives: readonly Directive[]
  readonly typeComment: TypeComment | undefined
  readonly links: readonly Link[]
  /** What a `#fragment` can lead to: GitHub's slugs of the headings, and explicit `id`s. */
  readonly anchors: ReadonlySet<string>
  /** Visible prose, one entry a text node: never code, never HTML, never front matter. */
  readonly prose: readonly Text[]
}
