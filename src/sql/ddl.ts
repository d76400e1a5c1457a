import type {Name, Operation} from './model.ts'

export type SchemaOperation =
  | 'create-table'
  | 'alter-table'
  | 'drop-table'
  | 'create-index'
  | 'alter-index'
  | 'drop-index'
  | 'create-type'
  | 'alter-type'
  | 'drop-type'
  | 'create-other'
  | 'alter-other'
  | 'drop-other'

/** A change of the schema in a statement's words. */
export interface Ddl {
  readonly operation: SchemaOperation
  readonly name: string | undefined
  /** `CREATE UNIQUE INDEX orders_day`, `ALTER TABLE orders`. */
  readonly label: string
  /** A part of a statement about something else, such as an index in a `CREATE TABLE`. */
  readonly inside: boolean
}

/** Kinds of objects that belong to a schema: users, roles, databases and what other engines have don't. */
const objects: ReadonlySet<string> = new Set(
  'view|materialized view|virtual table|foreign table|trigger|event trigger|event|function|procedure|routine|aggregate|extension|schema|sequence|policy|security policy|domain|rule|rls|operator|operator class|operator family|collation|cast|statistics|text search|synonym|package'.split(
    '|',
  ),
)

/** What an operation changes in the schema; `undefined` for data, queries, transactions and temporary tables. */
export function ddlOf(operation: Operation): Ddl | undefined {
  switch (operation.kind) {
    case 'create-table':
      return operation.temporary ? undefined : said('create', 'table', operation.table)
    case 'drop-table':
      return said('drop', 'table', operation.table)
    case 'create-index': {
      const {name, unique} = operation.index
      const inside = operation.start !== operation.statement.start
      return said('create', 'index', name, inside ? 'INDEX' : `CREATE ${unique ? 'UNIQUE ' : ''}INDEX`)
    }
    case 'drop-index':
      return said('drop', 'index', operation.name)
    case 'create-enum':
      return said('create', 'type', operation.name)
    case 'add-enum-value':
    case 'rename-enum-value':
      return said('alter', 'type', operation.name)
    case 'create-object':
    case 'drop-object':
    case 'alter-object':
      return object(operation)
    default:
      return 'table' in operation && changesTable(operation) ? said('alter', 'table', operation.table) : undefined
  }
}

type OfTable = Extract<Operation, {readonly table: Name}>

function changesTable(operation: Operation): operation is OfTable {
  return !/^(?:insert|update|delete|truncate|copy)$/u.test(operation.kind)
}

type Verb = 'create' | 'alter' | 'drop'

function object({
  kind,
  what,
  name,
  table,
}: Extract<Operation, {readonly what: string; readonly name: Name}>): Ddl | undefined {
  const verb = kind.slice(0, kind.indexOf('-')) as Verb
  if (what === 'type') return said(verb, 'type', name)
  if (what === 'index') return said(verb, 'index', name)
  // `ALTER TABLE … OWNER TO`, `… ENABLE ROW LEVEL SECURITY`.
  if (what === 'rls' || what === 'table' || what === 'column' || what === 'constraint')
    return said('alter', 'table', table ?? name)
  return objects.has(what) ? said(verb, 'other', name, `${verb} ${what}`.toUpperCase()) : undefined
}

function said(
  verb: Verb,
  noun: 'table' | 'index' | 'type' | 'other',
  name: Name | undefined,
  words = `${verb} ${noun}`.toUpperCase(),
): Ddl {
  return {
    operation: `${verb}-${noun}`,
    name: name?.text,
    label: name === undefined ? words : `${words} ${name.text}`,
    inside: words === 'INDEX',
  }
}
