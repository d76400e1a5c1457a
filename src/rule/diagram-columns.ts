import type {DocumentedTable} from '../sql/documented/model.ts'
import {isKnownType} from '../sql/documented/types.ts'
import type {ColumnFact, TypeFact} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {isSlip} from '../type/nearest.ts'
import {columnForm, columnOf, type Creation, creationsOf, typesAgree} from './creations.ts'
import {entityForm, entityOf, itsName} from './schema.ts'

/** A column of an entity in a diagram that the code calls otherwise, or gives another type. */
export interface DiagramFault {
  readonly kind: 'name' | 'type'
  readonly column: ColumnFact
  readonly actual: ColumnFact
  readonly code: Creation
}

interface Pair {
  readonly column: ColumnFact
  readonly actual: ColumnFact
  readonly code: Creation
}

/** Slips in the names of columns, and types of another kind; a diagram may leave columns out, and writes types in short. */
export function diagramFaults(schema: SchemaFacts): readonly DiagramFault[] {
  const creations = creationsOf(schema)
    .flat()
    .filter(({what, partial}) => !what.startsWith('model ') && !partial)
  const drawn = schema.tables.filter(({source}) => source === 'mermaid')
  const compared: Pair[] = []
  const names: DiagramFault[] = []
  for (const table of drawn) {
    const [code] = entityOf(table.name, creations, itsName)
    const pairs = code ? table.columns.flatMap((column) => pairOf(column, code)) : []
    if (!code || pairs.length * 2 < table.columns.length || pairs.length < 2) continue
    compared.push(...pairs)
    names.push(...slipsIn(table, code, schema))
  }
  const others = compared.filter(({column, actual}) => isOtherKind(column.type, actual.type))
  // Where many differ, the types of the diagram are words of its own.
  const types = others.length * 8 <= compared.length ? others : []
  return [
    ...names,
    ...types
      .filter(({column, actual, code}) => !isToldElsewhere(column, actual, code, schema))
      .map((pair) => ({kind: 'type' as const, ...pair})),
  ]
}

function pairOf(column: ColumnFact, code: Creation): readonly Pair[] {
  const form = columnForm(column.name)
  const actual = code.columns.find(({name}) => columnForm(name) === form)
  return actual && !code.touched.has(`type ${form}`) && !code.touched.has(`drop ${form}`)
    ? [{column, actual, code}]
    : []
}

function slipsIn(table: DocumentedTable, code: Creation, schema: SchemaFacts): readonly DiagramFault[] {
  const described = descriptionsOf(code, schema).flatMap(({columns}) => columns)
  const free = code.columns.filter((one) => !columnOf(one, table.columns))
  return table.columns.flatMap((column): readonly DiagramFault[] => {
    const form = columnForm(column.name)
    const isThere = columnOf(column, code.columns) ?? columnOf(column, described)
    if (isThere || column.name.hole || code.touched.has(`add ${form}`)) return []
    const near = free.filter(({name}) => isSlip(columnForm(name), form))
    const [actual] = near.length === 1 ? near : isOnlyOther(column) ? free : []
    return actual ? [{kind: 'name', column, actual, code}] : []
  })

  /** All others have their columns in the code, and the code has just one more. */
  function isOnlyOther(column: ColumnFact): boolean {
    return (
      table.columns.length > 3 &&
      free.length === 1 &&
      table.columns.every((one) => one === column || columnOf(one, code.columns) !== undefined) &&
      !isOtherKind(column.type, free[0]?.type)
    )
  }
}

/** What a column table or list says of the column isn't what the code says either: that is said there. */
function isToldElsewhere(column: ColumnFact, actual: ColumnFact, code: Creation, schema: SchemaFacts): boolean {
  return descriptionsOf(code, schema).some(({columns, source}) => {
    const said = columns.find(({name}) => columnForm(name) === columnForm(column.name))
    return said !== undefined && !typesAgree(said, actual, code, source === 'attributeList')
  })
}

function descriptionsOf({name}: Creation, {tables}: SchemaFacts): readonly DocumentedTable[] {
  return tables.filter((one) => one.source !== 'mermaid' && entityForm(one.name) === entityForm(name))
}

const kinds: Readonly<Record<string, string>> = {
  varchar: 'text',
  char: 'text',
  text: 'text',
  enum: 'text',
  integer: 'whole',
  bigint: 'whole',
  smallint: 'whole',
  tinyint: 'whole',
  real: 'number',
  double: 'number',
  numeric: 'number',
  timestamp: 'moment',
  timestamptz: 'moment',
  date: 'date',
  boolean: 'boolean',
}

/** Kinds that nobody writes for one another; a word for text may stand for whatever is written as one. */
function isOtherKind(drawn: TypeFact | undefined, actual: TypeFact | undefined): boolean {
  if (!drawn || !actual || drawn.array || actual.array || !isKnownType(drawn) || !isKnownType(actual)) return false
  const [a, b] = [kinds[drawn.base], kinds[actual.base]]
  if (a === undefined || b === undefined || a === b || /^number\b/i.test(drawn.text)) return false
  if (a === 'boolean' || b === 'boolean') return ![drawn.base, actual.base].some((base) => base === 'tinyint')
  return true
}
