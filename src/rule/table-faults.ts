import {isWithin} from '../document/places.ts'
import {code, list} from '../document/words.ts'
import {isSlip, nearest} from '../type/nearest.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name} from '../sql/model.ts'
import {nearTables} from './existence.ts'
import {scriptOperations} from './keys.ts'
import {existingNames, knownTables} from './moments.ts'
import type {KnownTable, StateTables} from './state-tables.ts'
import {entityForm, operationsOf} from './schema.ts'
import type {Context} from './types.ts'

interface Surroundings {
  readonly tables: readonly KnownTable[]
  /** Names of the tables that the document creates. */
  readonly created: readonly string[]
  readonly state: StateTables | undefined
}

export type TableFault =
  | {
      readonly kind: 'absent'
      readonly data: {readonly table: string; readonly state: string; readonly advice: string}
      readonly near: readonly string[]
    }
  | {
      readonly kind: 'table'
      readonly data: {readonly table: string; readonly known: string}
      readonly near: readonly string[]
    }

/** What is wrong with a table that the document doesn't have; nothing, when it may exist. */
export function tableFault(
  context: Pick<Context<never, never>, 'document' | 'type' | 'schema' | 'project'> & {
    readonly options: {readonly complete: boolean}
  },
  to: Name,
  {tables, created, state}: Surroundings,
): TableFault | undefined {
  const {complete} = context.options
  const last = lastPart(to).toLowerCase()
  if (state?.lacks(to)) {
    const near = nearTables(to, state.moments, knownTables(context))
    const advice = near[0] === undefined ? 'Correct the name, or add the table.' : `Write ${code(near[0])}.`
    return {kind: 'absent', data: {table: to.text, state: state.moments.title, advice}, near}
  }
  if (state && !complete) return undefined
  const names = tables.map(({name}) => name.text)
  const all = [
    ...changed(context, to),
    ...nearest(to.text, complete ? names : created),
    ...otherSchema(context, to, created),
    ...mentioned(context, to),
  ]
  const near = [...new Set(all)].filter((name) => name.toLowerCase() !== to.text.toLowerCase())
  if (complete && existingNames(context.document).some((name) => name.toLowerCase() === last)) return undefined
  if (names.length === 0 || !(complete || (near.length > 0 && !isMentioned(context, to)))) return undefined
  return {
    kind: 'table',
    data: {table: to.text, known: list([...new Set([...names, ...near.slice(0, 3)])])},
    near: near.slice(0, 3),
  }
}

/** The document names the table somewhere else, in other SQL or in backquotes: it knows that it exists. */
function isMentioned(
  {document: {text}, schema}: Pick<Context<never, never>, 'document' | 'schema'>,
  to: Name,
): boolean {
  const own = to.text.toLowerCase()
  const inSql = schema.sql.statements.some(
    (statement) => !isWithin(to.start, statement) && tablesIn(statement.text).includes(own),
  )
  return (
    inSql ||
    text
      .toLowerCase()
      .replaceAll(/references\s+`[^`]*`/gu, '')
      .includes(`\`${own}\``)
  )
}

/** The table that is created in one schema and led to in another, of which the document says nothing else. */
function otherSchema(
  {document: {text}}: Pick<Context<never, never>, 'document'>,
  to: Name,
  created: readonly string[],
): readonly string[] {
  const [schema = '', table = '', ...more] = to.text.toLowerCase().split('.')
  if (table === '' || more.length > 0 || schema === 'auth') return []
  const low = text.toLowerCase()
  // Another place that names the schema makes it one that is there.
  const others = [...low.matchAll(/(?<![\w.])(\w{1,63})\.(?=["`]?\w)/gu)].filter((match) => match[1] === schema)
  if (others.length !== 1) return []
  return created.filter((name) => name.includes('.') && name.toLowerCase().endsWith(`.${table}`))
}

/** A table that the document changes, of which this name is the singular or the plural. */
function changed({schema}: Pick<Context<never, never>, 'schema'>, to: Name): readonly string[] {
  const operations = [...operationsOf(schema), ...scriptOperations(schema)]
  return operations.flatMap((one) => {
    const isChange = one.kind === 'add-column' || one.kind === 'drop-column' || one.kind === 'alter-type'
    return isChange && !one.table.hole && one.table.key !== to.key && entityForm(one.table) === entityForm(to)
      ? [one.table.text]
      : []
  })
}

/** Tables that the document's SQL names again and again, of which this name is a slip. */
function mentioned(
  {document: {text}, schema}: Pick<Context<never, never>, 'document' | 'schema'>,
  to: Name,
): readonly string[] {
  const own = to.text.toLowerCase()
  const inSql = schema.sql.statements.flatMap((statement) => [
    ...new Set([...tablesIn(statement.text), ...(isWithin(to.start, statement) ? [] : keyTargets(statement.text))]),
  ])
  const names = [...new Set(inSql)].filter((name) => name !== own && isSlip(name, own))
  return names.filter((name) => inSql.filter((one) => one === name).length + quoted(name, text) >= 2)
}

function quoted(name: string, text: string): number {
  const low = text.toLowerCase()
  return ['`', ' (', '('].reduce((count, end) => count + low.split(`\`${name}${end}`).length - 1, 0)
}

function keyTargets(text: string): readonly string[] {
  return [...text.toLowerCase().matchAll(/\breferences\s+["`[]?([\p{L}\p{N}_$.]+)/gu)].map((match) => match[1] ?? '')
}

/** The words that a statement has where a table stands, keys to a table aside. */
function tablesIn(text: string): readonly string[] {
  const bare = text.toLowerCase().replaceAll(/--[^\n]*|\/\*[^*]*\*\//gu, ' ')
  return [...bare.matchAll(/\b(?:from|join|into|update|table|on|only|exists)\s+["`[]?([\p{L}\p{N}_$.]+)/gu)].map(
    (match) => match[1] ?? '',
  )
}
