import {kept, remembered} from '../document/remembered.ts'
import type {ModelTable} from '../sql/documented/model.ts'
import {sameType} from '../sql/documented/types.ts'
import type {ColumnFact, ConstraintFact, Name, Operation, OperationOf} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {isUndoneItself} from '../sql/takers.ts'
import {sameSqlType} from './written-types.ts'
import {called, entityForm, nameOf, ofKind, ofTable} from './schema.ts'
import {onlyBack, withoutBack} from './ways-back.ts'
import {isThere} from './present.ts'

/** A table as some code creates it. */
export interface Creation {
  readonly name: Name
  readonly columns: readonly ColumnFact[]
  readonly constraints: readonly ConstraintFact[]
  /** `CREATE TABLE`, `create_table`, `model Part`. */
  readonly what: string
  /** It leaves columns out. */
  readonly partial: boolean
  /** Columns without NOT NULL may be null. */
  readonly strict: boolean
  readonly sqlite: boolean
  /** What later statements add, as `add x`, or change, as `type x`, `null x`, `default x`, `drop x`. */
  readonly touched: ReadonlySet<string>
}

/** SQL, Alembic and models, each for itself: within one of them several may create a table, one after the other. */
export function creationsOf(schema: SchemaFacts): readonly (readonly Creation[])[] {
  const scripts = schema.models.migrations.flatMap(({upgrade}) => upgrade.flatMap(({operations}) => operations))
  return [
    created(withoutBack(schema), 'CREATE TABLE', scripts, onlyBack(schema)),
    created(scripts, 'create_table'),
    schema.models.tables.map(modelled),
  ]
}

/** The columns that the SQL of the document gives a table. */
export function createdColumns(name: Name, schema: SchemaFacts): readonly ColumnFact[] {
  const operations = withoutBack(schema)
  return [
    ...ofTable(ofKind(operations, 'create-table'), name).flatMap(({columns}) => columns),
    ...ofTable(ofKind(operations, 'add-column'), name).map(({column}) => column),
  ]
}

function modelled(model: ModelTable): Creation {
  return {
    ...model,
    name: model.table ?? model.name,
    what: `model ${model.name.text}`,
    // A class may have columns of its base.
    partial: model.source === 'python',
    strict: false,
    sqlite: false,
    touched: new Set(),
  }
}

const elided = /\.{3}|…|\bINHERITS\b|\bLIKE\b|--.*\b(?:other|more|existing|remaining|additional|etc|rest)\b/i

/** `others` are of another kind, and may change what these create; what the way back takes back was run, wherever it stands. */
function created(
  operations: readonly Operation[],
  what: string,
  others: readonly Operation[] = [],
  back: readonly Operation[] = [],
): readonly Creation[] {
  return ofKind(operations, 'create-table')
    .filter(({columns, temporary, table}) => columns.length > 0 && !temporary && !table.hole)
    .map((creation) => {
      const {table, columns, constraints, statement} = creation
      const name = finalName(creation, operations)
      return {
        name,
        columns,
        constraints,
        what,
        partial: statement.template || elided.test(statement.text),
        strict: columns.some(({nullable}) => nullable === false),
        sqlite: statement.dialect === 'sqlite',
        touched: new Set(
          [table, name, ...ofTable(ofKind(operations, 'rename-table'), table).map(({to}) => to)]
            .flatMap((its) => [...ofTable(operations, its), ...ofTable(others, its)])
            .filter((one) => isLater(one, creation) || isUndoneItself(one, back))
            .flatMap((one) => touches(one, columns)),
        ),
      }
    })
}

/** What stands in a section before that of the migration changes no table that the migration is to make. */
function isLater(one: Operation, {start, statement}: OperationOf<'create-table'>): boolean {
  return one.start > start || !/^set-(?:default|not-null)$/u.test(one.kind) || isThere(statement)
}

/** A table that is built anew gets the name of the one that it takes the place of. */
export function finalName({table, start: made}: OperationOf<'create-table'>, operations: readonly Operation[]): Name {
  const renamed = ofTable(ofKind(operations, 'rename-table'), table).find(({start}) => start > made)
  const isAnew =
    renamed &&
    [
      ...ofTable(ofKind(operations, 'drop-table'), renamed.to),
      ...ofTable(ofKind(operations, 'rename-table'), renamed.to),
    ].some(({start}) => start < renamed.start)
  return renamed && isAnew ? renamed.to : table
}

