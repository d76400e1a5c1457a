/** Tables of columns below a title that names none, by the table that the SQL beside them makes of the same columns. */
import {isWithin} from '../document/places.ts'
import type {SpecDocument} from '../document/types.ts'
import {describedTables, type DocumentedTable, looseLists} from './documented/index.ts'
import type {ColumnFact, Name, Operation, OperationOf, SqlFacts} from './model.ts'

/** So many columns, and so large a part of either side, have the same names. */
const fewest = 3
const share = 0.6
/** The same of what stands somewhere else. */
const most = 0.75
/** What is less than this may be chance. */
const few = 0.4

/** The tables of a document, with the name of a made one where the document itself gives none; `sql` is only asked for then. */
export function withMadeNames(
  tables: readonly DocumentedTable[],
  document: SpecDocument,
  sql: () => SqlFacts,
): readonly DocumentedTable[] {
  const named = new Set(tables.map(({start}) => start))
  const loose = [
    ...tables.filter(isUnnamed),
    ...describedTables(document, true).filter((one) => one.source === 'columnTable' && !named.has(one.start)),
    ...looseLists(document).filter((one) => !tables.some(({start, end}) => start < one.end && one.start < end)),
  ]
  const mistaken = tables.filter(
    (one) =>
      one.part !== 'modified' && (one.source === 'columnTable' || (one.source === 'attributeList' && !one.certain)),
  )
  if (loose.length + mistaken.length === 0) return tables
  const operations = sql().statements.flatMap((statement) => statement.operations)
  const made = operations.filter(isCreation)
  const isOwn = (one: DocumentedTable): boolean =>
    one.part === 'added' ? getsSome(one, operations) : isLikeItsOwn(one, made)
  loose.push(...mistaken.filter((one) => !isOwn(one) && !loose.includes(one)))
  const renamed = loose.flatMap((table) => {
    const beside =
      table.source === 'columnTable'
        ? only(made.filter((one) => isBeside(one, table) && areAlike(one, table)))
        : undefined
    const found = beside ?? only(made.filter((one) => areTheSame(one, table))) ?? grown(table, operations)
    if (!found) return []
    const {text, key, hole} = found
    const part = found === beside || made.some((one) => one.table === found) ? table.part : 'added'
    return [{...table, name: {...table.name, text, key, hole}, part}]
  })
  const taken = new Map(renamed.map((one) => [one.start, one]))
  return [
    ...tables.map((one) => taken.get(one.start) ?? one),
    ...renamed.filter(({start}) => !named.has(start)),
  ].toSorted((a, b) => a.start - b.start)
}

/** A title of several words is no name: "Version 43: ticket log by month". */
function isUnnamed({name, source}: DocumentedTable): boolean {
  return source === 'columnTable' && !name.hole && /\s/u.test(name.text.trim())
}

function isCreation(one: Operation): one is OperationOf<'create-table'> {
  return one.kind === 'create-table' && !one.temporary && !one.table.hole
}

/** In the section of the table, or in the one around it. */
function isBeside({start}: Operation, {section}: DocumentedTable): boolean {
  const {parent} = section
  return isWithin(start, section) || (parent?.heading !== undefined && parent.depth > 1 && isWithin(start, parent))
}

/** Whether the table of its name has hardly a column of a list: what stands above it names another one. */
function isLikeItsOwn({name, columns}: DocumentedTable, made: readonly OperationOf<'create-table'>[]): boolean {
  const own = made.filter(({table}) => table.key === name.key)
  return own.length === 0 || own.some((one) => sharedBy(one.columns, columns) >= few * columns.length)
}

/** Whether the table of its name gets a column of a list. */
function getsSome({name, columns}: DocumentedTable, operations: readonly Operation[]): boolean {
  return operations.some(
    (one) =>
      one.kind === 'add-column' &&
      one.table.key === name.key &&
      columns.some((column) => column.name.key === one.column.name.key),
  )
}

/** The table that all of some operations are about. */
function only(all: readonly {readonly table: Name}[]): Name | undefined {
  const [first] = all
  return first && all.every((one) => one.table.key === first.table.key) ? first.table : undefined
}

/** Wherever it stands: hardly a column is of one side alone. */
function areTheSame({columns}: OperationOf<'create-table'>, {columns: described, part}: DocumentedTable): boolean {
  const shared = sharedBy(columns, described)
  return part === 'all' && shared > fewest && shared >= most * described.length && shared >= most * columns.length
}

/** The table that gets most of the columns, if one does. */
function grown({columns}: DocumentedTable, operations: readonly Operation[]): Name | undefined {
  // What the way back drops was added, even where the way there forgets it.
  const added = operations.flatMap((one) => {
    if (one.kind === 'add-column') return [{table: one.table, name: one.column.name}]
    if (one.kind === 'rename-column') return [{table: one.table, name: one.to}]
    return one.kind === 'drop-column' ? [{table: one.table, name: one.column}] : []
  })
  const tables = new Map(added.map(({table}) => [table.key, table]))
  const found = [...tables].filter(([key]) => {
    const shared = sharedBy(
      added.filter(({table}) => table.key === key),
      columns,
    )
    return shared >= 2 && shared >= share * columns.length
  })
  return found.length === 1 ? found[0]?.[1] : undefined
}

function sharedBy(made: readonly Pick<ColumnFact, 'name'>[], described: readonly ColumnFact[]): number {
  const names = new Set(made.map(({name}) => name.key))
  return described.filter(({name}) => names.has(name.key)).length
}

function areAlike({columns}: OperationOf<'create-table'>, table: DocumentedTable): boolean {
  const shared = sharedBy(columns, table.columns)
  return shared >= fewest && shared >= share * table.columns.length && shared >= share * columns.length
}
