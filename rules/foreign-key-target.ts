import {
  called,
  type ColumnFact,
  defineRule,
  describedElsewhere,
  type DescribedKey,
  describedKeys,
  fieldsOfOthers,
  fits,
  isEntity,
  isInSql,
  isSaidOtherwise,
  keyOfAnother,
  notUnique,
  foreignKeysIn,
  type KnownTable,
  list,
  listedKeys,
  modelKeys,
  type Name,
  nameOf,
  nearest,
  ofKind,
  ofTable,
  type Operation,
  sameName,
  strayColumns,
  tableFault,
  tablesAround,
  type Span,
  type StateTables,
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
      'Of keys in Python, types are not compared. A table that the document does not speak of may exist already: without `schema` or `migrations` in the configuration it is reported only where its name is nearly that of one that the document has, where the column is called after another table of the document (`order_item_id`), or where the type documents a whole schema and the document doesn’t add columns to tables that it lacks.',
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
    elsewhere: {
      reason: 'The foreign key is described as one to `{described}`, and in SQL it leads to `{table}`',
      note: 'Write the same table in both places.',
    },
    another: {
      reason: 'The foreign key to `{table}` is described as one of `{described}`, and in SQL it begins at `{column}`',
      note: 'Write the same column in both places.',
    },
    type: {
      reason: '`{from}` is `{type}`, and `{to}`, to which it leads, is `{other}`',
      note: 'Give both columns the same type.',
    },
    unique: {
      reason: 'The foreign key leads to `{table}({column})`, which is neither the primary key nor unique',
      note: 'Lead the key to the primary key of `{table}`, or make `{column}` unique.',
    },
  },
  check(context) {
    const {schema, report} = context
    const [around, seen] = [tablesAround(context), new Set<number>()]
    const {operations, scripts, state, tables, created} = around
    for (const {table, key} of foreignKeysIn(operations)) {
      ownColumns(table, key.columns)
      const target = targetOf(key.table, table, key.columns)
      for (const [index, name] of (target ? key.target : []).entries()) {
        const column = columnIn(target, name)
        if (column) checkType({table, key}, index, column)
        else if (target) check('column', name, target)
      }
      const lone = notUnique(key, target, operations, schema)
      if (lone) report.unique(lone, {column: key.target.map(({text}) => text).join(', '), table: key.table.text})
    }
    for (const {at, expected, ...words} of describedElsewhere(context, around)) report.elsewhere(at, words, {expected})
    for (const key of describedKeys(schema)) listed(key)
    for (const {table, column} of listedKeys(context.document)) ownColumns(table, [column])
    for (const {at, ...words} of ofAnother(schema, around)) report.another(at, words, {expected: [words.described]})
    for (const {table, key} of [...foreignKeysIn(scripts), ...modelKeys(schema)]) {
      const target = targetOf(key.table, table)
      if (target) for (const name of key.target) check('column', name, target)
    }
    for (const {message, name, table} of strays(context, around)) check(message, name, table)

    function listed({table, columns, to, target: names}: DescribedKey): void {
      const [own, target] = table ? [ownColumns(table, columns), targetOf(to, table)] : []
      for (const [index, name] of (target ? names : []).entries()) {
        const [column, from] = [columnIn(target, name), columns[index] && columnIn(own, columns[index])]
        if (target && !column) check('column', name, target)
        else if (table && from && column && !from.type?.hole && !isInSql(table, operations))
          tell(table, from, to, column, to)
      }
    }

    /** The table that a key begins in; columns that it doesn't have are reported. */
    function ownColumns(table: Name, columns: readonly Name[]): KnownTable | undefined {
      const [own] = called(tables, nameOf, table)
      if (own) for (const name of columns) check('own', name, own)
      return own
    }

    /** The table that a key leads to; one that isn't there is reported. */
    function targetOf(to: Name, from: Name, own?: readonly Name[]): KnownTable | undefined {
      if (to.hole || sameName(to, from)) return undefined
      const target = called(tables, nameOf, to).find(({name}) => !isEntity(name, created))
      const found = target && !leadsPast(to, target.name) ? target : state?.table(to)
      if (found) return found
      const fault = tableFault(context, to, {tables, created, state}, own)
      if (fault?.kind === 'absent') report.absent(to, fault.data, {expected: fault.near})
      if (fault?.kind === 'table') report.table(to, fault.data, {expected: fault.near})
      return undefined
    }

    /** A column that a table lacks whose columns are all known. */
    function check(message: 'own' | 'column', name: Name, {name: owner, columns}: KnownTable): void {
      const lack = columns && offered(name, columns)
      if (lack) report[message](name, {column: name.text, table: owner.text, known: lack.known}, {expected: lack.near})
    }

    function checkType({table, key}: Pick<TableKey, 'table' | 'key'>, index: number, column: ColumnFact): void {
      const own = key.columns[index]
      const from = own && called(columnsOf(table, tables, operations), nameOf, own)[0]
      if (from && !isSaidOtherwise(table, from, column, schema, operations))
        tell(table, from, key.table, column, own ?? key)
    }

    /** `at`: where the document speaks of a column whose type it doesn't say itself. */
    function tell(table: Name, from: ColumnFact, to: Name, column: ColumnFact, at: Span): void {
      const fault = typeFault({table, from, to, column}, at, state)
      if (!fault || seen.size === seen.add(fault.place.start).size) return
      report.type(fault.place, fault.data, {related: fault.related})
    }
  },
})

