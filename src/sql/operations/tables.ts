import type {ColumnFact, ConstraintFact, IndexFact, Name} from '../model.ts'
import {columnNames, isConstraint, readColumn, readConstraint} from './columns.ts'
import type {Draft} from './draft.ts'
import type {Reader} from './reader.ts'

/** What follows `CREATE … TABLE`. Indexes that MySQL declares inside become operations of their own. */
export function createTable(reader: Reader, temporary: boolean): readonly Draft[] {
  const ifNotExists = reader.takeIfExists()
  const table = reader.name()
  if (table === undefined) return []
  const columns: ColumnFact[] = []
  const constraints: ConstraintFact[] = []
  const indexes: IndexFact[] = []
  if (reader.take('PARTITION', 'OF')) reader.name()
  if (reader.is('(') && !reader.is('(', 'SELECT|WITH'))
    for (const part of reader.list()) readElement(part, table, {columns, constraints, indexes})
  const isTemporary = temporary || table.text.startsWith('#')
  return [
    {
      kind: 'create-table',
      table,
      columns,
      constraints,
      ifNotExists,
      temporary: isTemporary,
      ...reader.span(0, reader.end),
    },
    ...indexes.map((index): Draft => ({kind: 'create-index', index, start: index.start, end: index.end})),
  ]
}

interface Elements {
  readonly columns: ColumnFact[]
  readonly constraints: ConstraintFact[]
  readonly indexes: IndexFact[]
}

function readElement(reader: Reader, table: Name, into: Elements): void {
  if (isConstraint(reader)) {
    const constraint = readConstraint(reader)
    if (constraint) into.constraints.push(constraint)
    return
  }
  const index = inlineIndex(reader, table)
  if (index) {
    into.indexes.push(index)
    return
  }
  if (reader.is('LIKE') && reader.token(1).kind !== 'symbol') return
  const defined = readColumn(reader)
  if (defined === undefined) return
  into.columns.push(defined.column)
  into.constraints.push(...defined.constraints)
}

/** `KEY name (a)`, `FULLTEXT INDEX name (a)`. */
function inlineIndex(reader: Reader, table: Name): IndexFact | undefined {
  const isIndex =
    reader.dialect === 'mysql'
      ? reader.is('KEY|INDEX') || reader.is('FULLTEXT|SPATIAL')
      : reader.dialect === 'mssql' && reader.is('INDEX')
  if (!isIndex) return undefined
  const from = reader.index
  while (reader.is('KEY|INDEX|FULLTEXT|SPATIAL')) reader.skip()
  const name = reader.isName && !reader.is('USING') ? reader.name() : undefined
  const unique = reader.take('UNIQUE')
  reader.take('CLUSTERED|NONCLUSTERED')
  if (reader.take('USING')) reader.skip()
  const columns = reader.is('(') ? columnNames(reader) : []
  return {
    kind: 'index',
    name,
    table,
    columns,
    unique,
    partial: false,
    concurrently: false,
    ...reader.span(from, reader.end),
  }
}

/** What follows `ALTER TABLE`. */
export function alterTable(reader: Reader): readonly Draft[] {
  reader.takeIfExists()
  reader.take('ONLY')
  const table = reader.name()
  if (table === undefined) return []
  reader.take('*')
  if (reader.is('WITH', 'CHECK|NOCHECK', 'ADD')) reader.skip(2)
  const drafts: Draft[] = []
  let verb = ''
  for (const part of reader.list()) {
    // MySQL's `ALGORITHM = INPLACE, LOCK = NONE` say how it is done.
    if (part.is('ALGORITHM|LOCK')) continue
    const from = part.index
    const isVerb = part.is(verbs)
    const repeats = !isVerb && reader.dialect === 'mssql' && /^(?:ADD|DROP)$/u.test(verb)
    const own = repeats ? verb : part.token().word
    if (!repeats) part.skip()
    if (!repeats) verb = own
    drafts.push(...action(own, part, table, from))
  }
  return drafts
}

const verbs = 'ADD|DROP|ALTER|RENAME|MODIFY|CHANGE|VALIDATE|ENABLE|DISABLE|FORCE|OWNER|SET|ATTACH|DETACH|CHECK|NOCHECK'

function action(verb: string, part: Reader, table: Name, from: number): readonly Draft[] {
  const span = part.span(from, part.end)
  if (verb === 'ADD') return add(part, table, from)
  if (verb === 'DROP') return drop(part, table, from)
  if (verb === 'ALTER') return alterColumn(part, table, from)
  if (verb === 'RENAME') return rename(part, table, from)
  if (verb === 'MODIFY') return modify(part, table, from)
  if (verb === 'CHANGE') {
    part.take('COLUMN')
    const column = part.name()
    const to = part.name()
    if (column === undefined || to === undefined) return []
    part.index -= 1
    const changed = modify(part, table, from)
    return column.key === to.key ? changed : [{kind: 'rename-column', table, column, to, ...span}, ...changed]
  }
  if (verb === 'VALIDATE' && part.take('CONSTRAINT')) {
    const name = part.name()
    return name ? [{kind: 'validate-constraint', table, name, ...span}] : []
  }
  const isRls = part.is('ROW', 'LEVEL', 'SECURITY')
  const kind =
    isRls && verb === 'ENABLE' ? 'create-object' : isRls && verb === 'DISABLE' ? 'drop-object' : 'alter-object'
  return [{kind, what: isRls || part.is('ROW') ? 'rls' : 'table', name: table, table, ...span}]
}

