/** Names of tables without quotes, which PostgreSQL turns into small letters, where the table has capital ones. */
import {remembered} from '../document/remembered.ts'
import type {Span} from '../document/types.ts'
import type {Name, StatementFact} from '../sql/model.ts'
import {lastPart} from '../sql/implicit.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import {ofKind} from './schema.ts'
import {placeOfWord, plainWords} from './statement-words.ts'

/** A name as it stands, and the table that it was to be. */
export interface FoldedName extends Span {
  readonly text: string
  readonly meant: Name
}

const word = String.raw`(?:[\p{L}_][\p{L}\p{N}_$]*\.)?([\p{L}_][\p{L}\p{N}_$]*)(?![\p{L}\p{N}_$."])`
const named = new RegExp(
  String.raw`\b(?:REFERENCES|FROM|JOIN|INTO|UPDATE|TABLE|INDEX\b[^;()]{1,200}?\bON)\s+(?:ONLY\s+|IF\s+(?:NOT\s+)?EXISTS\s+)?${word}`,
  'dgiu',
)

/** A document that writes more of them without quotes doesn't run on a database that tells the two apart. */
const most = 2

/** Tables that statements name without quotes, and that the others make and name between quotes, with capital letters. */
export function foldedNames({sql, document}: SchemaFacts): readonly FoldedName[] {
  const statements = sql.statements.filter(({dialect, template}) => dialect === 'postgresql' && !template)
  const operations = statements.flatMap((one) => one.operations)
  const cased = new Map<string, Name>()
  for (const operation of operations) {
    const table = tableOf(operation)
    const key = table && !table.hole ? lastPart(table) : ''
    if (table && key !== key.toLowerCase() && !cased.has(key.toLowerCase())) cased.set(key.toLowerCase(), table)
  }
  if (cased.size === 0) return []
  const made = new Set(
    [
      ...ofKind(operations, 'create-table').map(({table}) => table),
      ...ofKind(operations, 'rename-table').map(({to}) => to),
    ].map((name) => lastPart(name)),
  )
  const found = statements.flatMap((statement) => placesIn(statement, document, cased, made))
  return found.length > most ? [] : found
}

function placesIn(
  statement: StatementFact,
  document: SchemaFacts['document'],
  cased: ReadonlyMap<string, Name>,
  made: ReadonlySet<string>,
): readonly FoldedName[] {
  return wordsIn(statement.text).flatMap(({text, from}): readonly FoldedName[] => {
    const key = text.toLowerCase()
    const meant = cased.get(key)
    if (!meant || made.has(key) || new RegExp(`\\b${text.replaceAll('$', '\\$')}\\s+AS\\b`, 'iu').test(statement.text))
      return []
    const at = placeOfWord(text, from, statement, document)
    return at ? [{text, meant, ...at}] : []
  })
}

const wordsIn = remembered((whole) =>
  [...plainWords(whole).matchAll(named)].flatMap((match) => {
    const from = match.indices?.[1]?.[0]
    return from === undefined ? [] : [{text: match[1] ?? '', from}]
  }),
)
