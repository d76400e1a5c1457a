import {kept, once} from '../document/remembered.ts'
import type {KnownTable} from './state-tables.ts'
import type {DocumentedForeignKey} from '../sql/documented/model.ts'
import {isKnownType, sameType} from '../sql/documented/types.ts'
import type {ColumnFact, Name, Operation, TypeFact} from '../sql/model.ts'
import {lastPart} from '../sql/implicit.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {isSlip} from '../type/nearest.ts'
import {columnForm} from './creations.ts'
import {foreignKeysIn, type TableKey} from './keys.ts'
import {called, entityForm, entityOf, nameOf, ofKind, ofTable, operationsOf, sameName} from './schema.ts'

/** A key as a list or a described column has it. */
export interface DescribedKey extends Pick<DocumentedForeignKey, 'table' | 'columns' | 'to' | 'target'> {
  /** The table stands between back quotes, and in the plural as tables do. */
  readonly marked: boolean
  /** The table stands between back quotes, with a capital letter as models do. */
  readonly model: boolean
}

/** Keys in lists, and those of the columns that are described. */
export function describedKeys(schema: SchemaFacts): readonly DescribedKey[] {
  return keysOfSchema(schema, () => readDescribedKeys(schema))
}

const keysOfSchema = kept<readonly DescribedKey[]>()

function readDescribedKeys(schema: SchemaFacts): readonly DescribedKey[] {
  const ofColumns = schema.tables
    .filter(({source}) => source !== 'mermaid')
    .flatMap(({name, constraints}) =>
      constraints.flatMap((one) =>
        one.kind === 'foreign' ? [{table: name, columns: one.columns, to: one.table, target: one.target}] : [],
      ),
    )
  const {text} = schema.document
  const made = once(() => columnsMade(schema))
  return [...listedForeignKeys(schema), ...ofColumns].map((given) => {
    const one = {...given, ...columnOfTable(given, made)}
    const around = text.slice(one.to.start - 1, one.to.end + 1)
    return {
      ...one,
      marked: /^`(?:[a-z0-9]+s|[a-z0-9]+(?:_[a-z0-9]+)+)[`.(]$/u.test(around),
      model: /^`[A-Z][A-Za-z0-9]+[`.(]$/u.test(around),
    }
  })
}

const listedKnown = kept<readonly DocumentedForeignKey[]>()

/** The keys of lists and sentences, those that don't say their table with that of the key in SQL which they mean. */
export function listedForeignKeys(schema: SchemaFacts): readonly DocumentedForeignKey[] {
  return listedKnown(schema, () => {
    const keys = once(() => foreignKeysIn(operationsOf(schema)))
    return schema.foreignKeys.map((one) => {
      const same = one.table ? undefined : meantKey(one, keys())
      return same ? {...one, table: same.table} : one
    })
  })
}

/** The key of the SQL that has the name of a described one, or that begins at its column, in a table that is named before it. */
function meantKey(
  {name, near, columns}: Pick<DocumentedForeignKey, 'name' | 'near' | 'columns'>,
  keys: readonly TableKey[],
): TableKey | undefined {
  if (name) return keys.find(({key}) => key.name && sameName(key.name, name))
  const [column, ...more] = columns
  if (!near || !column || more.length > 0) return undefined
  const own = keys.filter(({key}) => key.columns.length === 1 && key.columns.some((one) => sameName(one, column)))
  const last = near.findLast((one) => own.some(({table}) => sameName(table, one)))
  const found = last ? own.filter(({table}) => sameName(table, last)) : own
  return new Set(found.map(({table}) => table.key)).size === 1 ? found[0] : undefined
}

/** `textile.chip` is a column where the SQL has a table `textile` with it, and no table `chip`. */
function columnOfTable(
  {to, target}: Pick<DescribedKey, 'to' | 'target'>,
  made: () => ReadonlyMap<string, ReadonlySet<string>>,
): Pick<DescribedKey, 'to' | 'target'> {
  const [head = '', last = '', ...more] = to.key.split('.')
  const dot = to.text.lastIndexOf('.')
  const isColumn =
    last !== '' &&
    more.length === 0 &&
    dot > 0 &&
    target.length === 0 &&
    made().get(head)?.has(last) === true &&
    !made().has(last)
  if (!isColumn) return {to, target}
  const at = to.start + dot
  return {
    to: {...to, text: to.text.slice(0, dot), key: head, end: at},
    target: [{...to, text: to.text.slice(dot + 1), key: last, start: at + 1}],
  }
}