/** A statement that says again what the creation says changes nothing. */
function touches(one: Operation, columns: readonly ColumnFact[]): readonly string[] {
  const [made] = 'column' in one && 'key' in one.column ? called(columns, nameOf, one.column) : []
  if (one.kind === 'alter-type')
    return made?.type && one.type && sameSqlType(made.type, one.type) ? [] : [`type ${columnForm(one.column)}`]
  if (one.kind === 'set-not-null' || one.kind === 'drop-not-null')
    return one.kind === 'set-not-null' && made?.nullable === false ? [] : [`null ${columnForm(one.column)}`]
  if (one.kind === 'set-default' && made?.default && one.value && defaultsAgree(made.default.text, one.value.text))
    return []
  if (one.kind === 'set-default' || one.kind === 'drop-default') return [`default ${columnForm(one.column)}`]
  if (one.kind === 'add-column') return [`add ${columnForm(one.column.name)}`]
  if (one.kind === 'drop-column') return [`drop ${columnForm(one.column)}`]
  if (one.kind === 'rename-column') return [`drop ${columnForm(one.column)}`, `add ${columnForm(one.to)}`]
  return []
}

/** As columns are compared: `createdAt` and `created_at` are one. */
export function columnForm({key}: Name): string {
  return lettersOf(key)
}

const lettersOf = remembered((key) => key.replaceAll(/[^\p{L}\p{N}]/gu, ''))

/** The names of the columns that a table's constraints make its primary key. */
export function primaryForms(constraints: readonly ConstraintFact[]): ReadonlySet<string> {
  return primaryKnown(
    constraints,
    () => new Set(constraints.flatMap((one) => (one.kind === 'primary' ? one.columns.map(columnForm) : []))),
  )
}

const primaryKnown = kept<ReadonlySet<string>>()

/** The column of the same name; `user` stands for `user_id` too. */
export function columnOf(column: ColumnFact, all: readonly ColumnFact[]): ColumnFact | undefined {
  const form = columnForm(column.name)
  return (
    all.find(({name}) => name.key === column.name.key) ??
    all.find(({name}) => columnForm(name) === form) ??
    all.find(({name}) => {
      const other = columnForm(name)
      return [`${form}id`, `${entityForm({key: form})}id`].includes(other) || form === `${other}id`
    })
  )
}

const whole = /^(?:integer|bigint|smallint|tinyint)$/u
const numbers = /^(?:integer|bigint|smallint|tinyint|numeric|real|double)$/u

/** Whether two columns may have one type; `loose`: the described one is of no database. */
export function typesAgree(described: ColumnFact, actual: ColumnFact, {sqlite}: Creation, loose: boolean): boolean {
  const [a, b] = [described.type, actual.type]
  if (!a || !b || a.hole || b.hole || /[|/]|\bor\b/i.test(a.text) || sameType(a, b)) return true
  // SQLite has four types; the rest are names for them.
  if (sqlite && (!/^(?:text|varchar|char|integer|real)$/u.test(a.base) || b.base === 'numeric')) return true
  // `INT UNSIGNED` and `BigInt` are types of a database, `int` may be one of the program.
  if (loose && whole.test(a.base) && whole.test(b.base) && !/\bUNSIGNED\b|^\s*(?:big|small)int\b/iu.test(a.text))
    return true
  // `DECIMAL(6,2)` is one of a database too.
  if (loose && /^(?:numeric|real|double)$/u.test(a.base) && a.size.length === 0 && numbers.test(b.base)) return true
  return (
    loose &&
    (a.base === 'json' || b.base === 'json' || a.array || a.size.length === 0) &&
    a.text === a.text.toLowerCase()
  )
}

/** Whether a column may be null; `undefined` where the code doesn't tell. */
export function isNullIn(column: ColumnFact, {constraints, strict}: Creation, loose: boolean): boolean | undefined {
  const isKey = constraints.some(
    (one) => one.kind === 'primary' && one.columns.some(({key}) => key === column.name.key),
  )
  // What is computed may be NULL as what it is computed from.
  if (column.expression !== undefined && !isKey) return column.nullable
  return isKey || column.generated ? false : (column.nullable ?? (strict && !loose ? true : undefined))
}

