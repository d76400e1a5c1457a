import type {Name, Operation} from '../model.ts'
import {columnNames} from './columns.ts'
import type {Draft} from './draft.ts'
import type {Reader} from './reader.ts'
import {createTable} from './tables.ts'

const modifiers =
  'OR|REPLACE|ALTER|UNIQUE|UNLOGGED|GLOBAL|LOCAL|TEMP|TEMPORARY|FULLTEXT|SPATIAL|CLUSTERED|NONCLUSTERED|COLUMNSTORE|RECURSIVE|VIRTUAL|CONSTRAINT|TRUSTED|EXTERNAL|ALGORITHM|UNDEFINED|MERGE|TEMPTABLE|SQL|SECURITY|INVOKER|='

/** What follows `CREATE`. */
export function create(reader: Reader): readonly Draft[] {
  const from = reader.index
  let temporary = false
  let unique = false
  for (;;) {
    if (reader.take('DEFINER', '=')) takeAccount(reader)
    else if (reader.is(modifiers) && !(reader.is('SECURITY') && reader.is('SECURITY', 'POLICY'))) {
      temporary ||= reader.is('TEMP|TEMPORARY')
      unique ||= reader.is('UNIQUE')
      reader.skip()
    } else break
  }
  if (reader.is('FOREIGN', 'TABLE')) reader.skip()
  if (reader.take('TABLE'))
    return isVirtual(reader, from) ? other('create-object', 'virtual table', reader) : createTable(reader, temporary)
  if (reader.take('INDEX')) return createIndex(reader, unique)
  if (reader.take('TYPE')) return createType(reader)
  return other('create-object', kindOf(reader), reader)
}

function isVirtual(reader: Reader, from: number): boolean {
  return reader.source.tokens.slice(from, reader.index).some(({word}) => word === 'VIRTUAL')
}

/** `DEFINER = 'root'@'%'` or `root@localhost`. */
function takeAccount(reader: Reader): void {
  reader.skip()
  if (reader.token().text === '@') reader.skip(2)
  else if (reader.token().text.startsWith('@')) reader.skip()
  reader.skipParentheses()
}

/** The kind of an object, of one word or two: `view`, `materialized view`. */
function kindOf(reader: Reader): string {
  const first = reader.token().word.toLowerCase()
  reader.skip()
  const isDouble =
    (first === 'materialized' && reader.is('VIEW')) ||
    (first === 'event' && reader.is('TRIGGER')) ||
    (first === 'security' && reader.is('POLICY')) ||
    (first === 'foreign' && reader.is('TABLE|DATA')) ||
    (first === 'text' && reader.is('SEARCH')) ||
    (first === 'operator' && reader.is('CLASS|FAMILY'))
  if (!isDouble) return first === 'proc' ? 'procedure' : first
  const second = reader.token().word.toLowerCase()
  reader.skip()
  return `${first} ${second}`
}

function createIndex(reader: Reader, unique: boolean): readonly Draft[] {
  const concurrently = reader.take('CONCURRENTLY')
  reader.takeIfExists()
  const name = reader.is('ON') ? undefined : reader.name()
  if (reader.take('USING')) reader.skip()
  reader.take('ON')
  reader.take('ONLY')
  const table = reader.name()
  if (table === undefined) return []
  if (reader.take('USING')) reader.skip()
  const columns = reader.is('(') ? columnNames(reader) : []
  let partial = false
  for (; !reader.done; reader.skipOne()) partial ||= reader.is('WHERE')
  const span = reader.span(0, reader.end)
  const index = {kind: 'index', name, table, columns, unique, partial, concurrently, ...span} as const
  return [{kind: 'create-index', index, ...span}]
}

function createType(reader: Reader): readonly Draft[] {
  const name = reader.name()
  if (name === undefined) return []
  const span = reader.span(0, reader.end)
  if (!reader.take('AS', 'ENUM')) return [{kind: 'create-object', what: 'type', name, table: undefined, ...span}]
  const values = reader.list().flatMap((part) => part.string() ?? [])
  return [{kind: 'create-enum', name, values, ...span}]
}

