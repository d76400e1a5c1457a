import type {CodeBlock, Section, Span} from '../document/types.ts'

export type SchemaOperation =
  | 'create-table'
  | 'alter-table'
  | 'drop-table'
  | 'create-index'
  | 'drop-index'
  | 'create-type'
  | 'alter-type'
  | 'drop-type'
  | 'create-other'
  | 'alter-other'
  | 'drop-other'

/** A change of a database schema that the document states as a fact: prose alone never makes one. */
export interface SchemaChange extends Span {
  readonly kind: 'schemaChange'
  readonly operation: SchemaOperation
  /** Name of the table, index, type; `undefined` when it can't be read. */
  readonly name: string | undefined
  /** In words: "`CREATE TABLE orders`", "column table `orders`". */
  readonly label: string
  readonly source: 'sql' | 'columnTable' | 'attributeList' | 'prisma' | 'alembic'
  readonly section: Section
}

/** One statement of an SQL text. */
export interface Statement extends Span {
  readonly code: CodeBlock
  readonly section: Section
  /** Source text without surrounding white space. */
  readonly text: string
  /** First keywords, upper case: `CREATE UNIQUE INDEX`. */
  readonly verb: string
  readonly operation: SchemaOperation | undefined
  readonly name: string | undefined
}
