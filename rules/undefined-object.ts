import {
  called,
  code,
  columnsOfQueries,
  type Context,
  defineRule,
  extensionOf,
  mistakenNames,
  forwardOperations,
  isBuiltinFunction,
  isBuiltinType,
  isKnownType,
  list,
  madeIn,
  makesAll,
  type Name,
  nameOf,
  nearest,
  ofKind,
  slippedColumns,
  type Operation,
  type Span,
  tableOf,
  triggerFunction,
  unmetNames,
  unmetTables,
  type UseFact,
  usesOf,
  type WholeTable,
  wholeTables,
} from 'spec-lint/rule'

export default defineRule({
  id: 'undefined-object',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Functions, types, tables, columns and extensions that a statement uses are there.',
    why: 'The migration fails at this statement, after those before it have run.',
    remedy: 'Create the object before it, or correct the name.',
    exceptions:
      'Functions and types are reported where the document makes every table that it speaks of, or its type documents a whole schema, and only in PostgreSQL; columns, also those of an INSERT, an UPDATE and a qualified one of a query, only of tables that the document creates in full; a table only where its name is a letter or an ending away from one of the document and stands nowhere else.',
  },
  options: {
    complete: {
      type: 'boolean',
      default: false,
      description: 'The document describes the whole schema: a function or type that it does not have does not exist.',
    },
  },
  messages: {
    column: {
      reason: '{what} names {column}, a column that {table} does not have',
      note: 'Its columns are {known}. Correct the name, or add the column.',
    },
    slip: {
      reason: 'The index names {column}, and the column that {table} gets is {meant}',
      note: 'Write {meant}, or say that the table has {column} already.',
    },
    function: {
      reason: 'Function {name} is defined nowhere in the document',
      note: 'Add {statement} before it, or correct the name.',
    },
    unmet: {
      reason: '{what} {name} is used here, and no statement makes it',
      note: 'Write {meant}, which is made in line {line} and used nowhere, or add what makes it.',
    },
    table: {
      reason: 'The statement names table {name}, which nothing in the document makes or describes',
      note: 'Write {meant}, which stands in line {line}, or say where the table comes from.',
    },
    folded: {
      reason: 'Without quotes {name} is not table {meant}, as PostgreSQL turns it into small letters',
      note: 'Write {meant}, as in line {line}.',
    },
    schema: {
      reason: 'Without its schema {name} is not table {meant}, as no `search_path` leads there',
      note: 'Write {meant}, as in line {line}, or set `search_path`.',
    },
    extension: {
      reason: '{name} comes with an extension that the document never creates',
      note: 'Write {statement} before it{instead}.',
    },
    type: {
      reason: 'Type {name} is defined nowhere in the document',
      note: 'Add {statement} before it, or correct the name.',
    },
  },
  check(context) {
    const {document, type, schema, options, report} = context
    const operations = forwardOperations(schema, type)
    // A script may give a table more columns than the SQL beside it.
    const scripts = schema.models.migrations.flatMap(({upgrade}) => upgrade.flatMap((one) => one.operations))
    const tables = wholeTables([...operations, ...scripts])
    for (const operation of operations) tellColumns(operation, tables, context)
    tellSlips(operations, tables, context)
    const seen = new Set<string>()
    const statements = schema.sql.statements.flatMap((one) => one.operations)
    for (const {what, text, meant, start, end} of unmetNames(statements, document)) {
      seen.add(text.toLowerCase())
      const words = {what, name: code(text), meant: code(meant.text), line: document.source.lineOf(meant.start)}
      report.unmet({start, end}, words, {expected: [meant.text]})
    }
    const isWhole = options.complete || makesAll(operations)
    if (!isWhole || schema.sql.decidedBy === 'parsed') return
    const isMade = madeIn(context, operations)
    for (const statement of new Set(operations.map((one) => one.statement))) {
      if (statement.dialect !== 'postgresql' || !isSchema(statement.operations)) continue
      const trigger = /^CREATE\b[^;]*\bTRIGGER\b/i.test(statement.text)
        ? triggerFunction(statement, document)
        : undefined
      for (const use of [...usesOf(statement, document), ...(trigger ? [trigger] : [])])
        if (use.kind === 'function' && use.names.length === 1) tellFunction(use)
    }
    for (const table of ofKind(operations, 'create-table')) {
      if (table.statement.dialect !== 'postgresql') continue
      for (const {type: own} of table.columns) {
        if (!own || own.hole || own.base.includes('.') || isKnownType(own) || isBuiltinType(own.base)) continue
        if (isMade(own.base) || seen.has(own.base)) continue
        seen.add(own.base)
        if (extensionOf(own.base) === undefined)
          report.type(own, {name: code(own.text), statement: code(`CREATE TYPE ${own.text} AS …;`)})
        else tellExtension(own.base, own)
      }
    }

    function tellFunction(use: UseFact): void {
      const [name = ''] = use.names
      if (isBuiltinFunction(name) || isBuiltinType(name) || isMade(name) || seen.has(name)) return
      seen.add(name)
      if (extensionOf(name) === undefined)
        report.function(use, {name: code(`${use.text}()`), statement: code(`CREATE FUNCTION ${use.text}() …;`)})
      else tellExtension(name, use)
    }

    function tellExtension(name: string, at: Span): void {
      const extension = extensionOf(name) ?? ''
      if (isInstalled(extension, name, document.text.toLowerCase())) return
      const quoted = /\W/u.test(extension) ? `"${extension}"` : extension
      const statement = code(`CREATE EXTENSION IF NOT EXISTS ${quoted};`)
      const instead = name.startsWith('uuid_generate_v4') ? `, or ${code('gen_random_uuid()')}, which needs none` : ''
      report.extension(at, {name: code(name), statement, instead})
    }
  },
})

