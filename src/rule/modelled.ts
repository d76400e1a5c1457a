import {isBelow} from '../document/places.ts'
import type {Section, SpecDocument} from '../document/types.ts'
import type {DocumentedEnum, ModelTable} from '../sql/documented/model.ts'
import {isKnownType} from '../sql/documented/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {ColumnFact, Name, Operation, StatementFact} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {defaultsAgree, isNoDefault} from './creations.ts'
import {isAside} from './free-halves.ts'
import {type Halves, halvesOf, isOpen} from './halves.ts'
import {tableOf} from '../sql/undoes.ts'
import {foreignKeysIn} from './keys.ts'
import {ofKind, ofTable, roleAt, sameName} from './schema.ts'

interface Facts {
  readonly document: SpecDocument
  readonly type: BoundDocument
  readonly schema: SchemaFacts
}

const declaring: readonly string[] = ['schema', 'ddl']

/**
 * What the Prisma models of the schema section declare, as the operations that would make them; of a document without such a
 * section, those outside of the sections that the type knows.
 */
function modelled({document, type, schema}: Facts): readonly Operation[] {
  const isFree = declaring.every((role) => type.withRole(role).length === 0)
  const isDeclared = ({start, section}: {readonly start: number; readonly section: Section}): boolean => {
    const role = roleAt(start, type, [...declaring, 'migration', 'rollback', 'queries'])
    return role === undefined ? isFree && !isBelow(section, isAside) : declaring.includes(role)
  }
  const enums = schema.models.enums.filter((one) => one.source === 'prisma' && !one.name.hole && isDeclared(one))
  const tables = schema.models.tables.filter((one) => one.source === 'prisma' && !one.name.hole && isDeclared(one))
  return [...enums.flatMap((one) => enumOperation(one, document)), ...tables.flatMap(modelOperations)]
}

function enumOperation(one: DocumentedEnum, {text, codes}: SpecDocument): readonly Operation[] {
  const code = codes.find(({start, end}) => start <= one.start && one.end <= end)
  if (!code) return []
  const {start, end, section} = one
  const statement = asStatement({start, end, section, code, text: text.slice(start, end)})
  const mapped = /@@map\("([^"]*)"\)/u.exec(statement.text)?.[1]
  const name = mapped === undefined ? one.name : {...one.name, text: mapped, key: mapped.toLowerCase()}
  return [{kind: 'create-enum', name, values: one.values, start, end, statement}]
}

function modelOperations(model: ModelTable): readonly Operation[] {
  const {start, end, section, code, columns, constraints, indexes} = model
  const table = model.table ?? model.name
  const statement = asStatement({start, end, section, code, text: code.value})
  return [
    {
      kind: 'create-table',
      table,
      columns,
      constraints,
      ifNotExists: false,
      temporary: false,
      start,
      end: start + 'model '.length + model.name.text.length,
      statement,
    },
    ...indexes.map((index): Operation => ({
      kind: 'create-index',
      index,
      start: index.start,
      end: index.end,
      statement,
    })),
  ]
}

/** No names are made up for keys and indexes without one, as no dialect is known. */
function asStatement(part: Pick<StatementFact, 'start' | 'end' | 'section' | 'code' | 'text'>): StatementFact {
  return {...part, dialect: 'sqlite', template: false, comments: [], operations: []}
}

/** Prisma quotes its names, and PostgreSQL keeps their case: names are compared without it. */
function folded(operation: Operation): Operation {
  return withoutCase(operation)
}

function withoutCase<T>(value: T): T {
  if (Array.isArray(value)) return value.map((one: unknown) => withoutCase(one)) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, one]: [string, unknown]) => [
    key,
    key === 'statement' ? one : key === 'key' && typeof one === 'string' ? one.toLowerCase() : withoutCase(one),
  ])
  return Object.fromEntries(entries) as T
}

/** The halves of a document whose schema is Prisma models alone, all names without case. */
export function modelHalves(facts: Facts): Pick<Halves, 'declared' | 'up' | 'down'> | undefined {
  const halves = halvesOf(facts)
  const declared = modelled(facts)
  if (declared.length === 0 || halves.declared.length > 0) return undefined
  const all = halves.up.map(folded)
  const made = new Map(all.flatMap((one) => madeBy(one).map((key) => [key, one.statement.code] as const)))
  // A fence that drops what another one makes is the way back, whatever is said above it.
  const backward = new Set(
    all.flatMap((one) => {
      const {code} = one.statement
      const maker = made.get(droppedBy(one) ?? '')
      return maker && maker !== code && maker.start < code.start ? [code] : []
    }),
  )
  const isBack = ({statement}: Operation): boolean => backward.has(statement.code)
  const up = all.filter((one) => !isBack(one))
  return {
    declared: declared.map((one) => withTables(one, declared, up)),
    up,
    down: [...halves.down.map(folded), ...all.filter((one) => isBack(one))],
  }
}

/** A key to a model that isn't shown leads to the table to which the same columns lead in SQL: only its model knows its name. */
function withTables(one: Operation, declared: readonly Operation[], up: readonly Operation[]): Operation {
  if (one.kind !== 'create-table') return one
  const constraints = one.constraints.map((key) => {
    if (key.kind !== 'foreign' || ofTable(ofKind(declared, 'create-table'), key.table).length > 0) return key
    const same = foreignKeysIn(up).find(
      (other) =>
        sameName(other.table, one.table) &&
        other.key.columns.length === key.columns.length &&
        key.columns.every((column) => other.key.columns.some((its) => sameName(its, column))),
    )
    return same ? {...key, table: {...key.table, key: same.key.table.key}} : key
  })
  return {...one, constraints}
}

