import {
  afterItsEnd,
  code,
  columnIn,
  columnKey,
  columnsAfterEnd,
  columnsAround,
  defineRule,
  halvesOf,
  isGone,
  isTolerant,
  knownTables,
  lacksTable,
  list,
  type Name,
  nearest,
  nearTables,
  ofKind,
  ofTable,
  type Operation,
  type OperationOf,
  sameForm,
  type SchemaMoments,
  schemaMoments,
  tableForm,
  tableIn,
  tableOf,
} from 'spec-lint/rule'

export default defineRule({
  id: 'altered-table-exists',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'What a statement changes is there before it, and what it makes is not.',
    why: 'The migration fails at this statement, after those before it have run.',
    remedy: 'Correct the name, or create the table or the column before.',
    exceptions:
      'Without `schema` or `migrations` in the configuration nobody knows what the database has: then only a table or a column that the same script dropped or renamed before is reported. Tables that the document or another one of the run makes, describes or calls existing are there; `IF EXISTS` and `IF NOT EXISTS` say that they may be or not. A document whose migration is in the folder already is held against what was there before it.',
  },
  options: {},
  messages: {
    table: {
      reason: 'Table `{table}` is {done}, and neither the document nor `{state}` has it',
      note: '{advice}',
    },
    column: {
      reason: 'Column `{column}` is {done}, and neither the document nor `{state}` has it in `{table}`',
      note: '{advice}',
    },
    gone: {
      reason: 'Table `{table}` is {done} after the same script has {gone} it',
      note: 'Move this statement up, or name the table that is meant.',
    },
    goneColumn: {
      reason: 'Rows of `{table}` are {done} by column `{column}` after the same script has dropped it',
      note: 'Move this statement up, or name the column that is meant.',
    },
    goneRead: {
      reason: 'Column `{column}` of `{table}` is read after the same script has dropped it',
      note: 'Move this statement up, or name the column that is meant.',
    },
    present: {
      reason: 'Table `{table}` is created, and `{state}` has it already',
      note: 'Alter the table, or choose another name.',
    },
    added: {
      reason: 'Column `{column}` is added to `{table}`, which has it already in `{state}`',
      note: 'Alter the column, or choose another name.',
    },
  },
  check(context) {
    const {report} = context
    const {declared, up, down} = halvesOf(context)
    const forward = [...declared, ...up]
    const reported = new Set<string>()
    for (const {operation, name, gone, read} of [...afterItsEnd(forward), ...afterItsEnd(down)]) {
      reported.add(tableForm(name))
      report.gone(name, {table: name.text, done: read ? 'read' : doneTo(operation), gone})
    }
    for (const {operation, table, column} of [...columnsAfterEnd(forward), ...columnsAfterEnd(down)])
      if (operation.kind === 'insert') report.goneRead(operation, {table: table.text, column: column.text})
      else report.goneColumn(operation, {table: table.text, done: rowsDone(operation), column: column.text})
    const moments = forward.length > 0 ? schemaMoments(context) : undefined
    if (!moments) return
    const known = knownTables(context)
    const state = moments.title
    const missing = new Map<string, boolean>()
    const columnsByTable = new Map<string, readonly Name[] | undefined>()
    for (const operation of forward) {
      const table = tableOf(operation)
      if (!table || table.hole || operation.kind === 'create-table' || isTolerant(operation)) continue
      const lacks = missing.get(table.key) ?? lacksTable(table, moments, known, forward)
      missing.set(table.key, lacks)
      if (lacks) {
        if (reported.has(tableForm(table))) continue
        reported.add(tableForm(table))
        const data = {table: table.text, done: doneTo(operation), state}
        const near = moments.now.gone.has(table.key.toLowerCase()) ? [] : nearTables(table, moments, known)
        report.table(table, {...data, advice: adviceFor(table, near, moments)}, {expected: near})
      } else for (const column of columnsOf(operation)) checkColumn(operation, table, column)
    }
    for (const operation of up) checkNew(operation)

    function checkColumn(operation: Operation, table: Name, column: Name): void {
      if (!moments || column.hole || column.key === '' || reported.has(columnKey(table, column))) return
      if (!columnsByTable.has(table.key)) columnsByTable.set(table.key, columnsAround(table, moments, context, forward))
      const columns = columnsByTable.get(table.key)
      if (!columns || columns.some((one) => sameForm(one, column))) return
      if (isGone(columnKey(table, column), moments, forward)) return
      reported.add(columnKey(table, column))
      const names = [...new Set(columns.map(({text}) => text))]
      const near = nearest(column.text, names).slice(0, 3)
      const advice = near[0] === undefined ? `Its columns are ${list(names.slice(0, 12))}.` : `Write ${code(near[0])}.`
      const data = {column: column.text, table: table.text, done: doneTo(operation), state, advice}
      report.column(column, data, {expected: near})
    }

    /** What the state before the migration has can't be made again, unless the script takes it away first. */
    function checkNew(operation: Operation): void {
      const before = moments?.before
      if (!before || (operation.kind !== 'create-table' && operation.kind !== 'add-column')) return
      const {table, statement} = operation
      const owner = table.hole ? undefined : tableIn(before, table)
      if (!owner) return
      if (isFreed(operation, up) || /\bIF\s+NOT\s+EXISTS\b|\bOBJECT_ID\b|\bOR\s+REPLACE\b/i.test(statement.text)) return
      if (operation.kind === 'create-table') {
        if (!operation.temporary && !reported.has(tableForm(table)))
          report.present(table, {table: table.text, state: fileIn(moments?.title ?? '', owner.file)})
        reported.add(tableForm(table))
        return
      }
      const {name} = operation.column
      if (name.hole || isRemoved(operation, up) || reported.has(tableForm(table)) || !columnIn(owner, name)) return
      report.added(name, {column: name.text, table: table.text, state})
    }
  },
})