/** Whether a text speaks of an extension; where it bears the name of its type, as an extension. */
function isInstalled(extension: string, name: string, text: string): boolean {
  if (extension !== name.toLowerCase()) return text.includes(extension)
  return ['extension', 'extension if not exists'].some((before) =>
    ['', '"', '`'].some(
      (quote) => text.includes(`${before} ${quote}${extension}`) || text.includes(`${extension}${quote} extension`),
    ),
  )
}

type Facts = Pick<Context<never, never>, 'document' | 'schema'>

/** Columns of indexes, keys, checks, generated columns and policies. */
function tellColumns(
  operation: Operation,
  tables: readonly WholeTable[],
  {
    document,
    report,
  }: Facts & {
    readonly report: {column(at: Span, data: ColumnData, extra?: {readonly expected: readonly string[]}): void}
  },
): void {
  const owner = tableOf(operation)
  const [table] = owner ? called(tables, nameOf, owner) : []
  if (!table) return
  const uses = isFirst(operation) ? usesOf(operation.statement, document) : []
  const inExpressions = uses
    .filter(
      ({kind, names, inQuery, text}) =>
        kind === 'column' && !inQuery && names.length === 1 && !/^(?:new|old|excluded|value)$/i.test(text),
    )
    .map(({names: [key = ''], text, start, end}) => ({key, text, start, end}))
  const seen = new Set<number>()
  for (const {key, text, start, end} of [...namedBy(operation), ...inExpressions]) {
    if (key === '' || seen.has(start) || table.keys.has(key.toLowerCase())) continue
    seen.add(start)
    const known = table.columns.map((one) => one.text)
    report.column(
      {start, end},
      {what: whatOf(operation), column: code(text), table: code(table.name.text), known: list(known)},
      {expected: nearest(text, known).slice(0, 1)},
    )
  }
}

/** Columns of statements that their tables lack, and names that are slips of others. */
function tellSlips(
  operations: readonly Operation[],
  tables: readonly WholeTable[],
  {document, schema, report}: Facts & {readonly report: SlipReport},
): void {
  for (const {text, table, near, known, ...at} of columnsOfQueries(schema, tables, operations)) {
    const words = {what: 'The statement', column: code(text), table: code(table), known}
    report.column(at, words, {expected: near === undefined ? [] : [near]})
  }
  for (const {text, table, meant, ...at} of slippedColumns(operations, document)) {
    const words = {column: code(text), table: code(table), meant: code(meant.text)}
    report.slip(at, words, {expected: [meant.text]})
  }
  for (const {kind, text, meant, right, start, end} of mistakenNames(schema)) {
    const words = {name: code(text), meant: code(right), line: document.source.lineOf(meant.start)}
    report[kind]({start, end}, words, {expected: [right]})
  }
  for (const {text, meant, start, end} of unmetTables(schema)) {
    const words = {name: code(text), meant: code(meant.text), line: document.source.lineOf(meant.start)}
    report.table({start, end}, words, {expected: [meant.text]})
  }
}

type Tell<Data> = (at: Span, data: Data, extra: {readonly expected: readonly string[]}) => void
type Words<Key extends string> = Readonly<Record<Key, string>>
type Near = Words<'name' | 'meant'> & {readonly line: number}

interface SlipReport {
  readonly column: Tell<ColumnData>
  readonly slip: Tell<Words<'column' | 'table' | 'meant'>>
  readonly folded: Tell<Near>
  readonly schema: Tell<Near>
  readonly table: Tell<Near>
}

type ColumnData = Words<'what' | 'column' | 'table' | 'known'>

function isFirst(operation: Operation): boolean {
  return (
    operation.statement.operations[0] === operation &&
    /^(?:create-table|create-index|add-constraint)$|^create-object$/u.test(operation.kind) &&
    !('what' in operation && operation.what !== 'policy')
  )
}

function namedBy(operation: Operation): readonly Name[] {
  if (operation.kind === 'create-index') return operation.index.columns.filter(({hole}) => !hole)
  if (operation.kind === 'insert')
    return operation.columns.filter(({hole, key}) => !hole && !/^(?:_?rowid_?|oid)$/iu.test(key))
  const constraints =
    operation.kind === 'create-table'
      ? operation.constraints
      : operation.kind === 'add-constraint'
        ? [operation.constraint]
        : []
  return constraints.flatMap((one) => (one.kind === 'primary' || one.kind === 'unique' ? one.columns : []))
}

function whatOf(operation: Operation): string {
  if (operation.kind === 'create-index')
    return operation.index.name ? `Index ${code(operation.index.name.text)}` : 'The index'
  if (operation.kind === 'create-object') return `Policy ${code(operation.name.text)}`
  if (operation.kind === 'insert') return 'The statement'
  return operation.kind === 'add-constraint' ? 'The constraint' : 'The table'
}

function isSchema(operations: readonly Operation[]): boolean {
  return operations.some(({kind, ...one}) =>
    kind === 'create-object'
      ? 'what' in one && /^(?:policy|trigger)$/u.test(one.what)
      : /^(?:create-table|create-index|add-c)/u.test(kind),
  )
}