/** Whether what is said of NULL can be true of both; `loose`: "required" may be said of a form. */
export function nullsAgree(
  nullable: boolean | undefined,
  described: ColumnFact,
  actual: ColumnFact,
  creation: Creation,
  loose: boolean,
): boolean {
  const isNull = isNullIn(actual, creation, loose)
  if (nullable === undefined || isNull === undefined || nullable === isNull) return true
  // "Optional" for who fills it in: the default does it.
  return (loose && (actual.default !== undefined || described.default !== undefined)) || described.generated
}

/** A default that a column has without a word of it. */
export function isNoDefault(text: string): boolean {
  return /^\(*null\)*(?:::.*)?$/i.test(text.replaceAll(/["'`]/gu, '').trim())
}

/** Whether a text is a default as a database takes it, and no description of one. */
export function isDefault(text: string): boolean {
  return isLiteral(text) && !/^[`'"]*(?:auto|generated|sequence|identity|increment)/i.test(text)
}

/** Whether two defaults can be one; `true` where that can't be told. */
export function defaultsAgree(described: string, actual: string): boolean {
  const [a, b] = [plain(described), plain(actual)]
  if (isValue(described) && /^'[\w -]*'(?:::[\w ]+)?$/u.test(actual.trim())) return formOfValue(a) === formOfValue(b)
  if (a === b || !isLiteral(unwrapped(described)) || !isLiteral(unwrapped(actual))) return true
  // `timezone.now()` of a program may be any default of the database.
  if ([a, b].some((one) => /^[a-z_][\w]*\.[\w.]+(?:\(\))?$/u.test(one))) return true
  if (/\(\)$|^current_/u.test(a) !== /\(\)$|^current_/u.test(b)) return false
  return a !== '' && b !== '' && Number(a) === Number(b)
}

/** A word that stands for nothing else: `default EMAIL`. */
function isValue(text: string): boolean {
  return (
    /^[`*_]{0,3}[A-Za-z][A-Za-z0-9_-]{1,40}[`*_]{0,3}$/u.test(text.trim()) &&
    !/^\W*(?:none|null|nil|empty|blank|auto\w*|generated|now|today|current\w*|random|serial|sequence|computed|default|yes|no|on|off|unset|undefined|required|optional|true|false|zero|one|see|the|an?|uuid\w*|identity|timestamp|system|varies|same|first|last|own|given|set|n|na|configur\w*|inherit\w*|derived|db|database|application|app|server)\W*$/i.test(
      text,
    )
  )
}

/** `PENDING_REVIEW` and `pending-review` are one. */
function formOfValue(text: string): string {
  return text.replaceAll(/[\s_*-]/gu, '')
}

function isLiteral(text: string): boolean {
  return /^\s*(?:\(*'[^']*'\)*(?:::[\w ]+(?:\[\])?)?|\(*-?\d+(?:\.\d+)?\)*(?:::\w+)?|true|false|null|[\w.]+\(\)|current_\w+)\s*$/i.test(
    text.replaceAll(/["`]/gu, "'"),
  )
}

const moment =
  /^(?:(?:[\w.]*\.)?(?:now|utcnow|utc_timestamp|current_timestamp)(?:\(\d?\))?|getdate\(\)|getutcdate\(\)|sysutcdatetime\(\)|(?:statement|transaction|clock)_timestamp\(\)|localtimestamp|auto_now(?:_add)?(?:=true)?)$/u

/** The SQL within what a program wraps it in: `sa.func.now()`, `sa.text("now()")`, `dbgenerated("now()")`. */
function unwrapped(text: string): string {
  const bare = text.trim().replace(/^(?:\w{1,40}\.){0,3}func\./u, '')
  return (
    /^(?:\w{1,40}\.){0,3}(?:text|dbgenerated|raw|literal)\(\s*(["'`])(.*)\1\s*\)$/su.exec(bare)?.[2]?.trim() ?? bare
  )
}

function plain(text: string): string {
  const word = unwrapped(text)
    .toLowerCase()
    .replace(/::[\w ]+(?:\[\])?$/u, '')
    .replaceAll(/["'`]|^\(+|(?<!\()\)+$/gu, '')
  if (moment.test(word)) return 'now()'
  if (/uuid|newid/u.test(word)) return 'uuid()'
  return {true: '1', false: '0', t: '1', f: '0'}[word] ?? word
}