/** What follows `DROP`. */
export function drop(reader: Reader): readonly Draft[] {
  reader.take('TEMPORARY|UNIQUE|FOREIGN')
  const span = reader.span(0, reader.end)
  if (reader.take('TABLE')) {
    reader.takeIfExists()
    const parts = reader.list()
    const cascade = parts.at(-1)?.source.tokens.slice(0, reader.end).at(-1)?.word === 'CASCADE'
    return parts.flatMap((part) => {
      const table = part.name()
      return table ? [{kind: 'drop-table', table, cascade, ...span} satisfies Draft] : []
    })
  }
  if (reader.take('INDEX')) return dropIndex(reader)
  return other('drop-object', kindOf(reader), reader)
}

function dropIndex(reader: Reader): readonly Draft[] {
  const concurrently = reader.take('CONCURRENTLY')
  reader.takeIfExists()
  const span = reader.span(0, reader.end)
  return reader.list().flatMap((part) => {
    const from = part.index
    const name = part.name()
    // `DROP INDEX i ON t ALGORITHM = INPLACE, LOCK = NONE`
    if (name === undefined || part.is('=')) return []
    const table = part.take('ON') ? part.name() : undefined
    const length = name.key.split('.').length
    // SQL Server's old form: `DROP INDEX table.name`.
    if (part.dialect === 'mssql' && table === undefined && length > 1) {
      const end = part.index
      const owner = part.nameOf(from, end - 2)
      return [
        {kind: 'drop-index', name: part.nameOf(end - 1, end), table: owner, concurrently, ...span} satisfies Draft,
      ]
    }
    return [{kind: 'drop-index', name, table, concurrently, ...span} satisfies Draft]
  })
}

/** `CREATE`, `DROP` or `ALTER` of what has no operation of its own. */
export function other(
  kind: 'create-object' | 'drop-object' | 'alter-object',
  what: string,
  reader: Reader,
): readonly Draft[] {
  reader.take('CONCURRENTLY')
  reader.takeIfExists()
  const parts = kind === 'drop-object' ? reader.list() : [reader]
  const span = reader.span(0, reader.source.tokens.length)
  return parts.flatMap((part) => {
    const name = objectName(part)
    if (name === undefined) return []
    const table = ownerOf(what, part)
    return [{kind, what, name, table, ...span} satisfies Draft]
  })
}

/** Extensions may be named by a string. */
function objectName(reader: Reader): Name | undefined {
  const string = reader.token().kind === 'string' ? reader.nameOf(reader.index, reader.index + 1) : undefined
  if (string) reader.skip()
  return string ?? reader.name()
}

/** The table after `ON` of a trigger, policy or rule. */
function ownerOf(what: string, reader: Reader): Name | undefined {
  if (!/^(?:trigger|policy|rule|statistics)$/u.test(what)) return undefined
  for (; !reader.done; reader.skipOne()) {
    if (reader.is('ON', 'UPDATE|DELETE|INSERT|SELECT|TRUNCATE')) continue
    if (reader.take('ON') || (what === 'rule' && reader.take('TO'))) return reader.name()
  }
  return undefined
}

/** What follows `ALTER TYPE`. */
export function alterType(reader: Reader): readonly Draft[] {
  const name = reader.name()
  if (name === undefined) return []
  const span = reader.span(0, reader.end)
  const kind: Operation['kind'] | undefined = reader.take('ADD', 'VALUE')
    ? 'add-enum-value'
    : reader.take('RENAME', 'VALUE')
      ? 'rename-enum-value'
      : undefined
  if (kind === 'add-enum-value') reader.takeIfExists()
  const value = kind && reader.string()
  if (kind && value) return [{kind, name, value, ...span}]
  return [{kind: 'alter-object', what: 'type', name, table: undefined, ...span}]
}

/** `RENAME TABLE a TO b, c TO d`. */
export function renameTables(reader: Reader): readonly Draft[] {
  return reader.list().flatMap((part) => {
    const from = part.index
    const table = part.name()
    const to = part.take('TO') ? part.name() : undefined
    return table && to ? [{kind: 'rename-table', table, to, ...part.span(from, part.end)} satisfies Draft] : []
  })
}
