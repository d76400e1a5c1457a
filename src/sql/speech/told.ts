/** Operations that list items and rows of tables state in the set forms of the field, as the statements that they stand for. */
import {expression} from '../../document/expressions.ts'
import {sectionAt} from '../../document/places.ts'
import type {CodeBlock, Span, SpecDocument} from '../../document/types.ts'
import type {Dialect, Operation} from '../model.ts'
import {outline} from '../outline.ts'

/** A name, and one with columns in brackets: `orders`, `orders.state`, `orders(a, b)`. */
const name = String.raw`\x60([\w$]+(?:\.[\w$]+)?)\x60`
const listed = String.raw`\x60([\w$]+(?:\.[\w$]+)?)\s?(?:\(([\w$, ]+)\)\x60|\x60\s?\((\x60?[\w$]+\x60?(?:, ?\x60?[\w$]+\x60?)*)\))`
const make = String.raw`(?:adds?|creates?|introduces?|builds?|new)\s(?:(?:an?|the|new)\s)*`
const take = String.raw`(?:drops?|removes?|deletes?)\s(?:the\s)?`
const kept = String.raw`(?:the\s)?(?:table\s)?`
const between = String.raw`[^\x60.;:]{0,40}?\s`

type Parts = readonly (string | undefined)[]
type Form = readonly [form: RegExp, statement: (parts: Parts) => string | undefined]

function form(text: string): RegExp {
  return expression('iu')`^${text}`
}

const forms: readonly Form[] = [
  [
    form(`${make}(?:[\\w-]+\\s){0,2}?(?:column|field)\\s${name}${between}(?:to|on|in|of)\\s${kept}${name}`),
    ([column, table]) => `ALTER TABLE ${table} ADD COLUMN ${column}`,
  ],
  [
    form(`${make}(?:[\\w-]+\\s){0,2}?(?:column|field)\\s\\x60([\\w$]+)\\.([\\w$]+)\\x60`),
    ([table, column]) => `ALTER TABLE ${table} ADD COLUMN ${column}`,
  ],
  [
    form(`${make}(unique\\s)?(?:(?!unique|partial)[\\w-]+\\s){0,2}?index\\s${name}\\son\\s${kept}${listed}`),
    ([unique, index, table, inside, beside]) =>
      `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${index} ON ${table} (${bare(inside ?? beside)})`,
  ],
  [
    form(`${make}unique\\s(?:constraint|key)\\s${name}\\s(?:on|to)\\s${kept}${listed}`),
    ([key, table, inside, beside]) => `ALTER TABLE ${table} ADD CONSTRAINT ${key} UNIQUE (${bare(inside ?? beside)})`,
  ],
  [
    form(`${make}check(?:\\sconstraint)?\\s${name}\\s(?:on|to)\\s${kept}${name}`),
    ([check, table]) => `ALTER TABLE ${table} ADD CONSTRAINT ${check} CHECK ({{told}})`,
  ],
  [
    form(
      `${make}foreign\\skey\\s${name}\\s(?:from|on)\\s\\x60([\\w$]+)\\.([\\w$]+)\\x60\\s(?:to|→|->)\\s${kept}${name}`,
    ),
    ([key, table, column, target]) =>
      `ALTER TABLE ${table} ADD CONSTRAINT ${key} FOREIGN KEY (${column}) REFERENCES ${target?.replace(/\..*$/u, '')}`,
  ],
  [form(`${make}table\\s${name}`), ([table]) => `CREATE TABLE ${table} AS SELECT 1`],
  [form(`${make}(?:enum(?:\\stype)?|type)\\s${name}`), ([type]) => `CREATE TYPE ${type} AS ENUM ('{{told}}')`],
  [
    form(`${take}(?:column|field)\\s${name}\\s(?:from|of|in)\\s${kept}${name}`),
    ([column, table]) => `ALTER TABLE ${table} DROP COLUMN ${column}`,
  ],
  [
    form(`${take}(?:column|field)\\s\\x60([\\w$]+)\\.([\\w$]+)\\x60`),
    ([table, column]) => `ALTER TABLE ${table} DROP COLUMN ${column}`,
  ],
  [form(`${take}index\\s${name}`), ([index]) => `DROP INDEX ${index}`],
  [form(`${take}table\\s${name}`), ([table]) => `DROP TABLE ${table}`],
  [
    form(`renames?\\s(?:the\\s)?column\\s\\x60([\\w$]+)\\.([\\w$]+)\\x60\\sto\\s${name}`),
    ([table, column, to]) => `ALTER TABLE ${table} RENAME COLUMN ${column} TO ${to?.replace(/^.*\./u, '')}`,
  ],
  [
    form(`renames?\\s(?:the\\s)?column\\s${name}\\s(?:of|in|on)\\s${kept}${name}\\sto\\s${name}`),
    ([column, table, to]) => `ALTER TABLE ${table} RENAME COLUMN ${column} TO ${to?.replace(/^.*\./u, '')}`,
  ],
  [
    form(
      `(?:change|alter|widen|narrow|convert|set)s?\\s(?:the\\s)?(?:type\\sof\\s)?(?:the\\s)?(?:column\\s)?\\x60([\\w$]+)\\.([\\w$]+)\\x60(?:\\sfrom\\s\\x60[^\\x60]*\\x60)?\\sto\\s\\x60([A-Za-z][\\w ]*(?:\\([\\d, ]+\\))?)\\x60`,
    ),
    ([table, column, type]) => `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${type}`,
  ],
]

