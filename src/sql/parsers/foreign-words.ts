import type {Dialect} from '../model.ts'
import type {Slip} from './slips.ts'

const word = String.raw`[\w$."\x60]{1,130}`
const name = String.raw`(?:IF\s{1,20}(?:NOT\s{1,20})?EXISTS\s{1,20})?${word}`
/** A column before its type, in a list of columns or behind ADD, MODIFY and CHANGE. */
const column = String.raw`(?:[(,]\s{0,200}|(?:\bADD(?:\s{1,20}COLUMN)?|\bMODIFY(?:\s{1,20}COLUMN)?|\bCHANGE(?:\s{1,20}COLUMN)?\s{1,20}${word})\s{1,200})(?:IF\s{1,20}NOT\s{1,20}EXISTS\s{1,20})?(?!(?:PRIMARY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|CONSTRAINT|FOREIGN|CHECK|COLUMN|SET|DROP|ADD|IF)\b)${word}\s{1,200}`
const inTable = String.raw`^\s{0,200}(?:CREATE\s{1,20}(?:TEMPORARY\s{1,20})?|ALTER\s{1,20})TABLE\b[\s\S]{0,20000}?`

function slip(dialect: Dialect, pattern: string, message: Slip['message']): Slip {
  return {dialects: [dialect], pattern: new RegExp(pattern, 'i'), message}
}

function expected(what: string): Slip['message'] {
  return (found) => `expected ${what}, found \`${found}\``
}

