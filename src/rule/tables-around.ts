import type {ColumnFact, Name, Operation} from '../sql/model.ts'
import {forwardOperations, scriptOperations} from './keys.ts'
import {called, entityForm, nameOf, ofKind, ofTable} from './schema.ts'
import {type KnownTable, type StateTables, stateTables} from './state-tables.ts'
import type {Context} from './types.ts'

type Facts = Pick<Context<never, never>, 'document' | 'type' | 'schema' | 'project'>

/** The operations of a document, and the tables that it makes, describes or changes. */
export interface TablesAround {
  readonly operations: readonly Operation[]
  readonly scripts: readonly Operation[]
  readonly state: StateTables | undefined
  readonly tables: readonly KnownTable[]
  /** Tables that the document makes, as written. */
  readonly created: readonly string[]
}

export function tablesAround(context: Facts): TablesAround {
  const operations = forwardOperations(context.schema, context.type)
  const scripts = scriptOperations(context.schema)
  const all = [...operations, ...scripts]
  const state = stateTables(context, all)
  const created = ofKind(all, 'create-table').map(({table}) => table.text)
  return {operations, scripts, state, created, tables: tablesOf(context, all, state)}
}

/** Tables that the document creates, describes or changes; those created first. */
function tablesOf(
  {schema}: Facts,
  operations: readonly Operation[],
  state: StateTables | undefined,
): readonly KnownTable[] {
  const added = ofKind(operations, 'add-column')
  const gained = (table: Name): readonly ColumnFact[] => ofTable(added, table).map(({column}) => column)
  const created = ofKind(operations, 'create-table').map(({table, columns}) => ({
    name: table,
    columns: [...columns, ...gained(table)],
  }))
  const renamed = ofKind(operations, 'rename-column')
  const parts = schema.tables.filter(({part}) => part !== 'all')
  // A column that is renamed has another name where the key leads to it.
  const someOf = (table: Name): readonly ColumnFact[] => {
    const other = new Set(ofTable(renamed, table).flatMap(({column, to}) => [column.key, to.key]))
    return called(parts, nameOf, table).flatMap((one) => one.columns.filter(({name}) => !other.has(name.key)))
  }
  const described = schema.tables.map(({name, columns, part, state: said}) => {
    const isOther = said === 'existing' && ofTable(renamed, name).length > 0
    const isWhole = part === 'all' && !isOther
    return {name, columns: isWhole ? [...columns, ...gained(name)] : undefined, some: isWhole ? [] : someOf(name)}
  })
  const models = schema.models.tables.map(({name, table, columns}) => ({
    name: table ?? name,
    columns: table ? columns : undefined,
  }))
  const changed = operations.flatMap((operation) =>
    'table' in operation && operation.table && operation.kind !== 'create-table'
      ? [state?.table(operation.table) ?? {name: operation.table, columns: undefined}]
      : [],
  )
  return [...created, ...described, ...models, ...changed].filter(({name}) => !name.hole)
}

const known = new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>()

/** Names of tables by the form in which entities are compared; each list is read once. */
function formsOf(created: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const made = known.get(created)
  if (made) return made
  const forms = new Map<string, string[]>()
  known.set(created, forms)
  for (const one of created) {
    const form = entityForm({key: one.toLowerCase()})
    const alike = forms.get(form)
    if (alike) alike.push(one)
    else forms.set(form, [one])
  }
  return forms
}

/** The name is that of an entity, whose table the SQL creates under another: `Loan` and `loans`. */
export function isEntity(name: Name, created: readonly string[]): boolean {
  const alike = formsOf(created).get(entityForm(name)) ?? []
  return (
    alike.length > 0 &&
    !alike.some((one) => one.toLowerCase() === name.key || one.toLowerCase().endsWith(`.${name.key}`))
  )
}
