/** A MySQL database as a model keeps it: what its statements say of tables, without rows. Names are in lower case. */
import type {Name} from '../../sql/model.ts'

export interface Column {
  readonly name: string
  /** In one form for all spellings: `int unsigned`, `varchar(20)`. */
  readonly type: string
  readonly nullable: boolean
  /** `''` for none. */
  readonly value: string
  readonly auto: boolean
  /** `current_timestamp()`, or `''`. */
  readonly onUpdate: string
  /** The expression of a generated column, or `''`. */
  readonly generated: string
  /** `''` where nothing says it. */
  readonly charset: string
  readonly collation: string
  /** That it is there is known, and not as what. */
  readonly guessed: boolean
  /** Whether the values of the state before are in it. */
  readonly values: 'kept' | 'new' | 'unknown'
}

interface KeyPart {
  /** `''` for an expression. */
  readonly column: string
  /** With length and direction: `name(20)`, `created_at DESC`. */
  readonly text: string
}

export interface Key {
  readonly name: string
  readonly kind: 'primary' | 'unique' | 'index' | 'fulltext' | 'spatial'
  readonly parts: readonly KeyPart[]
  /** The engine made it for a foreign key. */
  readonly implicit: boolean
}

export interface ForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly table: string
  readonly target: readonly string[]
  readonly onDelete: string
  readonly onUpdate: string
}

export interface Check {
  /** `''` for one that the engine names. */
  readonly name: string
  readonly text: string
  readonly columns: readonly string[]
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly keys: readonly Key[]
  readonly foreign: readonly ForeignKey[]
  readonly checks: readonly Check[]
  readonly engine: string
  readonly charset: string
  readonly collation: string
  /** It has more than is known. */
  readonly open: boolean
  readonly rows: 'some' | 'none' | 'unknown'
}

/** A view, a trigger, a routine, an event. */
interface Thing {
  readonly kind: string
  readonly name: string
  /** Of a trigger; else `''`. */
  readonly table: string
  readonly definition: string
}

/** Why MySQL refuses a statement. */
export interface Refusal {
  readonly kind: 'refusal'
  /** MySQL's number of the error. */
  readonly number: number
  /** Half a sentence, names in double quotation marks. */
  readonly words: string
  readonly at: Name | undefined
}

export interface Settings {
  /** Not all tables of the database are known. */
  readonly open: boolean
  /** Names that the document knows: a name that is close to one is a slip. */
  readonly known: readonly string[]
  readonly mariadb: boolean
  /** Tables of which only the document tells: what is made in their place can't be compared with them. */
  readonly derived: ReadonlySet<string>
}

export interface Database {
  readonly settings: Settings
  readonly tables: Map<string, Table>
  /** By `view name`. */
  readonly things: Map<string, Thing>
  /** For the name of a foreign key, which a database has but once: its table. */
  readonly foreignNames: Map<string, string>
  /** For a table: those with foreign keys that lead to it. */
  readonly referrers: Map<string, Set<string>>
  /** Entries of which nothing is claimed: `column orders.state`; `table orders` with all of it; `all`. */
  readonly doubts: Set<string>
  /** `SET foreign_key_checks` */
  checked: boolean
}

export function emptyDatabase(settings: Settings, doubts: Set<string>): Database {
  return {
    settings,
    tables: new Map(),
    things: new Map(),
    referrers: new Map(),
    foreignNames: new Map(),
    doubts,
    checked: true,
  }
}

export function refusal(number: number, words: string, at?: Name): Refusal {
  return {kind: 'refusal', number, words, at}
}

export function isRefusal(value: object): value is Refusal {
  return 'kind' in value && value.kind === 'refusal'
}

export function setTable(database: Database, table: Table): void {
  removeTable(database, table.name)
  database.tables.set(table.name, table)
  for (const {name, table: target} of table.foreign) {
    database.foreignNames.set(name, table.name)
    database.referrers.set(target, (database.referrers.get(target) ?? new Set()).add(table.name))
  }
}

export function removeTable({tables, referrers, foreignNames}: Database, name: string): void {
  for (const key of tables.get(name)?.foreign ?? []) {
    referrers.get(key.table)?.delete(name)
    foreignNames.delete(key.name)
  }
  tables.delete(name)
}

/** The foreign keys of other tables that lead to one. */
export function keysTo(
  {tables, referrers}: Database,
  name: string,
): readonly {readonly from: Table; readonly key: ForeignKey}[] {
  return [...(referrers.get(name) ?? [])].flatMap((child) => {
    const from = child === name ? undefined : tables.get(child)
    return from ? from.foreign.filter(({table}) => table === name).map((key) => ({from, key})) : []
  })
}

/** From here on nothing is claimed of it, neither that it is there nor that it isn't. */
export function doubt({doubts}: Database, ...entries: readonly string[]): void {
  for (const entry of entries) doubts.add(entry)
}

/** Whether what is known of a table is all that there is of it, so that what is missing is missing. */
export function isSure(database: Database, table: Table, entry: string): boolean {
  return !table.open && isKnown(database, table, entry)
}

/** Whether what the model has of a table is there. */
export function isKnown({doubts}: Database, {name}: Table, entry: string): boolean {
  return !doubts.has('all') && !doubts.has(`table ${name}`) && !doubts.has(entry)
}

/** The keys that begin with some columns, in their order: one of them can serve a foreign key. */
export function servesKey({parts, kind}: Key, columns: readonly string[]): boolean {
  return (
    /^(?:primary|unique|index)$/u.test(kind) &&
    columns.every((column, index) => parts[index]?.column === column && !parts[index].text.includes('('))
  )
}
