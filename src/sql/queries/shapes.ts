import type {DocumentedIndex} from '../documented/model.ts'
import type {IndexFact, KeyFact, Name, OperationOf, StatementFact} from '../model.ts'
import type {IndexKeySyntax, IndexSyntax} from '../parsers/syntax.ts'
import {conditionsIn} from './conditions.ts'
import {columnsOf, formOf, wordsOf} from './form.ts'
import type {RowCondition, IndexKey, IndexShape} from './model.ts'
import {readText} from './read.ts'

/** What an index of SQL offers: from its statement's tree where that is one of an index, else from its columns. */
export function shapeOf({index, statement}: OperationOf<'create-index'>): IndexShape {
  const {name, table, columns, unique, partial, start, end} = index
  const read = readText(statement.text, statement.dialect)
  const tree = read?.syntax.kind === 'index' ? read.syntax.index : undefined
  const isTemplate = columns.some(({hole}) => hole)
  return {
    origin: 'index',
    name,
    table,
    method: methodOf(tree, index, statement),
    keys: isTemplate ? [] : tree ? tree.keys.map(keyOf) : keysOf(columns, statement),
    include: tree?.include ?? [],
    unique,
    predicate: predicateOf(tree, partial),
    statement,
    start,
    end,
  }
}

/** What comes with a primary or unique key. */
export function keyShape(key: KeyFact, table: Name, statement: StatementFact | undefined): IndexShape {
  return fromColumns(key.kind, key.name, table, key.columns, {statement, start: key.start, end: key.end})
}

/** What MySQL makes for a foreign key. */
export function foreignShape(table: Name, columns: readonly Name[], at: Name): IndexShape {
  return fromColumns('foreign', undefined, table, columns, {statement: undefined, start: at.start, end: at.end})
}

/** What a list of indexes or a model says; `undefined` without a table. */
export function listedShape(index: DocumentedIndex | IndexFact): IndexShape | undefined {
  const {table, name, columns, unique, partial} = index
  if (table === undefined) return undefined
  const what = index.kind === 'index' ? 'index' : index.what
  const shape = fromColumns(what, name, table, columns, {statement: undefined, start: index.start, end: index.end})
  return {...shape, unique, predicate: partial ? 'unknown' : undefined}
}

function fromColumns(
  origin: IndexShape['origin'],
  name: Name | undefined,
  table: Name,
  columns: readonly Name[],
  rest: Pick<IndexShape, 'statement' | 'start' | 'end'>,
): IndexShape {
  const keys = columns.some(({hole}) => hole) ? [] : keysOf(columns, rest.statement)
  const unique = origin === 'primary' || origin === 'unique'
  return {origin, name, table, method: undefined, keys, include: [], unique, predicate: undefined, ...rest}
}

/** Expressions in lists can't be read: their index may serve anything. */
function keysOf(columns: readonly Name[], statement: StatementFact | undefined): readonly IndexKey[] {
  if (statement === undefined && columns.some(({key}) => key === '')) return []
  return columns.map(({key, text}) => ({form: key || text, text, columns: [key], descending: false, variant: ''}))
}

function keyOf({by, descending, variant}: IndexKeySyntax): IndexKey {
  const columns = columnsOf(by).map(({path}) => path.at(-1) ?? '')
  return {form: formOf(by), text: wordsOf(by), columns, descending, variant}
}

function methodOf(tree: IndexSyntax | undefined, index: IndexFact, {text}: StatementFact): string | undefined {
  const method = tree?.method ?? /\bUSING\s+(\w+)/i.exec(text)?.[1]?.toLowerCase()
  const special = tree === undefined ? /\b(FULLTEXT|SPATIAL|COLUMNSTORE)\b/i.exec(writtenOf(index, text)) : null
  return special?.[1]?.toLowerCase() ?? (method === 'btree' ? undefined : method)
}

/** The words of an index inside of CREATE TABLE are a part of the statement: those up to its table or columns. */
function writtenOf({name}: IndexFact, text: string): string {
  const at = name ? text.indexOf(name.text) : -1
  return at === -1 ? text.slice(0, 60) : text.slice(Math.max(0, at - 40), at)
}

function predicateOf(tree: IndexSyntax | undefined, partial: boolean): readonly RowCondition[] | 'unknown' | undefined {
  if (!partial && tree?.predicate === undefined) return undefined
  if (tree?.predicate === undefined) return 'unknown'
  const table = {path: ['t'], alias: undefined, offset: 0}
  const select = {
    verb: 'select',
    place: 'outer',
    parent: undefined,
    tables: [table],
    derives: false,
    conditions: [],
    using: [],
    order: [],
    limited: false,
    stars: [],
    aggregated: false,
  } as const
  return conditionsIn(tree.predicate, {select, selects: [select], known: () => undefined}).map(({condition}) =>
    unplaced(condition),
  )
}

/** A predicate is only compared: nobody asks where it stands. */
function unplaced(draft: ReturnType<typeof conditionsIn>[number]['condition']): RowCondition {
  const {offset: start} = draft
  if (draft.kind !== 'any') return {...draft, start, end: start}
  return {kind: 'any', branches: draft.branches.map((branch) => branch.map(unplaced)), start, end: start}
}
