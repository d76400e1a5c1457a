import {keptIn} from '../document/remembered.ts'
import type {Span, SpecDocument, Text} from '../document/types.ts'
import type {DocumentedTable} from '../sql/documented/model.ts'
import type {ColumnFact, Name, TypeFact} from '../sql/model.ts'
import {
  columnForm,
  columnOf,
  type Creation,
  defaultsAgree,
  isDefault,
  isNoDefault,
  nullsAgree,
  typesAgree,
  primaryForms,
} from './creations.ts'
import {silenceOf} from './practice.ts'
import {entityOf} from './schema.ts'
import {hasTypesOfDatabases, sameSqlType, typesClash, typeWord} from './written-types.ts'

/** In what a description of a column and all the code that creates it differ, by the first of the code. */
export interface Differences {
  readonly type: TypeFact | undefined
  readonly nullable: {readonly described: boolean; readonly actual: Span} | undefined
  /** `undefined` text: that side has no default. */
  readonly value:
    | {readonly described: string | undefined; readonly actual: string | undefined; readonly at: Span}
    | undefined
}

/** The types that a document writes in its descriptions, as `typeWord` has them. */
export function typeWordsOf(tables: readonly DocumentedTable[]): ReadonlySet<string> {
  return new Set(tables.flatMap(({columns}) => columns.flatMap(({type}) => (type ? typeWord(type) : []))))
}

export function differencesOf(
  column: ColumnFact,
  table: DocumentedTable,
  codes: readonly Creation[],
  used: ReadonlySet<string>,
  {text}: SpecDocument,
): Differences {
  const loose = table.source === 'attributeList'
  const looseTypes = loose && !codes.some((code) => isVerbatim(column, table, code, used))
  const pairs = codes.flatMap((code) => {
    const other = columnOf(column, code.columns)
    return other ? [{code, other, silence: silenceOf(table, code)}] : []
  })
  const [first] = pairs
  const form = columnForm(column.name)
  const isTouched = (what: string): boolean =>
    codes.some(({touched}) => touched.has(`${what} ${form}`) || touched.has(`drop ${form}`))
  const differ = (what: string, agree: (one: (typeof pairs)[number]) => boolean): boolean =>
    !isTouched(what) && pairs.every((pair) => !agree(pair))
  // "Primary key" says NOT NULL.
  const isKey = [table, ...codes].some(({constraints}) => primaryForms(constraints).has(form))
  const nullable = column.nullable ?? (isKey || column.generated ? undefined : first?.silence.nullable)
  // "Optional" may be said of a form, "nullable" is said of a column.
  const isOfDatabase = column.nullable === true && /\bnullable\b/i.test(text.slice(column.name.end, column.end))
  const agreeOnNull = ({other, code}: (typeof pairs)[number]): boolean =>
    nullsAgree(nullable, column, other, code, loose && !isOfDatabase && !(code.strict && column.nullable === false)) ||
    (column.nullable === undefined && column.default?.text === 'NULL' && !saysNoDefaults(table))
  const agreeOnType = ({other, code}: (typeof pairs)[number]): boolean =>
    typesAgree(column, other, code, looseTypes) &&
    !(
      column.type &&
      other.type &&
      !code.sqlite &&
      code.what === 'CREATE TABLE' &&
      typesClash(column.type, other.type, used, table.source === 'columnTable')
    )
  return {
    type: differ('type', agreeOnType) ? first?.other.type : undefined,
    nullable:
      first && nullable !== undefined && differ('null', agreeOnNull)
        ? {described: nullable, actual: first.other}
        : undefined,
    value:
      first &&
      differ(
        'default',
        ({other, code, silence}) =>
          agreeOnDefault(column, other, code, loose, silence.noDefault) &&
          !isOtherWord(column.default, other.default, text),
      )
        ? {
            described: column.default?.text,
            actual: first.other.default?.text,
            at: first.other.default ?? first.other.name,
          }
        : undefined,
  }
}

/** A column that is NOT NULL has a dash for its default: `NULL` is one, and no word for none. */
function saysNoDefaults({columns}: DocumentedTable): boolean {
  return columns.some((one) => one.nullable === false && one.default === undefined && !one.generated)
}

/** At least this many other columns have the very types of the code: then the list is in types of the database. */
const fewest = 3
/** Enough where the document writes types elsewhere that no program has. */
const fewestInSql = 2

function isVerbatim(column: ColumnFact, table: DocumentedTable, code: Creation, used: ReadonlySet<string>): boolean {
  const {all, same} = pairsOf(table, code)
  const isSame = all.get(column)
  const others = all.size - (isSame === undefined ? 0 : 1)
  const alike = same - (isSame === true ? 1 : 0)
  return code.what === 'CREATE TABLE' && alike >= (hasTypesOfDatabases(used) ? fewestInSql : fewest) && alike === others
}

interface Pairs {
  /** Whether the type of a column is written as the code writes it. */
  readonly all: ReadonlyMap<ColumnFact, boolean>
  readonly same: number
}

const pairsKnown = keptIn<Pairs>()

/** The columns of a table that the code has too, each looked at once. */
function pairsOf(table: DocumentedTable, code: Creation): Pairs {
  return pairsKnown(table, code, () => {
    const all = new Map<ColumnFact, boolean>()
    for (const one of table.columns) {
      const other = columnOf(one, code.columns)
      // What an enum is called in the database, a list of its values doesn't say.
      if (one.type && other?.type && one.type.base !== 'enum') all.set(one, sameSqlType(one.type, other.type))
    }
    return {all, same: [...all.values()].filter(Boolean).length}
  })
}

function agreeOnDefault(
  column: ColumnFact,
  other: ColumnFact,
  code: Creation,
  loose: boolean,
  noDefault: boolean,
): boolean {
  const [described, actual] = [column.default?.text, other.default?.text]
  if (described !== undefined && actual !== undefined) return defaultsAgree(described, actual)
  if (column.generated || other.generated || isProgram(code)) return true
  if (actual !== undefined) return !noDefault || loose || isNoDefault(actual) || !isDefault(actual)
  return described === undefined || isNoDefault(described) || !isDefault(described)
}

/** A value between back quotes, and another one in SQL. */
function isOtherWord(described: Text | undefined, actual: Text | undefined, text: string): boolean {
  if (!described || !actual) return false
  const isMarked = text.charAt(described.start - 1) === '`' && text.charAt(described.end) === '`'
  const value = /^'([\w-]+)'(?:::[\w."]+)?$/u.exec(actual.text)?.[1]
  return (
    isMarked &&
    value !== undefined &&
    /^[a-z][\w-]*$/iu.test(described.text) &&
    !/^(?:null|none|true|false|now|auto\w*|current\w*|uuid\w*|empty|today|generated|identity)$/i.test(described.text) &&
    value.toLowerCase() !== described.text.toLowerCase()
  )
}

/** A model of the table sets the described default before it writes: the database needs none. */
export function isSetByProgram(column: ColumnFact, table: Name, creations: readonly (readonly Creation[])[]): boolean {
  const described = column.default?.text
  return (
    described !== undefined &&
    creations.some((all) =>
      entityOf(table, all, tableNamed).some((code) => {
        const value = isProgram(code) ? columnOf(column, code.columns)?.default : undefined
        return value !== undefined && defaultsAgree(described, value.text)
      }),
    )
  )
}

function tableNamed({name}: Creation): Name {
  return name
}

/** Programs set defaults themselves. */
function isProgram({what}: Creation): boolean {
  return what !== 'CREATE TABLE'
}
