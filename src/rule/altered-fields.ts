import {once} from '../document/remembered.ts'
import type {Text} from '../document/types.ts'
import type {ColumnFact, Name, Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import type {DocumentedTable} from '../sql/documented/model.ts'
import {isKnownType, sameType} from '../sql/documented/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {BoundDocument} from '../type/types.ts'
import type {AlteredField} from './altered-field.ts'
import {onlyBack} from './ways-back.ts'
import {columnForm, columnOf, defaultsAgree, isDefault, isNoDefault} from './creations.ts'
import {forgottenIn, type IsForgotten, wordsIn} from './given-columns.ts'
import {forwardOperations, scriptOperations} from './keys.ts'
import {modifiedFields} from './modified-fields.ts'
import {isRequiredNotNull} from './required-words.ts'
import {entityOf, itself, ofKind, ofTable, operationsOf} from './schema.ts'
import {typesAgree} from './types-agree.ts'

/**
 * New and modified fields that no ALTER TABLE of their table agrees with. Where none speaks of the table, they are forgotten only
 * if the migration is in SQL alone and has nothing of their name.
 */
export function alteredFields(schema: SchemaFacts, type: BoundDocument): readonly AlteredField[] {
  const forward = [...forwardOperations(schema, type), ...scriptOperations(schema)]
  const rollback = type.withRole('rollback')
  const inRollback = operationsOf(schema).filter(({start}) =>
    rollback.some((one) => one.start <= start && start < one.end),
  )
  const back = [...new Set([...inRollback, ...onlyBack(schema)])]
  const tables = forward.flatMap((one) => tableOf(one) ?? [])
  const isForgotten = forgottenIn(forward, schema)
  // "Required" may be said of a form, but not where it is NOT NULL in all tables that are made.
  const isHabit = once(() => isRequiredNotNull(schema, forward))
  const saysNull = ({name, end}: ColumnFact): boolean =>
    /\b(?:NOT NULL|NULL|nullable|not null|null allowed)\b/u.test(schema.document.text.slice(name.end, end)) || isHabit()
  return [...schema.tables, ...toldBeside(schema)].flatMap((described) => {
    if (described.name.hole || described.source === 'mermaid') return []
    // `Existing Entity: Order` is about the table `orders`.
    const table = {...described, name: entityOf(described.name, tables, itself)[0] ?? described.name}
    if (table.part === 'added') {
      const asked = table.source === 'columnTable' && table.asks.has('nullable')
      const found = addedFields(table, forward, asked ? () => true : saysNull)
      const left = table.columns.filter(({name}) => !found.some(({column}) => column === name))
      const wanted = left.filter(({type: own}) => isKnownType(own)).map(({name}) => ({column: name, to: undefined}))
      return [...found, ...unaltered(table.name, wanted, forward, isForgotten)]
    }
    if (table.part === 'all') return grownFields(table, forward)
    const modified = table.changes.filter(({from, to}) => isOtherType(from, to))
    return [
      ...modifiedFields(table, forward, back),
      ...unaltered(table.name, [...modified, ...newDefaults(table, forward)], forward, isForgotten),
    ]
  })
}

/** What words add to tables of the SQL, where no list or table of columns says it too. */
function toldBeside(schema: SchemaFacts): readonly DocumentedTable[] {
  const known = new Set(schema.sql.statements.flatMap(({text}) => wordsIn(text)))
  if (known.size === 0) return []
  return schema.additions.filter(
    ({name, start, end}) =>
      !name.hole &&
      known.has(lastPart(name).toLowerCase()) &&
      !schema.tables.some((one) => one.start < end && start < one.end),
  )
}

/** Columns of a whole table, as it is to be, that ALTER TABLE adds to what was there. */
function grownFields({name: table, columns}: Described, forward: readonly Operation[]): readonly AlteredField[] {
  const added = ofTable(ofKind(forward, 'add-column'), table).filter(
    ({statement, column}) => !statement.template && !column.name.hole,
  )
  const there = ofTable(ofKind(forward, 'create-table'), table).flatMap((one) => one.columns)
  return columns.flatMap((column) => {
    if (column.name.hole || column.type?.hole || columnOf(column, there)) return []
    const same = added.map((one) => one.column).filter((one) => one.name.key === column.name.key)
    return differences(column, same, changedLater(forward, table, column.name))
  })
}

function unaltered(
  table: Name,
  wanted: readonly {readonly column: Name; readonly to: Text | undefined}[],
  forward: readonly Operation[],
  isForgotten: IsForgotten,
): readonly AlteredField[] {
  if (ofTable(forward, table).some(({kind}) => kind === 'create-table')) return []
  return wanted
    .filter(({column}) => isForgotten(table, column))
    .map(({column, to}) => ({kind: 'unaltered', column, table, to}))
}

/** Changes of nothing but the default, which no statement sets. */
function newDefaults(
  {name: table, changes}: Described,
  forward: readonly Operation[],
): readonly {readonly column: Name; readonly to: Text | undefined}[] {
  const set = new Set(ofTable(ofKind(forward, 'set-default'), table).map((one) => columnForm(one.column)))
  return changes.flatMap(({column, from, to, was, will}) => {
    if (set.has(columnForm(column))) return []
    const value = was && will && !isOtherType(from, to) ? will.default : undefined
    const isNew = value && isDefault(value.text) && !(was?.default && defaultsAgree(was.default.text, value.text))
    return isNew ? [{column, to: {...value, text: `DEFAULT ${value.text}`}}] : []
  })
}

function isOtherType(from: ColumnFact['type'], to: ColumnFact['type']): boolean {
  return from !== undefined && to !== undefined && isKnownType(from) && isKnownType(to) && !sameType(from, to)
}

interface Described {
  readonly name: Name
  readonly columns: readonly ColumnFact[]
  readonly changes: DocumentedTable['changes']
}

function addedFields(
  {name: table, columns}: Described,
  forward: readonly Operation[],
  saysNull: (column: ColumnFact) => boolean,
): readonly AlteredField[] {
  const added = ofTable(ofKind(forward, 'add-column'), table).filter(
    (one) => !one.statement.template && !one.column.name.hole,
  )
  const isMade = ofTable(ofKind(forward, 'create-table'), table).length > 0
  const renamed = ofTable(ofKind(forward, 'rename-column'), table).flatMap((one) => [one.column, one.to])
  const isRenamed = ({name}: ColumnFact): boolean => renamed.some((one) => columnForm(one) === columnForm(name))
  if (added.length === 0 || isMade) return []
  const made = added.map(({column}) => column)
  const free = made.filter((one) => !isRenamed(one) && columns.every((column) => !columnOf(column, [one])))
  const found = columns.filter((column) => columnOf(column, made))
  return columns.flatMap((column): readonly AlteredField[] => {
    if (column.name.hole || column.type?.hole || isRenamed(column)) return []
    const same = made.filter((one) => columnOf(column, [one]))
    const [first] = same
    if (first)
      return [
        ...differences(column, same, changedLater(forward, table, column.name)),
        ...defaultSet(column, forward, table),
        ...(saysNull(column) ? nullDifference(column, same, forward, table) : []),
      ]
    // One that has a twin, or stands among others that are added, is another name or forgotten.
    if (!isKnownType(column.type) || (free.length === 0 && found.length === 0)) return []
    const twin = free.length === 1 && columns.length - found.length === 1 ? free[0]?.name : undefined
    return [{kind: 'undefined', column: column.name, table, twin}]
  })
}

/** The default that an added column gets in a statement of its own. */
function defaultSet(
  {name, default: value}: ColumnFact,
  forward: readonly Operation[],
  table: Name,
): readonly AlteredField[] {
  const last = ofTable(forward, table).findLast(
    (one) => (one.kind === 'set-default' || one.kind === 'drop-default') && columnForm(one.column) === columnForm(name),
  )
  const actual = last?.kind === 'set-default' ? last.value : undefined
  return value && actual && !defaultsAgree(value.text, actual.text)
    ? [{kind: 'default', column: name, described: value, actual}]
    : []
}

function changedLater(forward: readonly Operation[], table: Name, column: Name): boolean {
  return ofTable(forward, table).some(
    (one) =>
      (one.kind === 'alter-type' || one.kind === 'set-default' || one.kind === 'drop-default') &&
      columnForm(one.column) === columnForm(column),
  )
}

function differences(column: ColumnFact, made: readonly ColumnFact[], isChanged: boolean): readonly AlteredField[] {
  const [first] = made
  if (!first || isChanged) return []
  const {type: described, default: value} = column
  const isOther = (one: ColumnFact): boolean =>
    described !== undefined && one.type !== undefined && !typesAgree(described, one.type)
  if (described && first.type && made.every(isOther))
    return [{kind: 'type', column: column.name, described, actual: first.type}]
  const isOtherValue = (one: ColumnFact): boolean =>
    value !== undefined && one.default !== undefined && !defaultsAgree(value.text, one.default.text)
  if (value && first.default && made.every(isOtherValue))
    return [{kind: 'default', column: column.name, described: value, actual: first.default}]
  const isNone = (one: ColumnFact): boolean => one.default === undefined && !one.generated
  return value && isDefault(value.text) && !isNoDefault(value.text) && made.every(isNone)
    ? [{kind: 'noDefault', column: column.name, described: value, actual: first}]
    : []
}

/** What an added column says of NULL in the words of a database. */
function nullDifference(
  {name, nullable}: ColumnFact,
  made: readonly ColumnFact[],
  forward: readonly Operation[],
  table: Name,
): readonly AlteredField[] {
  const [first] = made
  const isChanged = ofTable(forward, table).some(
    (one) =>
      (one.kind === 'set-not-null' || one.kind === 'drop-not-null') && columnForm(one.column) === columnForm(name),
  )
  if (!first || nullable === undefined || isChanged) return []
  const isOther = (one: ColumnFact): boolean => !one.generated && (one.nullable !== false) !== nullable
  return made.every(isOther) ? [{kind: 'nullable', column: name, isNullable: nullable, actual: first}] : []
}
