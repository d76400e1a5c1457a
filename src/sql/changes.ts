import {sectionAt} from '../document/places.ts'
import type {Section, Span, SpecDocument} from '../document/types.ts'
import {alembicChanges} from './documented/alembic-changes.ts'
import {describedTables} from './documented/index.ts'
import type {DocumentedTable} from './documented/model.ts'
import {prismaIn} from './documented/prisma.ts'
import {ddlOf, type SchemaOperation} from './ddl.ts'
import {decideDialect, dialectOfFence, isSqlFence} from './dialect.ts'
import type {Dialect, Operation} from './model.ts'
import {outline} from './outline.ts'

/** A change of a database schema that the document states as a fact: prose alone never makes one. */
export interface SchemaChange extends Span {
  readonly kind: 'schemaChange'
  readonly operation: SchemaOperation
  /** Name of the table, index, type; `undefined` when it can't be read. */
  readonly name: string | undefined
  /** In the document's words: `CREATE TABLE orders`, `columns of orders`. */
  readonly label: string
  readonly source: 'sql' | 'columnTable' | 'attributeList' | 'prisma' | 'alembic'
  /** Names of the columns that it adds. */
  readonly columns: readonly string[]
  readonly section: Section
}

/**
 * What a document changes in a database schema, in the order of the text: DDL in fences, described columns and attributes,
 * Prisma models, Alembic operations. Synchronous; needs no parser.
 */
export function schemaChangesOf(document: SpecDocument, setting?: Dialect): readonly SchemaChange[] {
  return [
    ...sqlChanges(document, setting),
    ...describedTables(document, true).flatMap(described),
    ...prismaChanges(document),
    ...alembicChanges(document),
  ].toSorted((a, b) => a.start - b.start)
}

function sqlChanges(document: SpecDocument, setting: Dialect | undefined): readonly SchemaChange[] {
  const codes = document.codes.filter(isSqlFence)
  if (codes.length === 0) return []
  const decided = decideDialect(document, setting)?.dialect ?? 'postgresql'
  return codes.flatMap((code) => {
    const section = sectionAt(document, code.start)
    const dialect = setting ?? dialectOfFence(code) ?? decided
    return merged(outline({code, section, dialect}).flatMap((operation) => ofOperation(operation, section)))
  })
}

function ofOperation(operation: Operation, section: Section): readonly SchemaChange[] {
  const change = ddlOf(operation)
  if (!change) return []
  const {start, end} = change.inside ? operation : operation.statement
  return [
    {
      kind: 'schemaChange',
      operation: change.operation,
      name: change.name,
      label: change.label,
      source: 'sql',
      columns: columnsOf(operation),
      section,
      start,
      end,
    },
  ]
}

/** `ALTER TABLE a ADD b INT, ADD c INT` is one change of a table. */
function merged(changes: readonly SchemaChange[]): readonly SchemaChange[] {
  const all = new Map<string, {readonly change: SchemaChange; readonly columns: string[]}>()
  for (const change of changes) {
    const key = `${change.start} ${change.label}`
    const known = all.get(key) ?? {change, columns: []}
    known.columns.push(...change.columns)
    all.set(key, known)
  }
  return [...all.values()].map(({change, columns}) => ({...change, columns}))
}

function columnsOf(operation: Operation): readonly string[] {
  if (operation.kind === 'create-table') return operation.columns.map(({name}) => name.text)
  return operation.kind === 'add-column' ? [operation.column.name.text] : []
}

/** Described in full, an entity that the headings call existing doesn't change. */
function described(table: DocumentedTable): readonly SchemaChange[] {
  const {name, columns, part, certain, section, start, end} = table
  if (!certain || (part === 'all' && isExisting(section))) return []
  const {source} = table
  if (source === 'mermaid') return []
  const words =
    source === 'columnTable' ? 'columns' : part === 'all' ? 'attributes' : `${part === 'added' ? 'new' : part} fields`
  return [
    {
      kind: 'schemaChange',
      operation: part === 'all' ? 'create-table' : 'alter-table',
      name: name.text,
      label: `${words} of ${name.text || 'a table'}`,
      source,
      columns: part === 'modified' ? [] : columns.map((column) => column.name.text),
      section,
      start,
      end,
    },
  ]
}

function isExisting(section: Section): boolean {
  for (let one: Section | undefined = section; one?.heading; one = one.parent) {
    const title = one.heading.title.text
    if (/\b(?:new|added|add|modif\w*|chang\w*|updated?|alter\w*|exten\w*)\b/i.test(title)) return false
    if (/\b(?:existing|current|unchanged)\b/i.test(title)) return true
  }
  return false
}

function prismaChanges(document: SpecDocument): readonly SchemaChange[] {
  const {tables, enums} = prismaIn(document)
  const common = {kind: 'schemaChange', source: 'prisma'} as const
  return [
    ...tables.map(({name, columns, section, start, end}): SchemaChange => ({
      ...common,
      operation: 'create-table',
      name: name.text,
      label: `model ${name.text}`,
      columns: columns.map((column) => column.name.text),
      section,
      start,
      end,
    })),
    ...enums.map(({name, section, start, end}): SchemaChange => ({
      ...common,
      operation: 'create-type',
      name: name.text,
      label: `enum ${name.text}`,
      columns: [],
      section,
      start,
      end,
    })),
  ]
}
