import {remembered} from '../../document/remembered.ts'
import type {Span} from '../../document/types.ts'
import {readThroughHoles} from '../holes.ts'
import type {Dialect, Name, StatementFact} from '../model.ts'
import {parserOf} from '../parsers/loaded.ts'
import type {Parser} from '../parsers/types.ts'
import type {Expression, SelectSyntax, Syntax} from '../parsers/syntax.ts'
import {indexAt} from '../statement.ts'
import {type Token, tokensOf} from '../tokens.ts'
import {conditionsIn, type Draft} from './conditions.ts'
import {columnsOf, formOf} from './form.ts'
import type {RowCondition, QueryFact, TableAccess} from './model.ts'
import {type KnownColumns, ownerOf, type Scope} from './scope.ts'

/** Longer statements are data or generated; their queries aren't read. */
const longest = 20_000

/** A text as its parser reads it. */
export interface ReadText {
  readonly syntax: Syntax
  readonly tokens: readonly Token[]
  readonly holes: readonly Span[]
  readonly text: string
}

/** The query or the index of a text, placeholders replaced; `undefined` for all else. Needs the dialect's parser. */
export function readText(written: string, dialect: Dialect): ReadText | undefined {
  if (written.length > longest) return undefined
  const parser = parserOf(dialect)
  const read = readers.get(parser) ?? remembered((text, kind) => readWith(parser, text, kind as Dialect))
  readers.set(parser, read)
  return read(written, dialect)
}

/** What a parser read that broke isn't known of the next. */
const readers = new WeakMap<Parser, (text: string, dialect?: string) => ReadText | undefined>()

function readWith(parser: Parser, written: string, dialect: Dialect): ReadText | undefined {
  const bare = withoutExplain(written, dialect)
  const reading = readThroughHoles(bare, dialect, (text) => parser.parse(text), {
    tries: 60,
    budget: {left: longest * 20},
  })
  if (reading.kind !== 'legal') return undefined
  const {text, holes} = reading
  const isHole = (offset: number): boolean => holes.some(({start, end}) => start <= offset && offset < end)
  const syntax = parser.read(text, isHole)
  if (syntax === undefined) return undefined
  return {syntax, holes, text: written, tokens: tokensOf(text, dialect).filter(({kind}) => kind !== 'comment')}
}

/** `EXPLAIN (ANALYZE, BUFFERS) SELECT …` with blanks instead of its head, which some grammars don't know. */
function withoutExplain(text: string, dialect: Dialect): string {
  const tokens = tokensOf(text, dialect).filter(({kind}) => kind !== 'comment')
  if (tokens[0]?.word !== 'EXPLAIN') return text
  const verb = tokens.find(({word}) => /^(?:SELECT|WITH|UPDATE|DELETE|INSERT)$/u.test(word))
  return verb ? `${' '.repeat(verb.start)}${text.slice(verb.start)}` : text
}

/** The queries of a statement: its own first, then those inside of it; none for what isn't a query. */
export function readQueries(statement: StatementFact, known: KnownColumns): readonly QueryFact[] {
  const {code, start, text, dialect} = statement
  const read = readText(text, dialect)
  if (read?.syntax.kind !== 'query') return []
  const from = indexAt(code, start)
  // Only the offset in the fence knows of an indented fence's lost blanks.
  const at = (offset: number): number => code.offsetAt(from + offset)
  return queriesOf(read, read.syntax, known, (first, last) => ({start: at(first), end: at(last - 1) + 1})).map(
    (query) => ({...query, statement, start, end: statement.end}),
  )
}

type Place = (first: number, last: number) => Span
type Unplaced = Omit<QueryFact, 'statement' | 'start' | 'end'>

