/** Names of tables that PostgreSQL takes for others: without quotes where the table has capital letters, without the schema that it is in. */
import {remembered} from '../document/remembered.ts'
import type {Span, SpecDocument} from '../document/types.ts'
import type {Name, Operation, StatementFact} from '../sql/model.ts'
import {lastPart} from '../sql/implicit.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import {ofKind} from './schema.ts'
import {placeOfWord, plainWords} from './statement-words.ts'

/** A name as it stands, and the table that it was to be. */
export interface MistakenName extends Span {
  /** What it lacks: quotes, or the schema. */
  readonly kind: 'folded' | 'schema'
  readonly text: string
  readonly meant: Name
  /** What to write. */
  readonly right: string
}

const word = String.raw`([\p{L}_][\p{L}\p{N}_$]*\.)?([\p{L}_][\p{L}\p{N}_$]*)(?![\p{L}\p{N}_$."])`
const named = new RegExp(
  String.raw`\b(?:REFERENCES|FROM|JOIN|INTO|UPDATE|TABLE|INDEX\b[^;()]{1,200}?\bON)\s+(?:ONLY\s+|IF\s+(?:NOT\s+)?EXISTS\s+)?${word}`,
  'dgiu',
)

/** A document that writes more of them without quotes doesn't run on a database that tells the two apart. */
const most = 2

/** Names that lack quotes or a schema, and so lead past the tables that they were to be. */
export function mistakenNames({sql, document}: SchemaFacts): readonly MistakenName[] {
  const statements = sql.statements.filter(({dialect, template}) => dialect === 'postgresql' && !template)
  const operations = statements.flatMap((one) => one.operations)
  const facts = {statements, operations, document}
  return [...foldedNames(facts), ...namesWithoutSchema(facts)]
}

interface Facts {
  readonly statements: readonly StatementFact[]
  /** Those of the statements. */
  readonly operations: readonly Operation[]
  readonly document: SpecDocument
}

/** Tables that statements name without quotes, and that the others make and name between quotes, with capital letters. */
function foldedNames({statements, operations, document}: Facts): readonly MistakenName[] {
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
  const found = statements.flatMap((statement) =>
    placesIn(statement, document, ({text}) =>
      made.has(text.toLowerCase()) ? undefined : cased.get(text.toLowerCase()),
    ),
  )
  return found.length > most
    ? []
    : found.map((one) => ({...one, kind: 'folded', right: `"${one.meant.text.replaceAll('"', '')}"`}))
}

/** Tables that statements name without the schema in which all others make and name them, where no search path leads there. */
function namesWithoutSchema({statements, operations, document}: Facts): readonly MistakenName[] {
  if (/search_?path/i.test(document.text)) return []
  const made = [
    ...ofKind(operations, 'create-table').map(({table}) => table),
    ...ofKind(operations, 'rename-table').map(({table, to}) => (table.key.includes('.') ? table : to)),
  ]
  const bare = new Set(made.filter(({key}) => !key.includes('.')).map(({key}) => key.toLowerCase()))
  const inSchemas = new Map(
    made
      .filter((name) => name.key.includes('.') && !name.hole && !bare.has(lastPart(name).toLowerCase()))
      .map((name) => [lastPart(name).toLowerCase(), name]),
  )
  if (inSchemas.size === 0) return []
  const found = statements.flatMap((statement) =>
    placesIn(statement, document, ({text, schema}) => (schema ? undefined : inSchemas.get(text.toLowerCase()))),
  )
  return found.length > most ? [] : found.map((one) => ({...one, kind: 'schema', right: one.meant.text}))
}

interface Word {
  readonly schema: string | undefined
  readonly text: string
  /** In the statement. */
  readonly from: number
}

type Found = Omit<MistakenName, 'kind' | 'right'>

function placesIn(
  statement: StatementFact,
  document: SpecDocument,
  meantBy: (word: Word) => Name | undefined,
): readonly Found[] {
  return wordsIn(statement.text).flatMap((one): readonly Found[] => {
    const {text, from} = one
    const meant = meantBy(one)
    if (!meant || new RegExp(`\\b${text.replaceAll('$', String.raw`\$`)}\\s+AS\\b`, 'iu').test(statement.text))
      return []
    const at = placeOfWord(text, from, statement, document)
    return at ? [{text, meant, ...at}] : []
  })
}

const wordsIn = remembered((whole) =>
  [...plainWords(whole).matchAll(named)].flatMap((match): readonly Word[] => {
    const from = match.indices?.[2]?.[0]
    return from === undefined ? [] : [{schema: match[1], text: match[2] ?? '', from}]
  }),
)