interface OfAnother {
  readonly at: Span
  readonly table: string
  readonly described: string
  readonly column: string
}

/** Keys that begin at another column than the one that is described; a column that its table doesn't have is told by itself. */
function ofAnother(
  schema: Parameters<typeof describedKeys>[0],
  {operations, tables}: Pick<ReturnType<typeof tablesAround>, 'operations' | 'tables'>,
): readonly OfAnother[] {
  const described = describedKeys(schema)
  return described.flatMap((one): readonly OfAnother[] => {
    const [column] = one.columns
    const other = keyOfAnother(one, described, foreignKeysIn(operations))
    const [at] = other?.key.columns ?? []
    const [own] = at && other ? called(tables, nameOf, other.table) : []
    if (!column || !at || (own?.columns && !hasColumn(own.columns, at))) return []
    return [{at, table: one.to.text, described: column.text, column: at.text}]
  })
}

function columnIn(table: KnownTable | undefined, name: Name): ColumnFact | undefined {
  return called(table?.columns ?? table?.some ?? [], nameOf, name)[0]
}

/** `public.a` has the key `a`: it leads past `lab.a`. */
function leadsPast(to: Name, name: Name): boolean {
  return /^["`]?public\b["`]?\./i.test(to.text) && name.key.includes('.')
}

interface Ends {
  readonly table: Name
  readonly from: ColumnFact
  readonly to: Name
  readonly column: ColumnFact
}

interface TypeFault {
  readonly place: Span
  readonly data: {readonly from: string; readonly type: string; readonly to: string; readonly other: string}
  readonly related: readonly (Span & {readonly message: string})[]
}

function typeFault({table, from, to, column}: Ends, at: Span, state: StateTables | undefined): TypeFault | undefined {
  const [a, b] = [from.type, column.type]
  if (!a || !b || fits(a, b)) return undefined
  return {
    place: state?.owns(a) ? at : a,
    data: {from: pathOf(table, from), type: a.text, to: pathOf(to, column), other: b.text},
    related: state?.owns(b) ? [] : [typeOf(column.name, b)],
  }
}

/** The names of the columns of a table that lacks one, in a wide table those first that may be meant. */
function offered(
  name: Name,
  columns: readonly ColumnFact[],
): {readonly known: string; readonly near: readonly string[]} | undefined {
  if (hasColumn(columns, name)) return undefined
  const {text} = name
  const names = columns.map((column) => column.name.text)
  const near = nearest(text, names).slice(0, 3)
  return {known: list(names.length > 8 ? [...new Set([...near, ...names])] : names), near}
}

function pathOf(table: Name, {name}: ColumnFact): string {
  return `${table.text}.${name.text}`
}

/** The other end of a key, where the document says its type. */
function typeOf({text}: Name, type: TypeFact): TypeFact & {readonly message: string} {
  return {...type, message: `\`${text}\` is \`${type.text}\``}
}

/** The columns of a table that are known: all, or those that the document adds to it. */
function columnsOf(
  table: Name,
  tables: readonly KnownTable[],
  operations: readonly Operation[],
): readonly ColumnFact[] {
  const known = called(tables, nameOf, table)[0]?.columns
  return known ?? ofTable(ofKind(operations, 'add-column'), table).map(({column}) => column)
}

/** A placeholder may be any column. */
function hasColumn(columns: readonly ColumnFact[], name: Name): boolean {
  return name.hole || called(columns, nameOf, name).length > 0 || columns.some((one) => one.name.hole)
}

/** Columns that scripts and models name, and their table hasn't. */
function strays(
  {schema, document}: Parameters<typeof tableFault>[0],
  {scripts, tables}: ReturnType<typeof tablesAround>,
): readonly {readonly name: Name; readonly table: KnownTable; readonly message: 'own' | 'column'}[] {
  return [
    ...strayColumns(scripts, document.text).map((one) => ({...one, message: 'own' as const})),
    ...fieldsOfOthers(schema, tables).map(({name, target}) => ({name, table: target, message: 'column' as const})),
  ]
}
