import {remembered} from '../document/remembered.ts'
import {expression} from '../document/expressions.ts'
import type {Span, SpecDocument} from '../document/types.ts'
import type {Name, Operation, StatementFact} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import {findSlip, isSlip} from '../type/nearest.ts'
import {isBack} from './back.ts'
import {tableForm} from './existence.ts'
import {ofKind} from './schema.ts'
import {placeOfWord, plainWords} from './statement-words.ts'

/** A table that a statement names and nothing makes, and the one of the document that it is a slip of. */
export interface UnmetTable extends Span {
  readonly text: string
  readonly meant: Name
}

const word = String.raw`["\x60]?([\p{L}_][\p{L}\p{N}_$]*)["\x60]?(?![\p{L}\p{N}_$.])`
/** Where the name of a table stands; `FROM f(…)` calls a function, and `SELECT … INTO` fills a variable. */
const named = expression(
  'dgiu',
)`\b(?:(?:FROM|JOIN)\s+(?:ONLY\s+)?${word}(?!\s*\()|(?:(?:INSERT|REPLACE|IGNORE)\s+INTO|UPDATE|TABLE|TRUNCATE|(?:TRIGGER|POLICY)\b[^;]{1,200}?\bON)\s+(?:ONLY\s+|IF\s+EXISTS\s+)?${word})`

/**
 * Tables of statements, bodies of triggers among them, whose name stands in no other place of a table and is a letter or an ending away
 * from a table of the document. Keys and the way back have rules of their own, but for a table that the way back drops in the end: there
 * nothing else is missed. A name that comes twice is meant.
 */
export function unmetTables(schema: SchemaFacts): readonly UnmetTable[] {
  const {document} = schema
  const {statements} = schema.sql
  const operations = statements.flatMap((one) => one.operations)
  const meant = knownNames(schema, operations).filter(({hole}) => !hole)
  if (meant.length === 0) return []
  const forms = new Set(meant.map(tableForm))
  const endings = new Map(meant.map((one) => [singular(tableForm(one)), one]))
  // A number counts on: `orders_2` is no slip of `orders_1`.
  const wordy = meant.filter((one) => !/\d/u.test(tableForm(one)))
  const all = statements.flatMap((statement) =>
    namesIn(statement, document).map((name) => ({...name, form: name.text.toLowerCase(), statement})),
  )
  const uses = new Map<string, number>()
  for (const {form} of all) uses.set(form, (uses.get(form) ?? 0) + 1)
  const dropped = new Set(ofKind(operations, 'drop-table').map(({table}) => tableForm(table)))
  return all.flatMap(({form, text, start, end, statement}): readonly UnmetTable[] => {
    if (statement.template || makesIt(statement) || forms.has(form) || uses.get(form) !== 1) return []
    const near =
      endings.get(singular(form)) ?? findSlip(/\d/u.test(form) ? [] : wordy, (one) => isMeant(form, tableForm(one)))
    if (
      !near ||
      isSpokenOf(form, document, statements) ||
      (isBack(statement, document) && !dropped.has(tableForm(near)))
    )
      return []
    return [{text, start, end, meant: near}]
  })
}

/** Between back quotes in the words, or as the name of a part of a query. */
function isSpokenOf(form: string, {text, codes}: SpecDocument, statements: readonly StatementFact[]): boolean {
  const written = new RegExp(
    `\x60[^\x60\\n]{0,80}(?<![\\w$])${form.replaceAll('$', '\\$')}(?![\\w$])[^\x60\\n]{0,80}\x60`,
    'giu',
  )
  const isInCode = (at: number): boolean => codes.some(({start, end}) => start <= at && at < end)
  if ([...text.matchAll(written)].some(({index}) => !isInCode(index))) return true
  return statements.some(
    (one) =>
      one.text.toLowerCase().includes(form) &&
      new RegExp(
        `(?<![\\w$])${form.replaceAll('$', '\\$')}["\x60]?\\s*(?:\\([^()]*\\))?\\s+AS\\s+(?:NOT\\s+|MATERIALIZED\\s+)*\\(`,
        'iu',
      ).test(one.text),
  )
}

function knownNames(schema: SchemaFacts, operations: readonly Operation[]): readonly Name[] {
  const changes = new Map<string, number>()
  for (const one of operations) {
    const key = tableOf(one)?.key
    if (key !== undefined) changes.set(key, (changes.get(key) ?? 0) + 1)
  }
  return [
    ...ofKind(operations, 'create-table').map(({table}) => table),
    ...ofKind(operations, 'rename-table').map(({to}) => to),
    ...ofKind(operations, 'create-object').flatMap(({what, name}) => (what.endsWith('view') ? [name] : [])),
    ...schema.tables.flatMap(({name, source}) => (source === 'mermaid' ? [] : [name])),
    ...schema.models.tables.map(({name, table}) => table ?? name),
    // One that is there already, and that several statements change.
    ...operations.flatMap((one) => {
      const table = /^(?:add-|alter-|set-|create-index)/u.test(one.kind) ? tableOf(one) : undefined
      return table && (changes.get(table.key) ?? 0) > 1 ? [table] : []
    }),
  ]
}

/** What a statement makes, or only may be there, is no slip. */
function makesIt({operations}: StatementFact): boolean {
  return operations.some(({kind}) => /^(?:create-(?:table|index|enum)|rename-table|drop-table)$/u.test(kind))
}

function namesIn(statement: StatementFact, document: SpecDocument): readonly (Span & {readonly text: string})[] {
  return namesOf(statement.text).flatMap(({text, from}) => {
    const at = placeOfWord(text, from, statement, document)
    return at ? [{text, ...at}] : []
  })
}

const namesOf = remembered((whole) =>
  [...plainWords(whole).matchAll(named)].map((match) => {
    const [from] = match.indices?.[1] ?? match.indices?.[2] ?? [0]
    return {text: match[1] ?? match[2] ?? '', from}
  }),
)

function isMeant(form: string, other: string): boolean {
  return form.length > 5 && Math.abs(form.length - other.length) < 2 && isSlip(form, other)
}

function singular(form: string): string {
  return form
    .split('_')
    .map((one) =>
      one
        .replace(/ies$/u, 'y')
        .replace(/(?<=[^s])s$/u, '')
        .replace(/(?<=(?:ch|sh|x|ss|z))e$/u, ''),
    )
    .join('_')
}