function madeBy(one: Operation): readonly string[] {
  if (one.kind === 'create-table') return [`table ${lastPart(one.table)}`]
  if (one.kind === 'add-column') return [`column ${lastPart(one.table)}.${one.column.name.key}`]
  return one.kind === 'create-enum' ? [`type ${lastPart(one.name)}`] : []
}

function droppedBy(one: Operation): string | undefined {
  if (one.kind === 'drop-table') return `table ${lastPart(one.table)}`
  if (one.kind === 'drop-column') return `column ${lastPart(one.table)}.${one.column.key}`
  return one.kind === 'drop-object' && one.what === 'type' ? `type ${lastPart(one.name)}` : undefined
}

/** A field of a model, and the column that the migration makes of it. */
export interface ModelDifference {
  readonly model: Name
  readonly field: ColumnFact
  readonly column: ColumnFact
  readonly what: 'CREATE TABLE' | 'ADD COLUMN'
  readonly difference: 'type' | 'null' | 'default'
}

export function modelDifferences(facts: Facts): readonly ModelDifference[] {
  const halves = modelHalves(facts)
  if (!halves) return []
  const {declared, up} = halves
  const changed = new Set(
    up.flatMap((one) =>
      'table' in one && one.table && 'column' in one && 'key' in one.column
        ? [`${one.table.key} ${one.column.key}`]
        : [],
    ),
  )
  const made = [
    ...ofKind(up, 'create-table').flatMap(({table, columns, constraints}) => {
      const keys = constraints.flatMap((one) => (one.kind === 'primary' ? one.columns : []))
      return columns.map((column) => ({
        table,
        column: keys.some((key) => sameName(key, column.name)) ? {...column, nullable: false} : column,
        what: 'CREATE TABLE' as const,
      }))
    }),
    ...ofKind(up, 'add-column').map(({table, column}) => ({table, column, what: 'ADD COLUMN' as const})),
  ].filter(({table, column}) => !changed.has(`${table.key} ${column.name.key}`))
  const byTable = new Map(ofKind(declared, 'create-table').map((one) => [lastPart(one.table), one] as const))
  return made.flatMap(({table, column, what}) => {
    const model = byTable.get(lastPart(table))
    const field = model?.columns.find(({name}) => name.key === column.name.key)
    const difference = field && differenceOf(field, column)
    return model && difference ? [{model: model.table, field, column, what, difference}] : []
  })
}

function differenceOf(field: ColumnFact, column: ColumnFact): ModelDifference['difference'] | undefined {
  if (field.name.hole || column.name.hole) return undefined
  if (!typesFit(field, column)) return 'type'
  if (field.type?.array) return undefined
  // What is computed may be NULL as what it is computed from.
  const isMade = column.generated && column.expression === undefined
  if (field.nullable !== (isMade ? false : (column.nullable ?? true)) && !(column.expression && !field.nullable))
    return 'null'
  const value = field.default?.text
  // What the client makes is no default of the database.
  if (value === undefined || /^(?:uuid|cuid|ulid|nanoid|autoincrement|sequence|auto|dbgenerated)\(|^\[/u.test(value))
    return undefined
  const actual = column.default?.text
  if (actual === undefined || isNoDefault(actual)) return column.generated ? undefined : 'default'
  const described = field.type?.base === 'enum' ? `'${value}'` : value.replace(/^"(.*)"$/u, "'$1'")
  return defaultsAgree(described, actual.replace(/::[\w."]+$/u, '')) ? undefined : 'default'
}

/** The bases that a scalar without `@db` may become. */
const wide: Readonly<Record<string, readonly string[]>> = {
  text: ['text', 'varchar'],
  timestamp: ['timestamp', 'timestamptz'],
  boolean: ['boolean', 'tinyint'],
  double: ['double', 'real'],
  numeric: ['numeric'],
}

function typesFit({type: field, start, end}: ColumnFact, {type: column}: ColumnFact): boolean {
  if (!field || !column || field.hole || column.hole) return true
  if (!isKnownType(field) || end <= start) return true
  if (field.base === 'enum') return !isKnownType(column) || column.base === 'enum' || column.base === 'text'
  if (!isKnownType(column)) return true
  if (field.array !== column.array) return false
  const bases = Object.hasOwn(wide, field.base) ? (wide[field.base] ?? []) : [field.base]
  if (!bases.includes(column.base)) return false
  return field.size.length === 0 || column.size.length === 0 || field.size.join() === column.size.join()
}

/** Whether Prisma has words for it. */
export function isDeclarable(one: Operation): boolean {
  if (isOpen(one) || tableOf(one)?.text.startsWith('_') === true) return false
  if (one.kind === 'add-constraint') return one.constraint.kind !== 'check'
  if (one.kind === 'create-index') return !one.index.partial && one.index.columns.every(({key}) => key !== '')
  return /^(?:create-table|create-enum|add-enum-value|add-column|drop-table)$/u.test(one.kind)
}