/** What PostgreSQL writes and MySQL refuses, though sqlparser-rs reads it, and the types of MySQL in PostgreSQL. */
export const foreignWords: readonly Slip[] = [
  slip(
    'mysql',
    String.raw`${inTable}${column}(?:BIGSERIAL|SMALLSERIAL|JSONB|BYTEA|TIMESTAMPTZ|TSVECTOR|CITEXT|HSTORE)\b`,
    expected('a type of MySQL'),
  ),
  slip(
    'mysql',
    String.raw`${inTable}${column}(?:TEXT|INT|INTEGER|BIGINT|UUID|VARCHAR(?=\s?\(\d{1,5}\)))(?=(?:\s?\(\d{1,5}\))?\s?\[\s?\d{0,5}\])`,
    (found) => `expected a type of MySQL, found \`${found}[]\``,
  ),
  slip(
    'mysql',
    String.raw`\bTIMESTAMP(?:\s?\(\d\))?\s{1,20}WITH(?:OUT)?\b(?=\s{1,20}TIME\s{1,20}ZONE\b)`,
    expected('a column option'),
  ),
  slip(
    'mysql',
    String.raw`\bGENERATED\s{1,20}(?:ALWAYS|BY\s{1,20}DEFAULT)\s{1,20}AS\s{1,20}IDENTITY\b`,
    () => 'expected `AUTO_INCREMENT`, found `IDENTITY`',
  ),
  slip(
    'mysql',
    String.raw`${inTable}\bALTER\s{1,20}(?:COLUMN\s{1,20})?${word}\s{1,20}(?:TYPE|(?:SET|DROP)\s{1,20}NOT|SET\s{1,20}DATA)\b`,
    (found) =>
      `expected \`SET DEFAULT\` or \`DROP DEFAULT\`, found \`${found}\`; a column is changed with \`MODIFY COLUMN\``,
  ),
  slip('mysql', String.raw`${inTable}\)\s{0,20}NOT\s{1,20}VALID\b`, expected('`NOT ENFORCED`')),
  slip('mysql', String.raw`${inTable}\bVALIDATE\s{1,20}CONSTRAINT\b`, expected('a change of the table')),
  slip('mysql', String.raw`${inTable}\bROW\s{1,20}LEVEL\b(?=\s{1,20}SECURITY\b)`, expected('a change of the table')),
  slip(
    'mysql',
    String.raw`^\s{0,200}INSERT\b[\s\S]{0,20000}?\bON\s{1,20}CONFLICT\b`,
    expected('`DUPLICATE KEY UPDATE`'),
  ),
  slip(
    'mysql',
    // From the first WHERE on: from each of thousands, it would take the square of their number.
    String.raw`^\s{0,200}UPDATE\b(?:(?!\bWHERE\b)[\s\S]){0,20000}\bWHERE\b[\s\S]{0,20000}?[\w)?]\s{1,200}RETURNING\b(?=\s{1,20}[\w*])`,
    expected('the end'),
  ),
  slip(
    'mysql',
    // Without a bracket between them, it is the FROM of the statement itself.
    String.raw`^\s{0,200}UPDATE\s[^();]{0,1000}\sSET\s[^();]{0,5000}\sFROM\b`,
    expected('`WHERE` or the end; other tables stand behind `UPDATE`'),
  ),
  slip(
    'mysql',
    String.raw`[\w)\]?]\s?::\s?[A-Za-z_]\w{0,60}`,
    (found) => `expected \`CAST(… AS ${found})\`, found \`::${found}\``,
  ),
  slip('mysql', String.raw`\s(?:NOT\s{1,20})?ILIKE\b(?=\s)`, expected('`LIKE`')),
  slip('mysql', String.raw`\b(?:gen_random_uuid|uuid_generate_v4)(?=\s?\(\s?\))`, expected('a function of MySQL')),
  slip(
    'mysql',
    String.raw`^\s{0,200}(?:CREATE\s{1,20}(?:UNIQUE\s{1,20})?|DROP\s{1,20})INDEX\s{1,20}CONCURRENTLY\b`,
    expected('the name of an index'),
  ),
  slip(
    'mysql',
    String.raw`^\s{0,200}CREATE\s{1,20}(?:UNIQUE\s{1,20})?INDEX\b[^;(]{0,400}\bUSING\s{1,20}(?:GIN|GIST|BRIN|SPGIST)\b`,
    expected('`BTREE` or `HASH`'),
  ),
  slip(
    'mysql',
    String.raw`^\s{0,200}CREATE\s{1,20}(?:UNIQUE\s{1,20})?INDEX\b[^;]{0,1000}\)\s{0,200}WHERE\b`,
    () => 'MySQL has no index of some rows, found `WHERE`',
  ),
  slip(
    'mysql',
    String.raw`^\s{0,200}DROP\s{1,20}INDEX\s{1,20}${name}(?=\s{0,200};?\s{0,200}$)`,
    (found) => `expected \`ON\` and the table behind \`${found}\``,
  ),
  slip('mysql', String.raw`^\s{0,200}DROP\s{1,20}TRIGGER\s{1,20}${name}\s{1,20}ON\b`, expected('the end')),
  slip(
    'mysql',
    String.raw`^\s{0,200}(?:CREATE|DROP|ALTER)\s{1,20}(?:TYPE|EXTENSION|DOMAIN|POLICY|MATERIALIZED)\b`,
    expected('an object of MySQL'),
  ),
  slip('mysql', String.raw`^\s{0,200}COMMENT\s{1,20}ON\b`, expected('`ALTER TABLE … COMMENT`')),
  slip(
    'mysql',
    String.raw`^\s{0,200}CREATE\b[^;]{0,600}?\bTRIGGER\b[^;]{0,600}?\bEXECUTE\s{1,20}(?:FUNCTION|PROCEDURE)\b`,
    expected('a statement'),
  ),
  slip('mysql', String.raw`^\s{0,200}CREATE\b[\s\S]{0,20000}?\bLANGUAGE\s{1,20}plpgsql\b`, expected('`SQL`')),
  slip(
    'postgresql',
    String.raw`${inTable}${column}(?:DATETIME|TINYINT|MEDIUMINT|(?:TINY|MEDIUM|LONG)TEXT|(?:TINY|MEDIUM|LONG)?BLOB|VARBINARY|DOUBLE(?!\s{1,20}PRECISION\b))\b(?![."])`,
    expected('a type of PostgreSQL'),
  ),
]
