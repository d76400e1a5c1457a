import {expression} from '../document/expressions.ts'
import {isWithin} from '../document/places.ts'
import {kept, remembered} from '../document/remembered.ts'
import type {SpecDocument} from '../document/types.ts'
import {code, list} from '../document/words.ts'
import {isSlip, nearest} from '../type/nearest.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name, Operation} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {nearTables} from './existence.ts'
import {describedKeys} from './key-targets.ts'
import {scriptOperations} from './keys.ts'
import {existingNames, knownTables} from './moments.ts'
import type {KnownTable, StateTables} from './state-tables.ts'
import {entityForm, ofKind, operationsOf} from './schema.ts'
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
  columns: readonly Name[] = [],
): TableFault | undefined {
  const complete = context.options.complete && !changesOthers(context.schema)
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
    ...stemOf(context, columns, to),
  ]
  const near = [...new Set(all)].filter((name) => name.toLowerCase() !== to.text.toLowerCase())
  if (complete && existingNames(context.document).has(last)) return undefined
  if (names.length === 0 || !(complete || (near.length > 0 && !isMentioned(context, to)))) return undefined
  return {
    kind: 'table',
    data: {table: to.text, known: list([...new Set([...names, ...near.slice(0, 3)])])},
    near: near.slice(0, 3),
  }
}

const others = kept<boolean>()

/** The document changes tables that it neither makes nor describes: it isn't about the whole schema, whatever its type is for. */
function changesOthers(schema: SchemaFacts): boolean {
  return others(schema, () => {
    const operations = [...operationsOf(schema), ...scriptOperations(schema)]
    const made = ofKind(operations, 'create-table').map(({table}) => table)
    const described = schema.tables.map(({name}) => name)
    const models = schema.models.tables.flatMap(({name, table}) => [name, ...(table ? [table] : [])])
    const shown = [...made, ...described, ...models]
    const forms = new Set([...shown, ...renamed(operations)].map((name) => entityForm(name)))
    return ofKind(operations, 'add-column').some(
      ({table}) =>
        !table.hole &&
        !forms.has(entityForm(table)) &&
        nearest(
          table.text,
          shown.map(({text}) => text),
        ).length === 0,
    )
  })
}

function renamed(operations: readonly Operation[]): readonly Name[] {
  return ofKind(operations, 'rename-table').map(({to}) => to)
}

/** The document names the table somewhere else, in other SQL or in backquotes: it knows that it exists. */
function isMentioned({document, schema}: Pick<Context<never, never>, 'document' | 'schema'>, to: Name): boolean {
  const own = to.text.toLowerCase()
  const inSql = schema.sql.statements.some(
    (statement) => tablesIn(statement.text).own.includes(own) && !isWithin(to.start, statement),
  )
  return inSql || wordsOf(document).unreferenced.includes(`\`${own}\``)
}

/** The table that is created in one schema and led to in another, of which the document says nothing else. */
function otherSchema(
  {document}: Pick<Context<never, never>, 'document'>,
  to: Name,
  created: readonly string[],
): readonly string[] {
  const [schema = '', table = '', ...more] = to.text.toLowerCase().split('.')
  if (table === '' || more.length > 0 || schema === 'auth') return []
  // Another place that names the schema makes it one that is there.
  if (wordsOf(document).schemas.get(schema) !== 1) return []
  return created.filter((name) => name.includes('.') && name.toLowerCase().endsWith(`.${table}`))
}

/** The table that a column such as `order_item_id` is called after, where the document changes it or names it in back quotes. */
function stemOf(
  {document, schema}: Pick<Context<never, never>, 'document' | 'schema'>,
  [column, ...more]: readonly Name[],
  to: Name,
): readonly string[] {
  const stem =
    column && more.length === 0 ? /^(.{3,})_(?:id|uuid|key|no|code)$/u.exec(lastPart(column).toLowerCase()) : null
  if (!stem) return []
  const form = entityForm({key: stem[1] ?? ''})
  if (entityForm(to) === form) return []
  const named = wordsOf(document).tables.filter((name) => entityForm({key: name}) === form)
  const ofChanged = changedTables(schema).flatMap((one) => (one.form === form ? [one.name.text] : []))
  return [...ofChanged, ...named]
}

interface Words {
  /** Words in back quotes that are written as names of tables: in small letters, and in the plural. */
  readonly tables: readonly string[]
  readonly lower: string
  /** Lower case, without what keys lead to in backquotes. */
  readonly unreferenced: string
  /** How often a word stands in front of a dot and another one. */
  readonly schemas: ReadonlyMap<string, number>
}

