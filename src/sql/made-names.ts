/** Tables of columns below a title that names none, by the table that the SQL beside them makes of the same columns. */
import {isWithin} from '../document/places.ts'
import type {SpecDocument} from '../document/types.ts'
import {describedTables, type DocumentedTable} from './documented/index.ts'
import type {Operation, OperationOf, SqlFacts} from './model.ts'

/** So many columns, and so large a part of either side, have the same names. */
const fewest = 3
const share = 0.6

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
  ]
  if (loose.length === 0) return tables
  const operations = sql().statements.flatMap((statement) => statement.operations)
  const made = operations.filter(isCreation)
  const renamed = loose.flatMap((table) => {
    const own = made.filter((one) => isBeside(one, table) && areAlike(one, table))
    const [first] = own
    if (!first || own.some((one) => one.table.key !== first.table.key)) return []
    const {text, key, hole} = first.table
    return [{...table, name: {...table.name, text, key, hole}}]
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

function areAlike({columns}: OperationOf<'create-table'>, table: DocumentedTable): boolean {
  const names = new Set(columns.map(({name}) => name.key))
  const shared = table.columns.filter(({name}) => names.has(name.key)).length
  return shared >= fewest && shared >= share * table.columns.length && shared >= share * columns.length
}
