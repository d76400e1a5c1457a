import type {TypeFact} from '../sql/model.ts'

const aliases: Readonly<Record<string, string>> = {
  INT: 'INTEGER',
  INT4: 'INTEGER',
  SERIAL: 'INTEGER',
  SERIAL4: 'INTEGER',
  INT8: 'BIGINT',
  BIGSERIAL: 'BIGINT',
  SERIAL8: 'BIGINT',
  INT2: 'SMALLINT',
  SMALLSERIAL: 'SMALLINT',
  BOOL: 'BOOLEAN',
  DEC: 'NUMERIC',
  DECIMAL: 'NUMERIC',
  DOUBLE: 'DOUBLE PRECISION',
  FLOAT: 'DOUBLE PRECISION',
  FLOAT8: 'DOUBLE PRECISION',
  FLOAT4: 'REAL',
  CHARACTER: 'CHAR',
  NCHAR: 'CHAR',
  BPCHAR: 'CHAR',
  'CHARACTER VARYING': 'VARCHAR',
  'CHAR VARYING': 'VARCHAR',
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMPTZ',
  'TIMESTAMP WITHOUT TIME ZONE': 'TIMESTAMP',
  'TIME WITHOUT TIME ZONE': 'TIME',
}

/** A type without its size and its quotes, each in one spelling: `INTEGER UNSIGNED`, `TIMESTAMPTZ`. */
export function typeWord({text}: Pick<TypeFact, 'text'>): string {
  const plain = text
    .replaceAll(/["'`]/gu, '')
    .replaceAll(/\([^()]*\)/gu, ' ')
    .toUpperCase()
    .replaceAll(/\s+/gu, ' ')
    .trim()
  const [, base = plain, sign = ''] = /^(.*?)( (?:UNSIGNED|ZEROFILL)\b.*)?$/u.exec(plain) ?? []
  return (Object.hasOwn(aliases, base) ? (aliases[base] ?? base) : base) + sign
}

/** Whether a type is written as in SQL: `VARCHAR(40)`, not `String` or `text`. */
function isSqlType({text, hole}: TypeFact): boolean {
  return !hole && /^`?[A-Z][A-Z0-9 ]*(?:\([^()]*\))?(?: [A-Z ]+)?(?:\[\])?`?$/u.test(text)
}

/** Or in small letters: with a length, or in a document that writes types which no program has. */
function isDatabaseType({text, base, size, hole}: TypeFact, used: ReadonlySet<string>): boolean {
  if (hole || !/^`?[a-z][a-z0-9 ]*(?:\([^()]*\))?(?: [a-z ]+)?`?$/u.test(text)) return false
  return (/^(?:var)?char$/u.test(base) && size.length > 0) || hasTypesOfDatabases(used)
}

/** Whether some of the types that a document writes are such as no program has. */
export function hasTypesOfDatabases(used: ReadonlySet<string>): boolean {
  return ofDatabases.some((word) => used.has(word))
}

const ofDatabases = ['VARCHAR', 'TIMESTAMPTZ', 'SMALLINT', 'BIGINT', 'NUMERIC', 'JSONB', 'TINYINT', 'BIGINT UNSIGNED']
const texts = /^(?:VARCHAR|CHAR|TEXT)$/u
/** What no program calls a type, in small letters too. */
const ofOneDatabase = /^`?(?:timestamptz|jsonb)`?$/u

/**
 * Whether two types as written in SQL are two, where one is no short form of the other. `TIMESTAMP` may stand for `TIMESTAMPTZ`
 * where the description never writes the longer word; `used` has the words that it writes. A table of columns may write in small letters.
 */
export function typesClash(
  described: TypeFact,
  actual: TypeFact,
  used: ReadonlySet<string>,
  isInTable = false,
): boolean {
  const isExact =
    isSqlType(described) || ofOneDatabase.test(described.text) || (isInTable && isDatabaseType(described, used))
  if (actual.hole || !isExact) return false
  const [a, b] = [typeWord(described), typeWord(actual)]
  if (a === b) return false
  if (texts.test(a) && texts.test(b)) return true
  const isPair = pairs.some(([short, long]) => (a === short && b === long) || (a === long && b === short))
  const isShort = pairs.some(([short, long]) => a === short && b === long)
  if (isPair) return !isShort || used.has(b)
  const [plainA, plainB] = [a, b].map((word) => word.replace(/ UNSIGNED$/u, ''))
  // Whoever writes of one column that it has no sign means it of the others.
  const areSigned = used.has(b) || [...used].some((one) => one.endsWith(' UNSIGNED'))
  return plainA === plainB && (a.endsWith(' UNSIGNED') || areSigned)
}

const pairs: readonly (readonly [string, string])[] = [
  ['TIMESTAMP', 'TIMESTAMPTZ'],
  ['JSON', 'JSONB'],
  ['TIMESTAMP', 'DATETIME'],
  ['REAL', 'DOUBLE PRECISION'],
]

/** Whether two types of SQL are one: the same word and the same size, sign and values. */
export function sameSqlType(a: TypeFact, b: TypeFact): boolean {
  if (a.hole || b.hole) return true
  if (a.base === 'boolean' || b.base === 'boolean') return a.base === b.base || [a, b].some(isTinyint)
  const isOne = typeWord({text: bare(a)}) === typeWord({text: bare(b)})
  if (!isOne || a.array !== b.array) return false
  const values = (type: TypeFact): string => type.values.map(({text}) => text).join('\n')
  if (values(a) !== values(b)) return true
  // The width of an integer is for show.
  if (/^(?:integer|bigint|smallint|tinyint)$/u.test(a.base)) return true
  const length = Math.max(a.size.length, b.size.length)
  const sizes = (type: TypeFact): readonly number[] => Array.from({length}, (_, index) => type.size[index] ?? 0)
  return sizes(a).every((size, index) => size === sizes(b)[index])
}

function isTinyint({text}: TypeFact): boolean {
  return /^tinyint/i.test(text)
}

/** `ENUM('a', 'b')` without its values, `integer[]` without its brackets. */
function bare({text}: TypeFact): string {
  return text.replace(/^(ENUM|SET)\s*\([\s\S]*$/i, '$1').replace(/(?:\[\d*\])+$/u, '')
}
