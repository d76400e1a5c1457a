import {
  constraintsOf,
  called,
  type ColumnFact,
  createdColumns,
  defineRule,
  type DocumentedTable,
  type ExampleEntry,
  type ExampleRow,
  isKnownType,
  jsonProblem,
  nameOf,
  nearest,
  ofKind,
  ofTable,
  operationsOf,
  sameName,
  type SchemaFacts,
} from 'spec-lint/rule'

export default defineRule({
  id: 'example-row',
  category: 'migration',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'An example row has the columns of its table, and values of their types.',
    why: 'Examples are what people copy; one that the table would refuse shows that the description or the example is out of date.',
    remedy: 'Rename, add or remove the key, or correct the value. Where the example is right, correct the table.',
    exceptions:
      'Columns that may be null can be left out, and so can any in a row with `...` or a comment. Objects and lists under a key that is no column are taken for joined rows. Placeholders are never compared.',
  },
  options: {},
  messages: {
    unknown: {reason: '`{key}` is no column of `{table}`', note: 'Write {right}, or describe the column.'},
    lacking: {
      reason: 'The example row lacks column `{column}` of `{table}`',
      note: 'Add the column, or write `...` for those that are left out.',
    },
    value: {reason: 'Column `{column}` is `{type}`, and `{value}` is {what}', note: 'Write {right}.'},
  },
  check({document, schema, report}) {
    for (const row of schema.examples) {
      const found = tableOf(row, schema)
      if (!found || jsonProblem(row.code)) continue
      const {table, columns} = found
      const known = row.entries.filter(({key}) => columns.some(({name}) => isSame(name.key, key.key)))
      if (known.length * 2 < row.entries.length) continue
      keys(row, table, columns)
      for (const entry of known) {
        const column = columns.find(({name}) => isSame(name.key, entry.key.key))
        const wrong = column && wrongValue(entry, column, allowedFor(column, table, schema))
        if (!column || !wrong || isRight(entry, table, schema)) continue
        const related = [{start: column.name.start, end: column.name.end, message: `column \`${column.name.text}\``}]
        const data = {
          value: entry.value.text,
          column: column.name.text,
          type: column.type?.text ?? 'NOT NULL',
          ...wrong,
        }
        report.value(entry.value, data, {related})
      }
    }

    function keys(row: ExampleRow, table: DocumentedTable, columns: readonly ColumnFact[]): void {
      if (columns.some(({name}) => name.hole)) return
      const has = (key: string): boolean => row.entries.some((entry) => isSame(entry.key.key, key))
      const absent = columns.filter(({name}) => !has(name.key))
      const strange = row.entries.filter(
        ({key, value}) =>
          !key.hole &&
          !/^(?:\.{2,}|…|\/\/|\$|_comment)/u.test(key.text) &&
          value.type !== 'object' &&
          value.type !== 'array' &&
          !columns.some(({name}) => isSame(name.key, key.key)) &&
          // A column that the SQL has and the description lacks is the matter of another rule.
          !columnInSql(key.key, table, schema),
      )
      const taken = new Set<ColumnFact>()
      for (const {key} of strange) {
        const free = absent.filter((column) => !taken.has(column))
        const needed = free.filter((column) => isNeeded(column, columns, table))
        const near = nearest(
          key.text,
          free.map(({name}) => name.text),
        )
        const expected =
          near.length > 0 ? near.slice(0, 3) : needed.length === 1 ? needed.map(({name}) => name.text) : []
        // A key that stands for a column leaves nothing to add.
        const meant = free.find(({name}) => name.text === expected[0]) ?? needed[0]
        if (meant) taken.add(meant)
        const right = expected[0] === undefined ? 'the name of a column' : `\`${expected[0]}\``
        const related = [{start: table.name.start, end: table.name.end, message: `table \`${table.name.text}\``}]
        report.unknown(key, {key: key.text, table: table.name.text, right}, {expected, related})
      }
      const inside = document.text.slice(row.start, row.end).replaceAll(/"(?:[^"\\\n]|\\.)*"(?!\s*:)/gu, '""')
      if (/\.\.|…|\/\/|\/\*|(?:^|\s)#/u.test(inside)) return
      const created = createdColumns(table.name, schema)
      const isStrange = ({name}: ColumnFact): boolean =>
        created.length > 0 && !created.some((column) => isSame(column.name.key, name.key))
      for (const {name} of absent.filter(
        (column) => !taken.has(column) && isNeeded(column, columns, table) && !isStrange(column),
      )) {
        const related = [{start: name.start, end: name.end, message: `column \`${name.text}\``}]
        report.lacking({start: row.start, end: row.start + 1}, {column: name.text, table: table.name.text}, {related})
      }
    }
  },
})

