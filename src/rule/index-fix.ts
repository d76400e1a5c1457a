import type {SpecDocument} from '../document/types.ts'
import {isPythonFence} from '../sql/dialect.ts'
import {nameInSql} from '../sql/inverse.ts'
import type {Name, Operation, OperationOf} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {isUndone} from '../sql/takers.ts'
import type {BoundDocument} from '../type/types.ts'
import {rollbackEdit} from './half-fixes.ts'
import {halvesOf} from './halves.ts'
import {foreignKeysIn, forwardOperations, type TableKey} from './keys.ts'
import {called, nameOf, ofKind, ofTable, ownerOf, sameName} from './schema.ts'
import type {Edit, Fix} from './types.ts'

interface Facts {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly schema: SchemaFacts
}

/** The index that a foreign key lacks, as SQL without a semicolon. */
export function indexFor({table, key, operation}: TableKey): string {
  const {dialect} = operation.statement
  const columns = key.columns.map((column) => nameInSql(column, dialect)).join(', ')
  return `CREATE INDEX ${nameFor(table, key.columns)} ON ${nameInSql(table, dialect)}(${columns})`
}

function nameFor(table: Name, columns: readonly Name[]): string {
  return `idx_${[table, ...columns]
    .map(({text}) => text)
    .join('_')
    .replaceAll(/\W/gu, '_')}`
}

/**
 * Adds the index of a foreign key behind the key, in the schema section and in the migration alike, and its inverse to the
 * rollback where nothing else takes it back. None where the table doesn't have the columns, and where a half that says what
 * becomes of the schema doesn't speak of the table, or says it in models: the two would no longer agree.
 */
export function indexFix(one: TableKey, {document, type, schema}: Facts): Fix | undefined {
  const {table, key} = one
  const {declared, up, down, places, unread} = halvesOf({document, type, schema})
  if (!hasColumns(table, key.columns, forwardOperations(schema, type))) return undefined
  const halves = [declared, up].filter((half) => half.some(isOfSchema))
  const isInHalf = halves.some((half) => half.includes(one.operation))
  const homes = isInHalf ? halves.map((half) => homeIn(half, one)) : [one.operation]
  if (schema.models.tables.length > 0) return undefined
  if (homes.some((home) => !home || !isSql(home) || isCommented(home, document))) return undefined
  const edits = homes.flatMap((home) => (home ? [behind(home, indexFor(one), document)] : []))
  const made = indexOperation(one)
  if (down.length > 0 && isInHalf && !isUndone(made, down)) {
    const way = up.some(isOfSchema) ? up : declared
    const at = way.indexOf(homes.at(-1) ?? one.operation) + 1
    const steps = [...way.slice(0, at), made, ...way.slice(at)]
    const inverse = rollbackEdit(document, {up: steps, down, places, unread}, made)
    if (!inverse) return undefined
    edits.push(inverse)
  }
  return {title: 'Add the index', safety: 'unsafe', edits}
}

/** Whether a table has the columns, as far as the document makes the table. */
function hasColumns(table: Name, columns: readonly Name[], operations: readonly Operation[]): boolean {
  const made = ofTable(ofKind(operations, 'create-table'), table)
  if (made.length === 0) return true
  const known = [
    ...made.flatMap((one) => one.columns),
    ...ofTable(ofKind(operations, 'add-column'), table).map(({column}) => column),
  ]
  return columns.every((column) => called(known, nameOf, column).length > 0)
}

/** Where a half makes the key, or else the table. */
function homeIn(half: readonly Operation[], {table, key}: TableKey): Operation | undefined {
  const same = called(foreignKeysIn(half), ownerOf, table).find(
    (one) =>
      one.key.columns.length === key.columns.length &&
      one.key.columns.every((column, index) => sameName(column, key.columns[index] ?? column)),
  )
  return same?.operation ?? ofTable(ofKind(half, 'create-table'), table)[0]
}

function isOfSchema({kind}: Operation): boolean {
  return /^(?:create|add|drop|alter|rename|set)-/u.test(kind)
}

function isSql({statement: {code}}: Operation): boolean {
  return code.fenced && !isPythonFence(code)
}

/** A comment follows, which may be about the statement or about the next one: nothing comes between. */
function isCommented({statement: {end, code}}: Operation, {text}: SpecDocument): boolean {
  return /^;?[ \t]*(?:--|#|\/\*)|^;?\s*\r?\n\s*(?:--|#|\/\*)/u.test(text.slice(end, code.content.end))
}

function behind({statement}: Operation, text: string, {source, text: all}: SpecDocument): Edit {
  const end = statement.end + (all.startsWith(';', statement.end) ? 1 : 0)
  const line = source.slice(source.lineSpan(source.lineOf(statement.start)))
  const indent = /^[ \t>]*/u.exec(line)?.[0] ?? ''
  return {start: end, end, text: `${all[end - 1] === ';' ? '' : ';'}${source.eol}${indent}${text};`}
}

function indexOperation({table, key, operation}: TableKey): OperationOf<'create-index'> {
  const {start, end, statement} = operation
  const text = nameFor(table, key.columns)
  const {columns} = key
  return {
    kind: 'create-index',
    index: {
      kind: 'index',
      name: {text, key: text.toLowerCase(), hole: false, start, end},
      table,
      columns,
      unique: false,
      partial: false,
      concurrently: false,
      start,
      end,
    },
    start,
    end,
    statement,
  }
}
