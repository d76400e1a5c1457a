import {expression} from '../document/expressions.ts'
import type {SpecDocument, Text} from '../document/types.ts'
import type {Dialect, Name, StatementFact} from '../sql/model.ts'
import type {Syntax} from '../sql/parsers/syntax.ts'
import type {IndexShape, QueryFact} from '../sql/queries/model.ts'
import {queriesOf, readText} from '../sql/queries/read.ts'
import {type Failure, serving} from '../sql/queries/serves.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {commentsBeside} from './comments.ts'
import {sameName} from './schema.ts'

const label = /^supports\s*:\s*/i

function isLabelled(comment: string): boolean {
  return label.test(comment)
}

type Accessing = Pick<QueryFact, 'accesses' | 'limited' | 'derives'>

/** What a `-- Supports:` line quotes: a query, or the conditions of one. */
export interface Support extends Text {
  /** As a whole query. */
  readonly sql: string
  readonly queries: readonly Accessing[]
}

/** The queries that the comments beside an index say it supports; prose is none. */
export function supportsOf(
  {statement, table}: IndexShape,
  document: SpecDocument,
  schema: Pick<SchemaFacts, 'sql'>,
): readonly Support[] {
  if (statement === undefined) return []
  const comments = commentsBeside(statement, document, schema, isLabelled)
  return comments.flatMap((comment, index) => {
    const head = label.exec(comment.text)?.[0]
    if (head === undefined) return []
    const rest = comments.slice(index + 1)
    const end = rest.findIndex(({text}) => /^(?:[\p{L} ]{2,30}:|$)/u.test(text))
    const more = rest.slice(0, end === -1 ? rest.length : end).map(({text}) => text)
    const text = comment.text.slice(head.length)
    const queries = quotedQueries([text, ...more].join(' '), table, statement) ?? quotedQueries(text, table, statement)
    return queries ? [{text, start: comment.start + head.length, end: comment.end, ...queries}] : []
  })
}

/** The longest part of a text, cut where prose may begin, that reads as a query or as conditions. */
function quotedQueries(
  text: string,
  table: Name,
  statement: StatementFact,
): Pick<Support, 'sql' | 'queries'> | undefined {
  for (const part of shortened(text.replaceAll(/^[`"]|[`";.]+$/gu, '')))
    for (const query of completed(part, table, statement.dialect)) {
      const read = readText(query, statement.dialect)
      if (read?.syntax.kind !== 'query') continue
      return {sql: query, queries: asQueries(read, read.syntax)}
    }
  return undefined
}

function asQueries(
  read: NonNullable<ReturnType<typeof readText>>,
  syntax: Extract<Syntax, {kind: 'query'}>,
): readonly Accessing[] {
  return queriesOf(
    read,
    syntax,
    () => undefined,
    (start, end) => ({start, end}),
  )
}

const mostCuts = 8

const cut = expression('gu')`;|\s+[–—-]+\s|,\s+(?:and|also|plus|which|used|for)\b|\s+\((?=[\p{L}\s]+\)?$)|\x60`

function shortened(text: string): readonly string[] {
  const cuts = [...text.matchAll(cut)]
  return [text, ...cuts.slice(0, mostCuts).map(({index}) => text.slice(0, index))]
    .map((part) => part.trim())
    .toSorted((a, b) => b.length - a.length)
}

/** A whole query of a part of one: the index's table is where it reads from. */
function completed(text: string, table: Name, dialect: Dialect): readonly string[] {
  const quote = dialect === 'mysql' ? '`' : '"'
  const from = table.key
    .split('.')
    .map((part) => `${quote}${part}${quote}`)
    .join('.')
  if (/^(?:EXPLAIN|SELECT|WITH|UPDATE|DELETE)\b/i.test(text)) {
    const clause = /\s(?=(?:WHERE|ORDER\s+BY|GROUP\s+BY)\b)/i.exec(text)
    if (/\bFROM\b/i.test(text) || !/^SELECT\b/i.test(text) || !clause) return [text]
    return [`${text.slice(0, clause.index)} FROM ${from}${text.slice(clause.index)}`]
  }
  if (/^(?:WHERE|ORDER\s+BY)\b/i.test(text)) return [`SELECT 1 FROM ${from} ${text}`]
  return /^(?:lower|upper|date|coalesce)?\(?[\w."`]+\)?\s*(?:=|<|>|\bIN\s*\(|\bLIKE\s+['?:$]|\bBETWEEN\s+['?:$\d]|\bIS\s+(?:NOT\s+)?NULL\b)/i.test(
    text,
  )
    ? [`SELECT 1 FROM ${from} WHERE ${text}`]
    : []
}

/** Why an index can't serve what its comment says; `undefined` when it can, or when that can't be told. */
export type Unserved =
  | {readonly why: 'table'; readonly table: Name}
  | {readonly why: Failure; readonly access: QueryFact['accesses'][number]}

export function unserved(index: IndexShape, {queries}: Support): Unserved | undefined {
  const accesses = queries.flatMap(({accesses: all, limited}) => all.map((access) => ({access, limited})))
  if (index.table.hole || index.keys.length === 0 || accesses.some(({access}) => access.table.hole)) return undefined
  const own = accesses.filter(({access}) => sameName(access.table, index.table))
  const [first] = accesses
  if (own.length === 0)
    return first && !queries.some(({derives}) => derives) ? {why: 'table', table: first.access.table} : undefined
  let failure: Unserved | undefined
  for (const {access, limited} of own) {
    const {conditions, order, isCertain} = access
    const isOpen = conditions.some(
      (one) =>
        one.kind === 'search' && index.keys.some(({columns}) => columns.some((name) => one.columns.includes(name))),
    )
    if (!isCertain || isOpen || (conditions.length === 0 && order.length === 0)) return undefined
    const found = serving(index, access)
    const narrows = conditions.some(({kind}) => kind !== 'test' && kind !== 'search')
    if (found.kind === 'serves' && (found.used > 0 || limited || !narrows)) return undefined
    failure ??= {why: found.kind === 'fails' ? found.why : 'leading', access}
  }
  return failure
}