/** The one description of the row's table, with columns that other lists add to it. */
function tableOf(
  row: ExampleRow,
  {tables}: SchemaFacts,
): {readonly table: DocumentedTable; readonly columns: readonly ColumnFact[]} | undefined {
  const {table: name} = row
  if (!name || name.hole) return undefined
  const all = called(tables, nameOf, name).filter(({source}) => source !== 'mermaid')
  const [table, ...more] = all.filter(({part}) => part === 'all')
  if (!table || more.length > 0) return undefined
  return {table, columns: all.flatMap(({columns}) => columns)}
}

function columnInSql(key: string, table: DocumentedTable, schema: SchemaFacts): ColumnFact | undefined {
  return createdColumns(table.name, schema).find(({name}) => isSame(name.key, key))
}

/** The value suits the column as the SQL creates it: its description is what is wrong. */
function isRight(entry: ExampleEntry, table: DocumentedTable, schema: SchemaFacts): boolean {
  const column = columnInSql(entry.key.key, table, schema)
  if (!column?.type || !isKnownType(column.type)) return false
  return wrongValue(entry, column, allowedFor(column, table, schema)) === undefined
}

function isSame(a: string, b: string): boolean {
  return a.replaceAll(/[_-]/gu, '') === b.replaceAll(/[_-]/gu, '')
}

/** Silence on NULL means that it is allowed, where the table speaks of it at all. */
function isNeeded(column: ColumnFact, columns: readonly ColumnFact[], table: DocumentedTable): boolean {
  if (column.nullable !== undefined) return !column.nullable
  const isKey = table.constraints.some(
    (one) => one.kind === 'primary' && one.columns.some(({key}) => key === column.name.key),
  )
  return isKey || columns.every(({nullable}) => nullable === undefined)
}

