import type {Text} from '../../document/types.ts'
import type {TypeFact} from '../model.ts'
import {type Stretch, bare, group, isHole, part, pieces, toText} from './stretch.ts'

const bases: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    text: 'text tinytext mediumtext longtext clob citext string str ntext',
    varchar: 'varchar nvarchar varchar2 charactervarying',
    char: 'char character nchar bpchar',
    integer: 'integer int int4 serial mediumint serial4',
    bigint: 'bigint int8 bigserial biginteger serial8 long',
    smallint: 'smallint int2 smallserial smallinteger',
    tinyint: 'tinyint',
    numeric: 'numeric decimal money number',
    real: 'real float4',
    double: 'double doubleprecision float float8',
    boolean: 'boolean bool bit',
    uuid: 'uuid uniqueidentifier guid uuid4',
    date: 'date',
    time: 'time timetz',
    timestamp: 'timestamp datetime datetime2 smalldatetime timestamps timestampwithouttimezone',
    timestamptz: 'timestamptz timestampwithtimezone datetimeoffset',
    interval: 'interval timedelta',
    json: 'json jsonb dict',
    bytes: 'bytea blob binary varbinary bytes longblob mediumblob largebinary image',
    enum: 'enum sqlenum saenum sqlalchemyenum',
  }).flatMap(([base, words]) => words.split(' ').map((word) => [word, base])),
)

/** A type as written in a cell, an attribute or a model: `VARCHAR(40)`, `str (max_length=n)`, `Optional[int]`, `DateTime?`. */
export function typeOf(written: Stretch): TypeFact | undefined {
  const whole = bare(written)
  if (whole.text === '' || /^[-–—]+$/u.test(whole.text)) return undefined
  if (whole.text.length > 300)
    return {...toText(whole), base: whole.text.toLowerCase(), size: [], array: false, values: [], hole: false}
  const {inner, array} = unwrapped(whole)
  const base = baseOf(inner.text)
  const opening = inner.text.indexOf('(')
  const brackets = opening < 0 ? undefined : /\(([^()]*(?:\([^()]*\)[^()]*)*)\)/du.exec(inner.text)
  const inside = brackets ? group(inner, brackets, 1) : undefined
  const sizes = base === 'enum' || !inside ? [] : sizesIn(inside.text)
  const values =
    base === 'enum' ? valuesIn(inside ?? part(inner, /^enum`?\s*[:=]?/i.exec(inner.text)?.[0].length ?? 4)) : []
  return {
    ...toText(whole),
    base: base === 'text' && sizes.length > 0 ? 'varchar' : base,
    size: sizes,
    array,
    values,
    hole: isHole(whole.text),
  }
}

/** `DateTime?`, `Optional[int]`, `int | None`. */
export function isOptionalType(text: string): boolean {
  return /\?\s*$|^Optional\[|\|\s*(?:None|null|undefined)\b|^Mapped\[\s*Optional\[|\bNone\s*\|/u.test(
    text.replaceAll('`', ''),
  )
}

/** The type is one that we know of. */
export function isKnownType(type: TypeFact | undefined): boolean {
  return type !== undefined && known.has(type.base)
}

const known: ReadonlySet<string> = new Set(Object.values(bases))

function unwrapped(whole: Stretch): {readonly inner: Stretch; readonly array: boolean} {
  let inner = whole
  let array = false
  for (let round = 0; round < 4; round += 1) {
    const match =
      /^(?:Optional|Mapped|(list|List|Array|Sequence|Set))[[<](.+)[\]>]\??$/du.exec(inner.text) ??
      /^(ARRAY)\((.+)\)$/du.exec(inner.text) ??
      /^()(.+?)\s*(?:\\?\|\s*(?:None|null|undefined)|\?)$/du.exec(inner.text)
    const next = match ? group(inner, match, 2) : undefined
    if (!match || !next) break
    array ||= (match[1] ?? '') !== ''
    inner = bare(next)
  }
  const list = /^(.+?)\[\]$/du.exec(inner.text)
  const element = list ? group(inner, list, 1) : undefined
  return element ? {inner: element, array: true} : {inner, array}
}

/** The longest row of first words that is a type: `double precision`, `TIMESTAMP WITH TIME ZONE`, `BIGINT UNSIGNED`. */
function baseOf(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/^(?:sa|db|postgresql|mysql|sqlalchemy|types|pg|uuid|datetime)\.(?=\w)/u, '')
    .replaceAll(/\([^()]*\)/gu, ' ')
  const words = plain.split(/[^\w{}.]+/u).filter((word) => word !== '')
  for (let count = Math.min(4, words.length); count > 0; count -= 1) {
    const joined = words.slice(0, count).join('')
    if (Object.hasOwn(bases, joined)) return bases[joined] ?? joined
  }
  return words.length === 0 ? text.toLowerCase() : plain.trim().replaceAll(/\s+/gu, ' ')
}

