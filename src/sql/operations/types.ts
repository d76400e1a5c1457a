import type {TypeFact} from '../model.ts'
import type {Reader} from './reader.ts'

/** One word for a type that dialects call by several names. */
const bases: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  integer: 'integer',
  mediumint: 'integer',
  serial: 'integer',
  serial4: 'integer',
  int8: 'bigint',
  bigint: 'bigint',
  bigserial: 'bigint',
  serial8: 'bigint',
  int2: 'smallint',
  smallint: 'smallint',
  smallserial: 'smallint',
  tinyint: 'smallint',
  'character varying': 'varchar',
  varchar: 'varchar',
  nvarchar: 'varchar',
  varchar2: 'varchar',
  character: 'char',
  char: 'char',
  nchar: 'char',
  bpchar: 'char',
  text: 'text',
  ntext: 'text',
  tinytext: 'text',
  mediumtext: 'text',
  longtext: 'text',
  clob: 'text',
  decimal: 'numeric',
  dec: 'numeric',
  numeric: 'numeric',
  number: 'numeric',
  real: 'real',
  float4: 'real',
  double: 'double',
  'double precision': 'double',
  float8: 'double',
  float: 'double',
  bool: 'boolean',
  boolean: 'boolean',
  bit: 'bit',
  uniqueidentifier: 'uuid',
  uuid: 'uuid',
  date: 'date',
  time: 'time',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
  timestamp: 'timestamp',
  datetime: 'timestamp',
  datetime2: 'timestamp',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  timestamptz: 'timestamptz',
  datetimeoffset: 'timestamptz',
  json: 'json',
  jsonb: 'json',
  bytea: 'bytes',
  blob: 'bytes',
  tinyblob: 'bytes',
  mediumblob: 'bytes',
  longblob: 'bytes',
  binary: 'bytes',
  varbinary: 'bytes',
  image: 'bytes',
  enum: 'enum',
}

/** Words after which a type goes on. */
const following: Readonly<Record<string, readonly (readonly string[])[]>> = {
  DOUBLE: [['PRECISION']],
  CHARACTER: [['VARYING'], ['LARGE', 'OBJECT']],
  CHAR: [['VARYING']],
  NATIONAL: [['CHARACTER', 'VARYING'], ['CHARACTER'], ['CHAR'], ['VARCHAR']],
  BIT: [['VARYING']],
  LONG: [['VARCHAR'], ['VARBINARY'], ['TEXT']],
}

const zone: readonly (readonly string[])[] = [
  ['WITH', 'TIME', 'ZONE'],
  ['WITHOUT', 'TIME', 'ZONE'],
  ['WITH', 'LOCAL', 'TIME', 'ZONE'],
]

/** Words that begin an option of a column: no type does. */
const options =
  /^(?:CONSTRAINT|NOT|NULL|DEFAULT|PRIMARY|UNIQUE|REFERENCES|CHECK|GENERATED|COLLATE|COMMENT|AS|AUTO_INCREMENT|AUTOINCREMENT)$/u

export function readType(reader: Reader): TypeFact | undefined {
  const from = reader.index
  const first = reader.token()
  if (!reader.isName || options.test(first.word)) return undefined
  reader.name()
  const words = [first.word.toLowerCase()]
  take(reader, following[first.word] ?? [], words)
  const inside = reader.index
  const isEnum = /^(?:ENUM|SET)$/u.test(first.word)
  const hasSize = reader.is('(')
  const parts = hasSize ? reader.list() : []
  if (/^(?:TIME|TIMESTAMP)$/u.test(first.word)) take(reader, zone, words)
  if (first.word === 'INTERVAL') while (reader.is('YEAR|MONTH|DAY|HOUR|MINUTE|SECOND|TO')) reader.skip()
  const nameEnd = hasSize ? inside : reader.index
  while (reader.is('UNSIGNED|SIGNED|ZEROFILL')) reader.skip()
  const array = takeArray(reader)
  const name = words.length > 1 ? words.join(' ') : reader.nameOf(from, Math.min(nameEnd, inside)).key
  return {
    ...reader.textOf(from, reader.index),
    base: bases[name] ?? name,
    size: isEnum ? [] : parts.flatMap((part) => (part.token().kind === 'number' ? Number(part.token().text) : [])),
    array,
    values: isEnum ? parts.flatMap((part) => part.string() ?? []) : [],
    hole: reader.isHole(from, reader.index),
  }
}

function take(reader: Reader, choices: readonly (readonly string[])[], words: string[]): void {
  const found = choices.find((choice) => reader.take(...choice))
  if (found) words.push(...found.map((word) => word.toLowerCase()))
}

function takeArray(reader: Reader): boolean {
  let array = reader.take('ARRAY')
  while (reader.token().text === '[') {
    array = true
    while (!reader.done && reader.token().text !== ']') reader.skip()
    reader.skip()
  }
  return array
}