function add(part: Reader, table: Name, from: number): readonly Draft[] {
  const isColumn = part.take('COLUMN')
  if (!isColumn && isConstraint(part)) {
    const at = part.index
    const isIndexed = wordsOf(part, at).includes('USING INDEX')
    const constraint = readConstraint(part)
    const notValid = wordsOf(part, at).endsWith(' NOT VALID')
    if (constraint === undefined)
      return [{kind: 'alter-object', what: 'table', name: table, table, ...part.span(from, part.end)}]
    return [{kind: 'add-constraint', table, constraint, notValid, usingIndex: isIndexed, ...part.span(from, part.end)}]
  }
  const index = isColumn ? undefined : inlineIndex(part, table)
  if (index) return [{kind: 'create-index', index, ...part.span(from, part.end)}]
  part.takeIfExists()
  const parts = part.is('(') ? part.list() : [part]
  return parts.flatMap((one) => {
    const start = parts.length > 1 || one !== part ? one.index : from
    const defined = readColumn(one)
    if (defined === undefined) return []
    const {column, constraints} = defined
    return [{kind: 'add-column', table, column, constraints, ...one.span(start, one.end)} satisfies Draft]
  })
}

/** Keywords from an index on. */
function wordsOf(reader: Reader, from: number): string {
  return reader.source.tokens
    .slice(from, reader.end)
    .map(({word}) => word)
    .join(' ')
}

function drop(part: Reader, table: Name, from: number): readonly Draft[] {
  const isPrimary = part.take('PRIMARY', 'KEY')
  const what = isPrimary
    ? 'primary'
    : part.take('FOREIGN', 'KEY')
      ? 'foreign'
      : part.take('CHECK')
        ? 'check'
        : part.take('CONSTRAINT')
          ? 'any'
          : undefined
  const isIndex = what === undefined && part.dialect === 'mysql' && part.take('INDEX|KEY')
  if (what === undefined && !isIndex) part.take('COLUMN')
  part.takeIfExists()
  const name = isPrimary ? undefined : part.name()
  const span = part.span(from, part.end)
  if (what !== undefined) return [{kind: 'drop-constraint', table, name, what, ...span}]
  if (name === undefined) return []
  if (isIndex) return [{kind: 'drop-index', name, table, concurrently: false, ...span}]
  return [{kind: 'drop-column', table, column: name, ...span}]
}

function alterColumn(part: Reader, table: Name, from: number): readonly Draft[] {
  if (part.is('CONSTRAINT|INDEX|CHECK'))
    return [{kind: 'alter-object', what: 'table', name: table, table, ...part.span(from, part.end)}]
  part.take('COLUMN')
  const column = part.name()
  if (column === undefined) return []
  const span = part.span(from, part.end)
  if (part.take('SET', 'NOT', 'NULL')) return [{kind: 'set-not-null', table, column, ...span}]
  if (part.take('DROP', 'NOT', 'NULL')) return [{kind: 'drop-not-null', table, column, ...span}]
  if (part.take('SET', 'DEFAULT'))
    return [{kind: 'set-default', table, column, value: part.textOf(part.index, part.end), ...span}]
  if (part.take('DROP', 'DEFAULT')) return [{kind: 'drop-default', table, column, ...span}]
  if (part.take('TYPE') || part.take('SET', 'DATA', 'TYPE')) {
    const type = readColumn(part.part(part.index - 1, part.end))?.column.type
    return [{kind: 'alter-type', table, column, type, ...span}]
  }
  if (part.dialect === 'mssql') {
    part.index -= 1
    return modify(part, table, from)
  }
  return [{kind: 'alter-object', what: 'column', name: column, table, ...span}]
}

/** `MODIFY name type [NOT NULL]`: the whole column is said again. */
function modify(part: Reader, table: Name, from: number): readonly Draft[] {
  part.take('COLUMN')
  const span = part.span(from, part.end)
  const defined = readColumn(part)
  if (defined === undefined) return []
  const {name: column, type, nullable} = defined.column
  const kind = nullable === false ? 'set-not-null' : 'drop-not-null'
  return [
    {kind: 'alter-type', table, column, type, ...span},
    ...(nullable === undefined ? [] : [{kind, table, column, ...span} satisfies Draft]),
  ]
}

function rename(part: Reader, table: Name, from: number): readonly Draft[] {
  const span = part.span(from, part.end)
  if (part.take('TO|AS')) {
    const to = part.name()
    return to ? [{kind: 'rename-table', table, to, ...span}] : []
  }
  const isOther = part.is('CONSTRAINT|INDEX|KEY') && !part.is('CONSTRAINT|INDEX|KEY', 'TO')
  if (isOther) return [{kind: 'alter-object', what: part.token().word.toLowerCase(), name: table, table, ...span}]
  part.take('COLUMN')
  const column = part.name()
  const to = part.take('TO') ? part.name() : undefined
  if (column === undefined) return []
  return [to ? {kind: 'rename-column', table, column, to, ...span} : {kind: 'rename-table', table, to: column, ...span}]
}
