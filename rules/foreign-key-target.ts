import {
  code,
  type ColumnFact,
  type Context,
  defineRule,
  foreignKeysIn,
  forwardOperations,
  isKnownType,
  isWithin,
  type KnownTable,
  knownTables,
  list,
  type Name,
  nearest,
  nearTables,
  ofKind,
  type Operation,
  sameName,
  sameType,
  type StateTables,
  stateTables,
  type TableKey,
  type TypeFact,
} from 'spec-lint/rule'

export default defineRule({
  id: 'foreign-key-target',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Every foreign key leads to a table and a column that are there, of its own type.',
    why: 'The migration fails at this statement, after those before it have run.',
    remedy: 'Correct the name, or add the table or the column.',
    exceptions:
      'A table that the document does not speak of may exist already: without `schema` or `migrations` in the configuration it is reported only where its name is nearly that of one that the document has, or where the type documents a whole schema.',
  },
  options: {
    complete: {
      type: 'boolean',
      default: false,
      description: 'The document describes the whole schema: a table that it does not have does not exist.',
    },
  },
  messages: {
    absent: {
      reason: 'The foreign key leads to `{table}`, a table that neither the document nor `{state}` has',
      note: '{advice}',
    },
    table: {
      reason: 'The foreign key leads to `{table}`, a table that the document does not have',
      note: 'The document has {known}. Correct the name, or add the table.',
    },
    column: {
      reason: 'The foreign key leads to `{column}`, a column that `{table}` does not have',
      note: 'Its columns are {known}. Correct the name, or add the column.',
    },
    own: {
      reason: 'The foreign key begins at `{column}`, a column that `{table}` does not have',
      note: 'Its columns are {known}. Correct the name, or add the column.',
    },
    type: {
      reason: '`{from}` is `{type}`, and `{to}`, to which it leads, is `{other}`',
      note: 'Give both columns the same type.',
    },
  },
  check(context) {
    const {type, schema, options, report} = context
    const operations = forwardOperations(schema, type)
    const state = stateTables(context, operations)
    const tables = tablesOf(context, operations, state)
    const created = ofKind(operations, 'create-table').map(({table}) => table.text)
    for (const {table, key, operation} of foreignKeysIn(operations)) {
      const own = tables.find((one) => sameName(one.name, table))
      if (own) for (const name of key.columns) check('own', name, own)
      const target = targetOf(key.table, table)
      for (const [index, name] of (target ? key.target : []).entries()) {
        const column = target?.columns?.find((one) => sameName(one.name, name))
        if (column) checkType({table, key, operation}, index, column)
        else if (target) check('column', name, target)
      }
    }
    for (const {table, to, target: columns} of schema.foreignKeys) {
      const target = table && targetOf(to, table)
      if (target) for (const name of columns) check('column', name, target)
    }

    /** The table that a key leads to; one that isn't there is reported. */
    function targetOf(to: Name, from: Name): KnownTable | undefined {
      if (to.hole || sameName(to, from)) return undefined
      const target = tables.find((one) => sameName(one.name, to))
      if (target) return target
      const found = state?.table(to)
      if (found) return found
      if (state?.lacks(to)) {
        const near = nearTables(to, state.moments, knownTables(context))
        const advice = near[0] === undefined ? 'Correct the name, or add the table.' : `Write ${code(near[0])}.`
        report.absent(to, {table: to.text, state: state.moments.title, advice}, {expected: near})
      }
      if (state && (!options.complete || state.lacks(to))) return undefined
      const names = tables.map(({name}) => name.text)
      const near = nearest(to.text, options.complete ? names : created).filter(
        (name) => name.toLowerCase() !== to.text.toLowerCase(),
      )
      if (names.length > 0 && (options.complete || (near.length > 0 && !isMentioned(context, to))))
        report.table(to, {table: to.text, known: list([...new Set(names)])}, {expected: near.slice(0, 3)})
      return undefined
    }

    /** A column that a table lacks whose columns are all known. */
    function check(message: 'own' | 'column', name: Name, {name: owner, columns}: KnownTable): void {
      if (!columns || name.hole || columns.some((one) => one.name.hole || sameName(one.name, name))) return
      const names = columns.map((column) => column.name.text)
      const near = nearest(name.text, names).slice(0, 3)
      // The columns of a wide table begin with those that may be meant.
      const known = list(names.length > 8 ? [...new Set([...near, ...names])] : names)
      report[message](name, {column: name.text, table: owner.text, known}, {expected: near})
    }

    function checkType(
      {table, key}: Pick<TableKey, 'table' | 'key'> & {readonly operation: Operation},
      index: number,
      column: ColumnFact,
    ): void {
      const own = key.columns[index]
      const from = columnsOf(table, tables, operations).find((one) => own && sameName(one.name, own))
      const [a, b] = [from?.type, column.type]
      if (!from || !a || !b || a.hole || b.hole || !isKnownType(a) || !isKnownType(b) || sameType(a, b)) return
      const related = state?.owns(b) ? [] : [typeOf(column.name, b)]
      const [start, end] = [`${table.text}.${from.name.text}`, `${key.table.text}.${column.name.text}`]
      const data = {from: start, type: a.text, to: end, other: b.text}
      report.type(state?.owns(a) ? (own ?? key) : a, data, {related})
    }
  },
})

/** The other end of a key, where the document says its type. */
function typeOf({text}: Name, type: TypeFact): TypeFact & {readonly message: string} {
  return {...type, message: `\`${text}\` is \`${type.text}\``}
}

/** Tables that the document creates, describes or changes; those created first. */
function tablesOf(
  {schema}: Pick<Context<never, never>, 'schema'>,
  operations: readonly Operation[],
  state: StateTables | undefined,
): readonly KnownTable[] {
  const added = ofKind(operations, 'add-column')
  const created = ofKind(operations, 'create-table').map(({table, columns}) => ({
    name: table,
    columns: [...columns, ...added.filter((one) => sameName(one.table, table)).map(({column}) => column)],
  }))
  const described = schema.tables.map(({name, columns, part}) => ({
    name,
    columns: part === 'all' ? columns : undefined,
  }))
  const models = schema.models.tables.map(({name, table, columns}) => ({
    name: table ?? name,
    columns: table ? columns : undefined,
  }))
  const changed = operations.flatMap((operation) =>
    'table' in operation && operation.table && operation.kind !== 'create-table'
      ? [state?.table(operation.table) ?? {name: operation.table, columns: undefined}]
      : [],
  )
  return [...created, ...described, ...models, ...changed].filter(({name}) => !name.hole)
}

/** The columns of a table that are known: all, or those that the document adds to it. */
function columnsOf(
  table: Name,
  tables: readonly KnownTable[],
  operations: readonly Operation[],
): readonly ColumnFact[] {
  const known = tables.find((one) => sameName(one.name, table))?.columns
  return known ?? ofKind(operations, 'add-column').flatMap((one) => (sameName(one.table, table) ? one.column : []))
}

/** The document names the table somewhere else, in other SQL or in backquotes: it knows that it exists. */
function isMentioned(
  {document: {text}, schema}: Pick<Context<never, never>, 'document' | 'schema'>,
  {text: name, start}: Name,
): boolean {
  const own = name.toLowerCase()
  const inSql = schema.sql.statements.some(
    (statement) =>
      !isWithin(start, statement) &&
      statement.text
        .toLowerCase()
        .split(/[^\p{L}\p{N}_]+/u)
        .includes(own),
  )
  return inSql || text.toLowerCase().includes(`\`${own}\``)
}
