import type {CodeBlock, Field, Section, SpecDocument, Table} from '../document/types.ts'
import {isSql, statementsOf} from './statements.ts'
import type {SchemaChange, Statement} from './types.ts'

/** What a document changes in a database schema, stated as a fact: DDL, columns, attributes, models. In the order of the text. */
export function schemaChangesOf(document: SpecDocument): readonly SchemaChange[] {
  const changes = [document.root, ...document.sections].flatMap((section) => [
    ...section.codes.flatMap((code) => codeChanges(code, section)),
    ...section.tables.flatMap((table) => tableChanges(table, section)),
    ...section.fields.flatMap((field) => attributeChanges(field, section)),
  ])
  return changes.toSorted((a, b) => a.start - b.start)
}

function codeChanges(code: CodeBlock, section: Section): readonly SchemaChange[] {
  if (isSql(code)) return statementsOf(code, section).flatMap(statementChange)
  if (code.language === 'prisma') return found(code, section, /^(?:model|enum|view)\s+(\w+)\s*\{/gmu, 'prisma')
  if (code.language === 'python' || code.language === 'py')
    return found(
      code,
      section,
      /\bop\.(?:create_table|add_column|alter_column|drop_column|drop_table|create_index|drop_index|create_foreign_key|rename_table|execute)\(\s*(?:["']([^"']+))?/gu,
      'alembic',
    )
  return []
}

function statementChange(statement: Statement): readonly SchemaChange[] {
  const {operation, name, section, start, end, verb} = statement
  if (operation === undefined || /\bTEMP(?:ORARY)?\b/u.test(verb)) return []
  return [
    {
      kind: 'schemaChange',
      operation,
      name,
      label: name === undefined ? verb : `${verb} ${name}`,
      source: 'sql',
      section,
      start,
      end,
    },
  ]
}

function found(
  code: CodeBlock,
  section: Section,
  pattern: RegExp,
  source: 'prisma' | 'alembic',
): readonly SchemaChange[] {
  return [...code.value.matchAll(pattern)].map((match) => ({
    kind: 'schemaChange',
    operation: /drop/u.test(match[0])
      ? 'drop-table'
      : /^(?:model|enum)|create_table/u.test(match[0])
        ? 'create-table'
        : 'alter-table',
    name: match[1],
    label: match[0].replace(/[\s({]+$/u, ''),
    source,
    section,
    start: code.offsetAt(match.index),
    end: code.offsetAt(match.index + match[0].length),
  }))
}

/** A table of columns: one that has a header `Column` and a header `Type`. */
function tableChanges(table: Table, section: Section): readonly SchemaChange[] {
  const header = table.header.map(({text}) => text.trim().toLowerCase())
  if (
    !header.some((name) => /^columns?(?: name)?$/u.test(name)) ||
    !header.some((name) => /^(?:data )?type$/u.test(name)) ||
    table.rows.length === 0
  )
    return []
  const name = section.heading?.title.text
  return [
    {
      kind: 'schemaChange',
      operation: 'create-table',
      name,
      label: `columns of ${name ?? 'a table'}`,
      source: 'columnTable',
      section,
      start: table.headerSpan.start,
      end: table.headerSpan.end,
    },
  ]
}

/** `**Attributes**:` and a list of `` `name`: Type … ``. */
function attributeChanges(field: Field, section: Section): readonly SchemaChange[] {
  if (!/^(?:attributes|new fields|modified fields)$/iu.test(field.label.text)) return []
  const items = field.blocks.flatMap((block) => (block.kind === 'list' ? block.items : []))
  if (!items.some(({text}) => /^[\w.]+\s*:\s*\S/u.test(text))) return []
  const name = section.heading?.title.text
  return [
    {
      kind: 'schemaChange',
      operation: /new|modified/iu.test(field.label.text) ? 'alter-table' : 'create-table',
      name,
      label: `${field.label.text} of ${name ?? 'an entity'}`,
      source: 'attributeList',
      section,
      start: field.label.start,
      end: field.label.end,
    },
  ]
}