/** The values that an enum in the description, or a CHECK of the column, allows. */
function allowedFor({name, type}: ColumnFact, table: DocumentedTable, schema: SchemaFacts): readonly string[] {
  if (type && type.values.length > 1) return type.values.map(({text}) => text)
  const written = type?.text.replaceAll(/["`]/gu, '').toLowerCase()
  const created = ofKind(operationsOf(schema), 'create-enum').findLast(
    (one) => one.name.key === written || one.name.text.toLowerCase() === written,
  )
  if (created) {
    const added = ofKind(operationsOf(schema), 'add-enum-value').filter((one) => one.name.key === created.name.key)
    return [...created.values, ...added.map(({value}) => value)].map(({text}) => text)
  }
  const described = called(schema.enums, nameOf, name).find(
    (one) => one.source === 'column' && one.table && sameName(one.table, table.name),
  )
  if (described) return described.values.map(({text}) => text)
  const constraints = [...table.constraints, ...ofTable(operationsOf(schema), table.name).flatMap(constraintsOf)]
  const check = constraints.find((one) => one.kind === 'check' && one.allowed && sameName(one.allowed.column, name))
  return check?.kind === 'check' ? (check.allowed?.values ?? []).map(({text}) => text) : []
}

interface Wrong {
  readonly what: string
  readonly right: string
}

/** A value that someone is to fill in, or that is cut. */
const open = /\{\{|\.\.\.|…|^[<[{$]|x{3}|uuid|y{4}|\b(?:tbd|todo|example|placeholder)\b/i

function wrongValue({value}: ExampleEntry, column: ColumnFact, allowed: readonly string[]): Wrong | undefined {
  const {type, nullable} = column
  const {scalar} = value
  if (value.type === 'null')
    return nullable === false ? {what: 'no value', right: 'a value: the column is never null'} : undefined
  if (!type || type.hole || (!isKnownType(type) && allowed.length < 2) || /[|/]|\bor\b/i.test(type.text))
    return undefined
  if (typeof scalar === 'string' && open.test(scalar)) return undefined
  if (scalar === undefined || scalar === null) return wrongNesting(type.base, type.array, value.type)
  if (type.array) return undefined
  if (typeof scalar === 'string' && allowed.length > 1 && !allowed.some((one) => isHidden(one) || one === scalar))
    return {
      what: 'none of its values',
      right: `one of ${allowed
        .slice(0, 8)
        .map((one) => `\`${one}\``)
        .join(', ')}`,
    }
  const [size] = type.size
  if (
    /^(?:var)?char$/u.test(type.base) &&
    typeof scalar === 'string' &&
    size !== undefined &&
    [...scalar].length > size
  )
    return {what: `${[...scalar].length} characters long`, right: `at most ${size} characters`}
  return tests[type.base]?.(scalar)
}

function isHidden(value: string): boolean {
  return /\{\{|\[|\.\.\.|…/u.test(value)
}

function wrongNesting(base: string, array: boolean, kind: string): Wrong | undefined {
  if (array || !/^(?:varchar|char|uuid|integer|bigint|smallint|numeric|real|double|boolean)$/u.test(base))
    return undefined
  return {what: kind === 'array' ? 'a list' : 'an object', right: 'a single value'}
}

type Scalar = string | number | boolean
type Test = (value: Scalar) => Wrong | undefined

const integer: Test = (value) =>
  typeof value === 'number' && Number.isInteger(value)
    ? undefined
    : {what: typeof value === 'number' ? 'no whole number' : 'no number', right: 'a whole number without quotes'}
const decimal: Test = (value) =>
  typeof value === 'number' || (typeof value === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value))
    ? undefined
    : {what: 'no number', right: 'a number'}
const text: Test = (value) =>
  typeof value === 'string' ? undefined : {what: 'no text', right: 'text in double quotes'}
const moment: Test = (value) => {
  if (typeof value === 'number' && value >= 1e9) return undefined
  if (typeof value === 'string' && (isMoment(value) || /\b(?:now|iso|date|time|today|infinity|current)/i.test(value)))
    return undefined
  return {what: 'no point in time', right: 'a date and a time such as `2026-02-02T10:30:00Z`'}
}

const tests: Readonly<Record<string, Test>> = {
  uuid: (value) =>
    typeof value === 'string' && /^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$/i.test(value)
      ? undefined
      : {what: 'no UUID', right: 'a UUID: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12'},
  integer,
  smallint: integer,
  bigint: (value) => (typeof value === 'string' && /^-?\d+$/u.test(value) ? undefined : integer(value)),
  numeric: decimal,
  real: decimal,
  double: decimal,
  boolean: (value) =>
    typeof value === 'boolean' || value === 0 || value === 1
      ? undefined
      : {what: 'neither `true` nor `false`', right: '`true` or `false`, without quotes'},
  text,
  varchar: text,
  char: text,
  timestamp: moment,
  timestamptz: moment,
  date: (value) => (moment(value) ? {what: 'no date', right: 'a date such as `2026-02-02`'} : undefined),
}

/** ISO 8601, with a blank for the `T` too; month, day and time have to be real. */
function isMoment(value: string): boolean {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(?:Z|UTC|[+-]\d\d(?::?\d\d)?)?)?$/i.exec(value)
  if (!match) return false
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map((one) => Number(one ?? 0))
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= new Date(Date.UTC(year, month, 0)).getUTCDate() &&
    hour < 24 &&
    minute < 60 &&
    second <= 60
  )
}