function sizesIn(text: string): readonly number[] {
  const named = /(?:max_length|length|max)\s*[=:]?\s*(\d+)/u.exec(text)
  if (named) return [Number(named[1])]
  return /^\s*\d+(?:\s*(?:char|byte))?\s*(?:,\s*\d+\s*)?$/i.test(text)
    ? text.split(',').map((one) => Number.parseInt(one, 10))
    : []
}

/** The values of `('a', 'b')`, `active, inactive`, `a | b`, `'a' | 'b'`, `a/b`. */
export function valuesIn(whole: Stretch): readonly Text[] {
  const separator = /,/u.test(whole.text) ? /^,/u : /\|/u.test(whole.text) ? /^\|/u : /^\//u
  return pieces(whole, separator)
    .map((piece) => value(piece))
    .filter(({text}) => text !== '' && text !== '...' && text !== '…')
    .map((piece) => toText(piece))
}

/** A value without what joins it to the others: `and`, `or`, a backslash before a bar. */
function value(piece: Stretch): Stretch {
  const joined = /^\s*(?:(?:and|or)\s+)?([\s\S]*?)[\s\\.]*$/du.exec(piece.text)
  return bare((joined && group(piece, joined, 1)) ?? piece)
}

const families: Readonly<Record<string, string>> = {
  varchar: 'text',
  char: 'text',
  text: 'text',
  enum: 'text',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  real: 'double',
  tinyint: 'smallint',
}

/** Whether two written types can mean the same; `true` when that can't be told. */
export function sameType(a: TypeFact | undefined, b: TypeFact | undefined): boolean {
  if (!a || !b || !known.has(a.base) || !known.has(b.base) || isHole(a.text) || isHole(b.text)) return true
  if (spelling(a.text) === spelling(b.text)) return true
  if (a.array !== b.array) return false
  if (isLoose(a, b) || isLoose(b, a)) return true
  if ((families[a.base] ?? a.base) !== (families[b.base] ?? b.base)) return false
  if (a.size.length === 0 || b.size.length === 0 || a.base !== b.base) return true
  return a.size.every((size, index) => size === (b.size[index] ?? (a.base === 'numeric' ? 0 : size)))
}

function spelling(text: string): string {
  return text.replaceAll(/[\s`]+/gu, '').toLowerCase()
}

/** One that programs write for several database types, or that a database stands in for another with. */
function isLoose(one: TypeFact, other: TypeFact): boolean {
  const word = /^[A-Za-z]+/u.exec(one.text.replace(/^(?:Optional|Mapped)\[/u, ''))?.[0] ?? ''
  if (/^(?:str|String|string)$/u.test(word) && one.size.length === 0)
    return /^(?:text|varchar|char|uuid|enum|date|time|timestamptz?|bytes)$/u.test(other.base)
  if (/^(?:int|Int)$/u.test(word)) return /^(?:integer|bigint|smallint|tinyint)$/u.test(other.base)
  if (/^number$/i.test(word)) return /^(?:integer|bigint|smallint|tinyint|numeric|real|double)$/u.test(other.base)
  if (one.base === 'boolean') return /^tinyint\b/i.test(other.text)
  if (one.base === 'uuid')
    return /^(?:var)?char$/u.test(other.base) && other.size[0] === 36 ? true : other.base === 'bytes'
  return /^Decimal$/u.test(word) && one.size.length === 0 && other.base === 'numeric'
}