/** The queries of a text, wherever it stands: `place` makes the range in the file of one in the text. */
export function queriesOf(
  {tokens, holes, text}: ReadText,
  {selects, common}: Extract<Syntax, {kind: 'query'}>,
  known: KnownColumns,
  place: Place,
): readonly Unplaced[] {
  const nameAt = (offset: number): {readonly first: number; readonly last: number} => {
    const index = tokens.findIndex((token) => token.end > offset)
    let last = index
    while (tokens[last + 1]?.text === '.' && tokens[last + 2]) last += 2
    return {first: tokens[index]?.start ?? offset, last: tokens[last]?.end ?? offset + 1}
  }
  const spanAt = (offset: number): Span => {
    const {first, last} = nameAt(offset)
    return place(first, last)
  }
  const tableName = (path: readonly string[], offset: number): Name => {
    const {first, last} = nameAt(offset)
    const hole = holes.some(({start, end}) => start < last && end > first)
    return {text: text.slice(first, last).replaceAll(/["`[\]]/gu, ''), key: path.join('.'), hole, ...place(first, last)}
  }
  return selects.map((select) => {
    const scope: Scope = {select, selects, known}
    const said = select.conditions.flatMap((one) => conditionsIn(one, scope))
    const isCommon = (path: readonly string[]): boolean => path.length === 1 && common.has(path[0] ?? '')
    const accesses = select.tables.flatMap((table, index): readonly TableAccess[] => {
      if (isCommon(table.path)) return []
      const own = said.flatMap((one) => (one.table === index ? placed(one.condition, spanAt) : []))
      const name = tableName(table.path, table.offset)
      const joined = select.using.map((column) => using(column, name))
      const order = orderOf(select, index, scope)
      return [
        {
          table: name,
          conditions: [...own, ...joined],
          order: order.map(formOf),
          orderSpans: order.flatMap((one) => columnsOf(one).map(({offset}) => spanAt(offset))),
          isCertain: isCertain(scope, holes),
          start: name.start,
          end: name.end,
        },
      ]
    })
    return {
      verb: select.verb,
      place: select.place,
      accesses,
      stars: select.stars.map((offset) => starSpan(offset, tokens, place)),
      limited: select.limited,
      aggregated: select.aggregated,
      derives: select.derives || select.tables.some(({path}) => isCommon(path)),
    }
  })
}

function placed(draft: Draft, spanAt: (offset: number) => Span): RowCondition {
  const span = spanAt(draft.offset)
  if (draft.kind !== 'any') return {...draft, ...span}
  return {kind: 'any', branches: draft.branches.map((branch) => branch.map((one) => placed(one, spanAt))), ...span}
}

/** `USING (a)`: equal in all tables of the join. */
function using(column: string, at: Span): RowCondition {
  const named = {form: column, text: column, columns: [column], isColumn: true, start: at.start, end: at.end}
  return {kind: 'equal', ...named, values: undefined, operator: '=', joins: true}
}

/** The order, if all of it is of this table. */
function orderOf(select: SelectSyntax, table: number, scope: Scope): readonly Expression[] {
  if (select.aggregated) return []
  const isOwn = select.order.every(({by}) => {
    const columns = columnsOf(by)
    return columns.length > 0 && columns.every((column) => ownerOf(column, scope) === table)
  })
  return isOwn ? select.order.map(({by}) => by) : []
}

/** A placeholder among the conditions or in the order may stand for any. */
function isCertain(scope: Scope, holes: readonly Span[]): boolean {
  const {conditions, order} = scope.select
  const isHole = (offset: number): boolean => holes.some(({start, end}) => start <= offset && offset < end)
  const columns = conditions.flatMap(columnsOf)
  return (
    columns.every((column) => ownerOf(column, scope) !== 'unknown') &&
    ![...columns, ...order.flatMap(({by}) => columnsOf(by))].some(({offset}) => isHole(offset))
  )
}

function starSpan(offset: number, tokens: readonly Token[], place: Place): Span {
  const first = tokens.findIndex(({end}) => end > offset)
  const star = tokens.slice(first).find(({text}) => text === '*')
  return place(tokens[first]?.start ?? offset, star?.end ?? offset + 1)
}