/** The columns of the tables that the SQL makes, by the names of those without their schema. */
function columnsMade({sql}: SchemaFacts): ReadonlyMap<string, ReadonlySet<string>> {
  const made = new Map<string, Set<string>>()
  for (const {operations} of sql.statements)
    for (const {table, columns} of ofKind(operations, 'create-table')) {
      const known = made.get(lastPart(table)) ?? new Set()
      made.set(lastPart(table), known)
      for (const {name} of columns) known.add(name.key)
    }
  return made
}

/** Described keys with the table to which those of the same column in SQL lead, all of them to another one. */
export function keysElsewhere(
  described: readonly DescribedKey[],
  keys: readonly TableKey[],
  tables: readonly KnownTable[],
): readonly {readonly to: Name; readonly other: Name; readonly columns: readonly Name[]}[] {
  const areNames = areTableNames(described, keys)
  const names = new Set([...tables.map(({name}) => name), ...keys.map(({key}) => key.table)].map(entityForm))
  const isTable = (name: Name): boolean => names.has(entityForm(name))
  return described.flatMap((one) => {
    const other = keyElsewhere(one, keys, areNames, isTable)
    return other ? [{to: one.to, other: other.key.table, columns: other.key.columns}] : []
  })
}

function keyElsewhere(
  described: DescribedKey,
  keys: readonly TableKey[],
  areNames: boolean,
  isTable: (name: Name) => boolean,
): TableKey | undefined {
  const {to, target, marked, model} = described
  // "Foreign key to the author" says what it means, not how the table is called, but where the others say that.
  const isMeant = target.length > 0 || marked || areNames
  const same = sameKeys(described, keys)
  // That PostgreSQL tells `"Plot"` from `plot` is said of the statement.
  const isOne = (other: Name): boolean =>
    entityForm(other) === entityForm(to) || lastPart(other).toLowerCase() === lastPart(to).toLowerCase()
  if (same.some(({key}) => key.table.hole || isOne(key.table))) return undefined
  const isSlipped = same.some(({key}) => isSlip(lastPart(key.table), lastPart(to)))
  // Where the tables are called as models are, a model is a table.
  const areModels = model && same.length > 0 && same.every(({key}) => /^\p{Lu}/u.test(lastPart(key.table)))
  // What another table is called means that table.
  return isMeant || isSlipped || areModels || (same.length > 0 && isTable(to)) ? same[0] : undefined
}

/** The keys of the same column in SQL. */
function sameKeys({table, columns, to}: DescribedKey, keys: readonly TableKey[]): readonly TableKey[] {
  const [column] = columns
  if (!table || !column || columns.length > 1 || to.hole || table.hole) return []
  return entityOf(table, keys, ownerOfKey).filter(
    ({key}) => key.columns.length === 1 && key.columns.some((one) => sameName(one, column)),
  )
}

/** Whether the keys of a description are said by what their tables are called in SQL: three are, and one alone isn't. */
function areTableNames(described: readonly DescribedKey[], keys: readonly TableKey[]): boolean {
  const held = described
    .map((one) => ({to: one.to, same: sameKeys(one, keys)}))
    .filter(({same}) => same.length > 0)
    .map(({to, same}) => same.some(({key}) => sameName(key.table, to)))
  const wrong = held.filter((isSame) => !isSame).length
  return wrong === 1 && held.length > 3
}

/** The key of another column in SQL, to the same table, of which no description speaks; none has the described one. */
export function keyOfAnother(
  {table, columns, to, marked}: DescribedKey,
  described: readonly DescribedKey[],
  keys: readonly TableKey[],
): TableKey | undefined {
  const [column] = columns
  if (!table || !column || columns.length > 1 || !marked || to.hole || table.hole || column.hole) return undefined
  const own = entityOf(table, keys, ownerOfKey).filter(({key}) => entityForm(key.table) === entityForm(to))
  const isOf = (name: Name, {key}: TableKey): boolean => key.columns.some((one) => sameName(one, name))
  if (own.length === 0 || own.some((one) => isOf(column, one) || one.key.columns.length > 1)) return undefined
  const others = described.filter((one) => one.table && entityForm(one.table) === entityForm(table))
  const free = own.filter((one) => !others.some((other) => other.columns.some((name) => isOf(name, one))))
  return free.length === own.length && new Set(free.map(({key}) => key.columns[0]?.key)).size === 1
    ? free[0]
    : undefined
}

function ownerOfKey({table}: TableKey): Name {
  return table
}

/** The foreign keys of models in Python; those of Prisma lead to models, which Prisma's own syntax tells. */
export function modelKeys({models}: SchemaFacts): readonly Pick<TableKey, 'table' | 'key'>[] {
  // A class that doesn't say what its table is called leaves that to the mapper.
  const isClass = (to: Name): boolean =>
    models.tables.some(({name, table}) => !table && entityForm(name) === entityForm(to))
  return models.tables
    .filter(({source}) => source === 'python')
    .flatMap(({name, table, constraints}) =>
      constraints.flatMap((key) =>
        key.kind === 'foreign' && !isClass(key.table) ? [{table: table ?? name, key}] : [],
      ),
    )
}

