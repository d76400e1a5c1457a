import type {DocumentedTable} from '../sql/documented/model.ts'
import type {ConstraintFact, KeyFact, Name} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {columnForm, columnOf, type Creation, creationsOf} from './creations.ts'
import {called, entityOf, itsName, nameOf, ownerOf} from './schema.ts'
import {withoutBack} from './ways-back.ts'

/** A table whose description and code give it another primary key. */
export interface DescribedKeyFault {
  readonly table: DocumentedTable
  readonly code: Creation
  /** What the description says; empty where it says nothing, though it does of the other tables. */
  readonly described: readonly Name[]
  readonly actual: KeyFact | undefined
}

/** The primary key of some constraints: columns that are marked one by one make one key. */
export function primaryOf(constraints: readonly ConstraintFact[]): KeyFact | undefined {
  const keys = constraints.filter((one): one is KeyFact => one.kind === 'primary')
  return keys[0] && {...keys[0], columns: keys.flatMap(({columns}) => columns)}
}

/** The columns of a key, to compare; their order is that of its index. */
export function keyForm(columns: readonly Name[] | undefined): string {
  return (columns ?? []).map((name) => columnForm(name)).join()
}

/** The primary keys that descriptions give a table: in its rows, and in its list of indexes. */
export function describedPrimaries(table: Name, {tables, indexes}: SchemaFacts): readonly (readonly Name[])[] {
  const inRows = called(tables, nameOf, table).flatMap(({constraints, part}) => {
    const key = part === 'all' ? primaryOf(constraints) : undefined
    return key ? [key.columns] : []
  })
  const inLists = called(indexes, ownerOf, table).flatMap(({what, columns}) =>
    what === 'primary' && columns.length > 0 ? [columns] : [],
  )
  return [...inRows, ...inLists]
}

interface Pair {
  readonly table: DocumentedTable
  readonly codes: readonly Creation[]
  readonly described: readonly (readonly Name[])[]
}

/** Descriptions with a primary key that no code has; and those without one, where all others of the document have theirs. */
export function describedKeyFaults(schema: SchemaFacts): readonly DescribedKeyFault[] {
  const changed = new Set(
    withoutBack(schema).flatMap((one) =>
      (one.kind === 'add-constraint' && one.constraint.kind === 'primary') ||
      (one.kind === 'drop-constraint' && (one.what === 'primary' || one.what === 'any'))
        ? one.table.key
        : [],
    ),
  )
  const pairs = pairsIn(schema).filter(({codes}) => codes.every(({name}) => !changed.has(name.key)))
  return pairs.flatMap((pair) => faultOf(pair, pairs))
}

function pairsIn(schema: SchemaFacts): readonly Pair[] {
  const creations = creationsOf(schema)
    .flat()
    .filter(({what}) => !what.startsWith('model '))
  const whole = schema.tables.filter(({part, source}) => part === 'all' && source !== 'mermaid')
  return whole.flatMap((table) => {
    const codes = entityOf(table.name, creations, itsName)
    const found = table.columns.filter((column) => codes.some(({columns}) => columnOf(column, columns)))
    const isOne = called(whole, nameOf, table.name).length === 1
    if (codes.length === 0 || !isOne || found.length * 2 < table.columns.length) return []
    return [{table, codes, described: describedPrimaries(table.name, schema)}]
  })
}

function faultOf({table, codes, described}: Pair, pairs: readonly Pair[]): readonly DescribedKeyFault[] {
  const [code] = codes
  const keys = codes.map(({constraints}) => primaryOf(constraints))
  const forms = new Set(keys.map((key) => setForm(key?.columns)))
  const [actual] = keys
  if (!code || forms.size !== 1 || codes.some(({partial}) => partial)) return []
  if (keys.some((key) => key?.columns.some(({hole}) => hole) === true)) return []
  const [first] = described
  if (first) {
    const isSaid = described.some((columns) => forms.has(setForm(columns)))
    const areThere = first.every(
      (name) => !name.hole && code.columns.some((one) => columnForm(one.name) === columnForm(name)),
    )
    if (!isSaid) return areThere ? [{table, code, described: first, actual}] : []
    // A key of several columns stands in the list of indexes alone.
    if (actual?.columns.length !== 1 || primaryOf(table.constraints)) return []
  }
  const isThere = (actual?.columns ?? []).every((name) =>
    table.columns.some((one) => columnForm(one.name) === columnForm(name)),
  )
  return actual && isThere && isHabit(table, actual, pairs) ? [{table, code, described: [], actual}] : []
}

/**
 * At least two other tables are described in the same way, and each with its key in the row of a column. Who marks the one column
 * of a key has said nothing of how a key of several is written, unless another table has one.
 */
function isHabit(table: DocumentedTable, actual: KeyFact, pairs: readonly Pair[]): boolean {
  const others = pairs
    .filter(({table: one}) => one !== table && one.source === table.source)
    .map(({table: one}) => primaryOf(one.constraints))
  const isUsual = actual.columns.length === 1 || others.some((key) => key !== undefined && key.columns.length > 1)
  return isUsual && others.length >= 2 && others.every((key) => key !== undefined)
}

/** In whatever order. */
function setForm(columns: readonly Name[] | undefined): string {
  return (columns ?? [])
    .map((name) => columnForm(name))
    .toSorted()
    .join()
}