const words = kept<Words>()

function wordsOf(document: SpecDocument): Words {
  return words(document, () => readWords(document.text.toLowerCase()))
}

function readWords(lower: string): Words {
  const schemas = new Map<string, number>()
  for (const [, schema = ''] of lower.matchAll(/(?<![\w.])(\w{1,63})\.(?=["`]?\w)/gu))
    schemas.set(schema, (schemas.get(schema) ?? 0) + 1)
  const tables = [...new Set([...lower.matchAll(/`([a-z][a-z0-9_]{2,62}s)`/gu)].map(([, name = '']) => name))]
  return {tables, lower, unreferenced: lower.replaceAll(/references\s+`[^`]*`/gu, ''), schemas}
}

/** A table that the document changes, of which this name is the singular or the plural. */
function changed({schema}: Pick<Context<never, never>, 'schema'>, to: Name): readonly string[] {
  const form = entityForm(to)
  return changedTables(schema).flatMap((one) => (one.form === form && one.name.key !== to.key ? [one.name.text] : []))
}

interface Changed {
  readonly name: Name
  readonly form: string
}

const tablesChanged = kept<readonly Changed[]>()

function changedTables(schema: SchemaFacts): readonly Changed[] {
  return tablesChanged(schema, () =>
    [...operationsOf(schema), ...scriptOperations(schema)].flatMap((one) => {
      const isChange = one.kind === 'add-column' || one.kind === 'drop-column' || one.kind === 'alter-type'
      return isChange && !one.table.hole ? [{name: one.table, form: entityForm(one.table)}] : []
    }),
  )
}

/** Tables that the document's SQL names again and again, of which this name is a slip. */
function mentioned(
  {document, schema}: Pick<Context<never, never>, 'document' | 'schema'>,
  to: Name,
): readonly string[] {
  const own = to.text.toLowerCase()
  const counts = tableCounts(schema)
  // In words and in SQL: one slip is not made twice.
  if (counts.has(own) && describedKeys(schema).some(({to: {text}}) => text.toLowerCase() === own)) return []
  const names = [...counts.keys()].filter((name) => name !== own && isSlip(name, own))
  // What the key itself leads to doesn't count.
  const around = names.length > 0 ? schema.sql.statements.find((one) => isWithin(to.start, one)) : undefined
  const led = around ? tablesIn(around.text) : undefined
  const countOf = (name: string): number =>
    (counts.get(name) ?? 0) - (led && led.all.includes(name) && !led.own.includes(name) ? 1 : 0)
  // A key that is described, back quotes around its table, names the table.
  const described = describedKeys(schema).flatMap(({to: {text}, marked}) =>
    marked && text.toLowerCase() !== own && isSlip(text.toLowerCase(), own) ? [text.toLowerCase()] : [],
  )
  return [...names.filter((name) => countOf(name) + quoted(name, wordsOf(document).lower) >= 2), ...described]
}

const tablesCounted = kept<ReadonlyMap<string, number>>()

/** In how many statements each table is named. */
function tableCounts(schema: SchemaFacts): ReadonlyMap<string, number> {
  return tablesCounted(schema, () => {
    const counts = new Map<string, number>()
    for (const {text} of schema.sql.statements)
      for (const name of tablesIn(text).all) counts.set(name, (counts.get(name) ?? 0) + 1)
    return counts
  })
}

function quoted(name: string, low: string): number {
  return ['`', ' (', '('].reduce((count, end) => count + low.split(`\`${name}${end}`).length - 1, 0)
}

interface Tables {
  /** The words that a statement has where a table stands, keys to a table aside; each once. */
  readonly own: readonly string[]
  /** Those, and the tables that its keys lead to. */
  readonly all: readonly string[]
}

const tableUses = expression('gu')`\b(?:from|join|into|update|table|on|only|exists)\s+["\x60[]?([\p{L}\p{N}_$.]+)`

const referenced = expression('gu')`\breferences\s+["\x60[]?([\p{L}\p{N}_$.]+)`

const tablesIn = remembered((text): Tables => {
  const low = text.toLowerCase()
  const bare = low.replaceAll(/--[^\n]*|\/\*[^*]*\*\//gu, ' ')
  const own = [...bare.matchAll(tableUses)]
  const targets = [...low.matchAll(referenced)]
  const namesOf = (matches: readonly RegExpExecArray[]): readonly string[] => [
    ...new Set(matches.map((match) => match[1] ?? '')),
  ]
  return {own: namesOf(own), all: namesOf([...own, ...targets])}
})
