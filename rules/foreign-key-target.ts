import {
  type ColumnFact,
  type Context,
  defineRule,
  foreignKeysIn,
  forwardOperations,
  isKnownType,
  list,
  type Name,
  nearest,
  ofKind,
  type Operation,
  sameName,
  sameType,
  type TableKey,
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
      'A table that the document does not speak of may exist already: it is reported only where its name is nearly that of one that the document has, or where the type documents a whole schema.',
  },
  options: {
    complete: {
      type: 'boolean',
      default: false,
      description: 'The document describes the whole schema: a table that it does not have does not exist.',
    },
  },
  messages: {
    table: {
      reason: 'The foreign key leads to `{table}`, a table that the document does not have',
      note: 'The document has {known}. Correct the name, or add the table.',
    },
    column: {
      reason: 'The foreign key leads to `{column}`, a column that `{table}` does not have',
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
    const tables = tablesOf(context, operations)
    for (const {table, key, operation} of foreignKeysIn(operations)) {
      if (key.table.hole || sameName(key.table, table)) continue
      const target = tables.find((one) => sameName(one.name, key.table))
      if (!target) {
        const names = tables.map(({name}) => name.text)
        const near = nearest(key.table.text, names).filter(
          (name) => name.toLowerCase() !== key.table.text.toLowerCase(),
        )
        if (names.length > 0 && (options.complete || (near.length > 0 && !isMentioned(context, key.table))))
          report.table(
            key.table,
            {table: key.table.text, known: list([...new Set(names)])},
            {expected: near.slice(0, 3)},
          )
        continue
      }
      if (!target.columns) continue
      for (const [index, name] of key.target.entries()) {
        const column = target.columns.find((one) => sameName(one.name, name))
        if (!column) unknownColumn(context, name, target)
        else checkType(context, {table, key, operation}, index, column)
      }
    }

    function unknownColumn(_: unknown, name: Name, {name: owner, columns = []}: KnownTable): void {
      if (name.hole || columns.some(({name: {hole}}) => hole)) return
      const names = columns.map((column) => column.name.text)
      report.column(
        name,
        {column: name.text, table: owner.text, known: list(names)},
        {expected: nearest(name.text, names).slice(0, 3)},
      )
    }

    function checkType(
      _: unknown,
      {table, key}: Pick<TableKey, 'table' | 'key'> & {readonly operation: Operation},
      index: number,
      column: ColumnFact,
    ): void {
      const own = key.columns[index]
      const from = tables
        .find((one) => sameName(one.name, table))
        ?.columns?.find((one) => own && sameName(one.name, own))
      const [a, b] = [from?.type, column.type]
      if (!from || !a || !b || a.hole || b.hole || !isKnownType(a) || !isKnownType(b) || sameType(a, b)) return
      report.type(
        a,
        {
          from: `${table.text}.${from.name.text}`,
          type: a.text,
          to: `${key.table.text}.${column.name.text}`,
          other: b.text,
        },
        {related: [{start: b.start, end: b.end, message: `\`${column.name.text}\` is \`${b.text}\``}]},
      )
    }
  },
})

interface KnownTable {
  readonly name: Name
  /** `undefined` when not all of them are known. */
  readonly columns: readonly ColumnFact[] | undefined
}

/** Tables that the document creates, describes or changes; those created first. */
function tablesOf(
  {schema}: Pick<Context<never, never>, 'schema'>,
  operations: readonly Operation[],
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
      ? [{name: operation.table, columns: undefined}]
      : [],
  )
  return [...created, ...described, ...models, ...changed].filter(({name}) => !name.hole)
}

/** The document speaks of the table somewhere else: it knows that it exists. */
function isMentioned({document: {text}}: Pick<Context<never, never>, 'document'>, {text: name}: Name): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}_]+/u)
  const own = name.toLowerCase()
  return words.filter((word) => word === own).length > 1
}