/** Rows such as `| orders | note | TEXT | dropped |` and `| orders | drop column | note |`. */
const inRow = String.raw`\|\s*\x60?([a-z_]\w{0,62})\x60?\s*`
const rowForms: readonly Form[] = [
  form(`${inRow}${inRow}\\|(?:[^|]*\\|){0,2}\\s*\\W{0,3}(?:is\\s|will\\sbe\\s)?(?:dropped|removed|deleted)\\b`),
  form(`${inRow}\\|\\s*(?:drop|remove)(?:s|ped|d)?(?:\\s(?:column|field))?\\s*${inRow}\\|`),
].map((pattern) => [pattern, ([table, column]) => `ALTER TABLE ${table} DROP COLUMN ${column}`])

function bare(columns: string | undefined): string {
  return (columns ?? '').replaceAll('`', '')
}

/** What the items of lists and the rows of tables within some places say is done, in the order of the text. */
export function toldOperations(
  document: SpecDocument,
  places: readonly Span[],
  dialect: Dialect,
): readonly Operation[] {
  return places.flatMap((place) => segmentsIn(document, place)).flatMap((one) => told(document, one, dialect))
}

interface Segment extends Span {
  readonly text: string
}

/** A statement is no longer than this. */
const longest = 400

function segmentsIn({text, codes}: SpecDocument, place: Span): readonly Segment[] {
  const found: Segment[] = []
  for (let start = place.start; start < place.end;) {
    const code = codes.find((one) => one.start <= start && start < one.end)
    const newline = text.indexOf('\n', start)
    const end = Math.min(newline < 0 ? place.end : newline, place.end)
    const line = code ? '' : text.slice(start, end)
    if (line.length < longest) found.push(...partsOf(line, start))
    start = code ? Math.max(code.end, start + 1) : end + 1
  }
  return found
}

/** The item of a list without its mark and its label, or the cells of a row. */
function partsOf(line: string, start: number): readonly Segment[] {
  const mark = /^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?(?:\*\*[^*]{1,60}\*\*:?\s+)?/u.exec(line)
  if (mark) return [segment(line, mark[0].length, line.length, start)]
  if (!/^\s*\|/u.test(line)) return []
  const cells = [...line.matchAll(/[^|]+/gu)].map(({0: cell, index}) =>
    segment(line, index, index + cell.length, start),
  )
  return [segment(line, 0, line.length, start), ...cells]
}

function segment(line: string, from: number, to: number, start: number): Segment {
  const text = line.slice(from, to)
  const trimmed = text.trim()
  const at = start + from + text.indexOf(trimmed)
  return {text: trimmed, start: at, end: at + trimmed.length}
}

/** A statement between back quotes, and little beside it. */
const statement = /^`((?:CREATE|ALTER|DROP)\s[^`]*)`[^`\w]{0,3}$/u

function told(document: SpecDocument, {text, start, end}: Segment, dialect: Dialect): readonly Operation[] {
  const written = statement.exec(text)?.[1]
  if (written !== undefined) {
    const code = codeOf({start, end}, written, (index) => start + 1 + index)
    return outline({code, section: sectionAt(document, start), dialect})
  }
  for (const [pattern, meaning] of text.startsWith('|') ? rowForms : forms) {
    const match = pattern.exec(text)
    const value = match ? meaning(match.slice(1)) : undefined
    if (value === undefined) continue
    // All of the statement stands for all of the words.
    const code = codeOf({start, end}, value, (index) => (index < value.length - 1 ? start : end - 1))
    return outline({code, section: sectionAt(document, start), dialect}).map((one) => ({...one, start, end}))
  }
  return []
}

function codeOf({start, end}: Span, value: string, offsetAt: (index: number) => number): CodeBlock {
  return {
    kind: 'code',
    fenced: false,
    language: undefined,
    languageSpan: {start, end: start},
    meta: undefined,
    value,
    content: {start, end},
    start,
    end,
    offsetAt,
  }
}