/** The fields that relations of Prisma lead to in tables that no model of the document is, where the tables can't have them. */
export function fieldsOfOthers(
  {models}: SchemaFacts,
  tables: readonly KnownTable[],
): readonly {readonly name: Name; readonly target: KnownTable}[] {
  const own = models.tables.filter(({source}) => source === 'prisma')
  const names = new Set(own.flatMap(({name, table}) => [name.key, table?.key ?? name.key]))
  return own
    .flatMap(({constraints}) => constraints)
    .flatMap((key) => {
      if (key.kind !== 'foreign' || names.has(key.table.key)) return []
      // A model's name is written without the quotes that its table has.
      const target = tables.find(({name, columns}) => columns && name.key.toLowerCase() === key.table.key.toLowerCase())
      const forms = new Set(target?.columns?.map(({name}) => columnForm(name).toLowerCase()))
      // A field may be called otherwise than its column: `teamId` is `team_id`.
      return target
        ? key.target.flatMap((name) => (forms.has(columnForm(name).toLowerCase()) ? [] : [{name, target}]))
        : []
    })
}

export function isInSql(table: Name, operations: readonly Operation[]): boolean {
  return ofTable(ofKind(operations, 'create-table'), table).length > 0
}

/** Whether a key of one type can lead to the other; a sign is part of it. */
export function fits(a: TypeFact, b: TypeFact): boolean {
  if (a.hole || b.hole || !isKnownType(a) || !isKnownType(b)) return true
  const isSigned = ({text}: TypeFact): boolean => !/\bunsigned\b/i.test(text)
  const isWhole = [a, b].every(({base}) => /^(?:integer|bigint|smallint|tinyint)$/u.test(base))
  if (!sameType(a, b)) return false
  return !isWhole || isSigned(a) === isSigned(b) || [a, b].some(({text}) => /serial/i.test(text))
}

/** Another place gives the column the right type: that the two differ is the matter of another rule. */
export function isSaidOtherwise(
  table: Name,
  {name, start}: ColumnFact,
  target: ColumnFact,
  schema: SchemaFacts,
  operations: readonly Operation[],
): boolean {
  const made = [
    ...ofTable(ofKind(operations, 'create-table'), table).flatMap(({columns}) => columns),
    ...ofTable(ofKind(operations, 'add-column'), table).map(({column}) => column),
  ]
  // What the database refuses is told where it stands, whatever a table of columns says.
  const inSql = made.some((one) => one.start === start) && isOfSql(target, operations)
  const described = called(schema.tables, nameOf, table).filter(({source}) => source === 'columnTable')
  const all = [...(inSql ? [] : described.flatMap(({columns}) => columns)), ...made]
  return all.some(
    (column) =>
      column.start !== start &&
      sameName(column.name, name) &&
      column.type &&
      target.type &&
      isKnownType(column.type) &&
      fits(column.type, target.type),
  )
}

function isOfSql({start}: ColumnFact, operations: readonly Operation[]): boolean {
  return ofKind(operations, 'create-table').some(
    (one) => start >= one.start && start < one.end && one.columns.some((column) => column.start === start),
  )
}

/** The columns that a key leads to, where its table is created here and nothing makes them unique. */
export function notUnique(
  {table, target}: TableKey['key'],
  known: KnownTable | undefined,
  operations: readonly Operation[],
  schema: SchemaFacts,
): Name | undefined {
  const created = ofTable(ofKind(operations, 'create-table'), table)
  const isWhole = created.length > 0 && created.every(({statement}) => !statement.template)
  const hasPrimary = created.some(({constraints}) => constraints.some(({kind}) => kind === 'primary'))
  const areThere = target.every((name) => known?.columns?.some((column) => sameName(column.name, name)))
  if (target.length === 0 || !isWhole || !hasPrimary || !areThere) return undefined
  const keys = [
    ...created.flatMap(({constraints}) => constraints),
    ...ofTable(ofKind(operations, 'add-constraint'), table).map(({constraint}) => constraint),
  ].flatMap((one) => (one.kind === 'primary' || one.kind === 'unique' ? [one.columns] : []))
  const indexes = ofTable(ofKind(operations, 'create-index'), table).flatMap(({index}) =>
    index.unique || schema.sql.dialect === 'mysql' ? [index.columns] : [],
  )
  const isUnique = [...keys, ...indexes].some(
    (columns) =>
      columns.length === 0 ||
      (columns.length === target.length && target.every((name) => columns.some((column) => sameName(column, name)))),
  )
  return isUnique ? undefined : target[0]
}
