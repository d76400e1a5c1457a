import {isSlip as isSlipOf} from '../../type/nearest.ts'
import type {Failure} from '../engine/types.ts'
import type {Stub, StubColumn} from '../model.ts'
import {quoted} from '../quoted.ts'

/** SQL of a table that only the document's statements tell of. */
export function stubSql({table, columns}: Stub): string {
  const parts = columns.map(({name, type, rest}) => `${quoted(name)} ${type}${rest === '' ? '' : ` ${rest}`}`)
  return `CREATE TABLE ${table} (${parts.join(', ')})`
}

/** A change of the stubs that may let a statement run. */
export interface Repair {
  readonly stubs: readonly Stub[]
  readonly sql: string
}

interface Known {
  readonly stubs: readonly Stub[]
  /** Tables that somebody makes: a name close to one of them is a slip. */
  readonly names: readonly string[]
  readonly keyType: string
}

/** Tables and columns that a statement needs and nobody makes; nothing where the name looks like a slip. */
export function repairs(failure: Failure, sql: string, known: Known): readonly Repair[] {
  if (failure.kind === 'table') return missingTable(failure, known)
  if (failure.kind === 'column') return missingColumn(failure, sql, known)
  return failure.kind === 'type' ? otherTypes(failure, sql, known) : []
}

function missingTable({message}: Failure, {stubs, names, keyType}: Known): readonly Repair[] {
  const name = /"([^"]+)"|no such table: (\S+)/u.exec(message)
  const table = name?.[1] ?? name?.[2]
  if (table === undefined || names.includes(bare(table)) || stubs.some((stub) => bare(stub.table) === table)) return []
  if (isSlip(table, [...names, ...stubs.map((stub) => bare(stub.table))])) return []
  const key: StubColumn = {name: 'id', type: keyType, rest: 'PRIMARY KEY', guessed: true}
  const stub: Stub = {table: table.split('.').map(quoted).join('.'), columns: [key]}
  return [{stubs: [...stubs, stub], sql: stubSql(stub)}]
}

function missingColumn({message}: Failure, sql: string, {stubs}: Known): readonly Repair[] {
  const column =
    /column "?(?:[\w$]+\.)?([^"\s]+?)"?(?: of relation| referenced| named| does not|$)/u.exec(message)?.[1] ??
    /no such column: (?:[\w$]+\.)?([\w$]+)/u.exec(message)?.[1] ??
    /has no column named ([\w$]+)/u.exec(message)?.[1] ??
    ''
  const relation = /of relation "([^"]+)"/u.exec(message)?.[1] ?? /table ([\w$]+) has no column/u.exec(message)?.[1]
  if (column === '') return []
  const named = stubs.filter(({table}) =>
    relation === undefined ? mentions(sql, bare(table)) : bare(table) === relation || table === quoted(relation),
  )
  return named
    .filter(
      ({columns}) =>
        !isSlip(
          column,
          columns.map(({name}) => name),
        ) && !columns.some(({name}) => name === column),
    )
    .map((stub) => {
      const added: StubColumn = {name: column, type: typeFor(column), rest: '', guessed: true}
      return {
        stubs: replaced(stubs, {...stub, columns: [...stub.columns, added]}),
        sql: `ALTER TABLE ${stub.table} ADD COLUMN ${quoted(column)} ${added.type}`,
      }
    })
}

const types: readonly string[] = [
  'uuid',
  'text',
  'bigint',
  'integer',
  'timestamptz',
  'numeric',
  'double precision',
  'boolean',
  'date',
  'jsonb',
  'text[]',
]

/** Other types for the columns that a statement names and that were guessed, those that the engine speaks of first. */
function otherTypes({message, position}: Failure, sql: string, {stubs}: Known): readonly Repair[] {
  const told = types.filter(
    (type) => message.includes(type) || (type === 'timestamptz' && /with time zone/u.test(message)),
  )
  const there = position === undefined ? '' : (/^[\w$".]+/u.exec([...sql].slice(position).join(''))?.[0] ?? '')
  const isThere = (name: string): number => Number(there.replaceAll('"', '').split('.').at(-1) === name)
  const guesses = stubs.flatMap((stub) =>
    mentions(sql, bare(stub.table))
      ? stub.columns.filter(({guessed, name}) => guessed && mentions(sql, name)).map((column) => ({stub, column}))
      : [],
  )
  return guesses
    .toSorted((a, b) => isThere(b.column.name) - isThere(a.column.name))
    .flatMap(({stub, column}) =>
      [...new Set<string>([...told, ...types])]
        .filter((type) => type !== column.type)
        .map((type) => {
          const columns = stub.columns.map((one) => (one === column ? {...one, type} : one))
          const name = quoted(column.name)
          return {
            stubs: replaced(stubs, {...stub, columns}),
            sql: `ALTER TABLE ${stub.table} ALTER COLUMN ${name} DROP DEFAULT, ALTER COLUMN ${name} TYPE ${type} USING NULL`,
          }
        }),
    )
    .slice(0, 40)
}

/** What columns of such names mostly are. */
export function typeFor(name: string): string {
  if (/(?:_at|_time|timestamp)$/iu.test(name)) return 'timestamptz'
  if (/^(?:is|has|can)_/iu.test(name)) return 'boolean'
  if (/(?:_on|_date)$/iu.test(name)) return 'date'
  if (/(?:_count|_cents|quantity|_number)$/iu.test(name)) return 'integer'
  return 'text'
}

function replaced(stubs: readonly Stub[], stub: Stub): readonly Stub[] {
  return stubs.map((one) => (one.table === stub.table ? stub : one))
}

function bare(table: string): string {
  return table.replaceAll('"', '')
}

function mentions(sql: string, name: string): boolean {
  const word = name.split('.').at(-1) ?? name
  const words = new Set<string>(sql.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_$]*/gu))
  return words.has(word.toLowerCase())
}

/** Close to a name that is known, and not it; `orders_v2` is no slip of `orders`. */
export function isSlip(name: string, known: readonly string[]): boolean {
  const letters = (word: string): string => word.replaceAll(/[\d_]|(?<=\d|_)v(?=\d)/gu, '')
  return !known.includes(name) && known.some((one) => isSlipOf(name, one) && letters(name) !== letters(one))
}