const done: Readonly<Partial<Record<Operation['kind'], string>>> = {
  'drop-table': 'dropped',
  'drop-column': 'dropped',
  'rename-table': 'renamed',
  'rename-column': 'renamed',
  'create-index': 'indexed',
  insert: 'filled',
  copy: 'filled',
  update: 'updated',
  delete: 'emptied',
  truncate: 'emptied',
}

function doneTo({kind}: Operation): string {
  return done[kind] ?? 'altered'
}

function rowsDone({kind}: Operation): string {
  return kind === 'delete' ? 'deleted' : 'updated'
}

/** The script takes the table away before it makes it. */
function isFreed({table, start}: OperationOf<'create-table' | 'add-column'>, up: readonly Operation[]): boolean {
  return (
    ofTable(ofKind(up, 'drop-table'), table).length > 0 ||
    ofTable(ofKind(up, 'rename-table'), table).some((one) => one.start < start)
  )
}

function isRemoved({table, column, start}: OperationOf<'add-column'>, up: readonly Operation[]): boolean {
  const key = columnKey(table, column.name)
  return up.some(
    (one) =>
      (one.kind === 'drop-column' || one.kind === 'rename-column') &&
      one.start < start &&
      columnKey(one.table, one.column) === key,
  )
}

/** A file of a folder, in short. */
function fileIn(title: string, file: string): string {
  return file.startsWith(`${title}/`) ? file.slice(title.length + 1) : file
}

function adviceFor(table: Name, [near]: readonly string[], {now, title}: SchemaMoments): string {
  const file = now.gone.get(table.key.toLowerCase())
  if (file !== undefined)
    return `${code(fileIn(title, file))} took it away. Correct the name, or create the table again.`
  return near === undefined ? 'Correct the name, or create the table before.' : `Write ${code(near)}.`
}

/** The columns that have to be there for an operation; those of foreign keys are another rule's. */
function columnsOf(operation: Operation): readonly Name[] {
  if (operation.kind === 'create-index') return operation.index.columns
  if (operation.kind === 'add-constraint')
    return operation.constraint.kind === 'primary' || operation.constraint.kind === 'unique'
      ? operation.constraint.columns
      : []
  const isOfColumn = /^(?:drop-column|rename-column|alter-type|(?:set|drop)-(?:not-null|default))$/u.test(
    operation.kind,
  )
  return isOfColumn && 'column' in operation && 'text' in operation.column ? [operation.column] : []
}
