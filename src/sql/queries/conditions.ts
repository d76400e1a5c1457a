import type {Expression} from '../parsers/syntax.ts'
import {columnsOf, constantsOf, formOf, wordsOf} from './form.ts'
import type {RowCondition, SimpleCondition} from './model.ts'
import {type Owner, ownerOf, type Scope} from './scope.ts'

/** A condition before it has its place in the file: the offset in the text of the column that it is about. */
export type Draft = Unplaced<RowCondition>

type Unplaced<C> = C extends {readonly branches: unknown}
  ? Omit<C, 'start' | 'end' | 'branches'> & {readonly offset: number; readonly branches: readonly (readonly Draft[])[]}
  : C extends unknown
    ? Omit<C, 'start' | 'end'> & {readonly offset: number}
    : never

/** What a condition says of one of the query's tables. */
export interface Said {
  readonly table: number
  readonly condition: Draft
}

type Call = Extract<Expression, {kind: 'call'}>

const comparisons: Readonly<Record<string, SimpleCondition['kind']>> = {
  '=': 'equal',
  in: 'equal',
  any: 'equal',
  '<': 'range',
  '<=': 'range',
  '>': 'range',
  '>=': 'range',
  between: 'range',
  like: 'prefix',
}
const mirrored = new Set(['=', '<', '<=', '>', '>='])
const negative =
  /^(?:<>|!=|is not null|is not true|is not false|is unknown|distinct|spaceship|exists|subquery)$|^not\b/u

/** The parts of a condition, each with the table that it is about. */
export function conditionsIn(expression: Expression, scope: Scope): readonly Said[] {
  if (expression.kind === 'column') return flag(expression, 'true', scope)
  if (expression.kind !== 'call') return []
  const {name, args} = expression
  const [first, second] = args
  if (name === 'and') return args.flatMap((one) => conditionsIn(one, scope))
  if (name === 'or') return either(expression, scope)
  if (name === 'not' && first?.kind === 'column') return flag(first, 'false', scope)
  if ((name === 'is true' || name === 'is false') && first) return flag(first, name.slice(3), scope)
  if (name === 'is null' && first) return flag(first, 'null', scope)
  if (first && second && comparisons[name]) return compared(expression, first, second, scope)
  return general(expression, negative.test(name) ? 'test' : 'search', scope)
}

/** `a`, `NOT a`, `a IS NULL`. */
function flag(tested: Expression, value: string, scope: Scope): readonly Said[] {
  const table = tableOf(tested, scope)
  return table === undefined ? [] : [{table, condition: simple(tested, 'equal', '=', [value], false)}]
}

function compared(whole: Call, left: Expression, right: Expression, scope: Scope): readonly Said[] {
  const {name} = whole
  if (isRow(left) && isRow(right) && left.args.length === right.args.length) return rows(name, left, right, scope)
  const found = side(name, left, right, scope) ?? []
  const mirror = mirrored.has(name) ? (side(name, right, left, scope) ?? []) : []
  return found.length + mirror.length > 0 ? [...found, ...mirror] : general(whole, 'search', scope)
}

function isRow(expression: Expression): expression is Call {
  return expression.kind === 'call' && expression.name === 'row'
}

/** `(a, b) = (1, 2)`; of `(a, b) > (1, 2)` an index uses the first. */
function rows(name: string, left: Call, right: Call, scope: Scope): readonly Said[] {
  const pairs = left.args.flatMap((one, index) => {
    const other = right.args[index]
    return other ? [{kind: 'call', name, args: [one, other]} as const] : []
  })
  return (name === '=' ? pairs : pairs.slice(0, 1)).flatMap((pair) => conditionsIn(pair, scope))
}

/** One side compared with the other, if the one is of one table and the other has nothing of it. */
function side(name: string, tested: Expression, other: Expression, scope: Scope): readonly Said[] | undefined {
  const table = tableOf(tested, scope)
  const owners = columnsOf(other).map((column) => ownerOf(column, scope))
  if (table === undefined || owners.includes(table) || owners.includes('unknown')) return undefined
  const values = constantsOf(other)
  const kind = name === 'like' ? patternKind(values) : (comparisons[name] ?? 'search')
  return [
    {
      table,
      condition: simple(
        tested,
        kind,
        name,
        values,
        owners.some((one) => typeof one === 'number'),
      ),
    },
  ]
}

/** A pattern that isn't there to read may begin with anything. */
function patternKind(values: readonly string[] | undefined): SimpleCondition['kind'] {
  const [pattern] = values ?? []
  if (pattern === undefined) return 'search'
  return /^'[%_]/u.test(pattern) ? 'test' : 'prefix'
}

/** A condition in whole, for each table that has a part in it. */
function general(whole: Call, kind: 'search' | 'test', scope: Scope): readonly Said[] {
  const owned = columnsOf(whole).map((column) => ({column, owner: ownerOf(column, scope)}))
  const tables = new Set(owned.flatMap(({owner}) => (typeof owner === 'number' ? owner : [])))
  return [...tables].map((table) => {
    const columns = owned.filter(({owner}) => owner === table)
    const [first] = whole.args
    const values = whole.args[1] && constantsOf(whole.args[1])
    const draft = simple(first ?? whole, kind, whole.name, values, tables.size > 1)
    return {
      table,
      condition: {
        ...draft,
        columns: columns.map(({column}) => column.path.at(-1) ?? ''),
        offset: columns[0]?.column.offset ?? 0,
      },
    }
  })
}

/** Alternatives serve as a condition only if each of them is about the same table. */
function either(whole: Call, scope: Scope): readonly Said[] {
  const branches = whole.args.map((branch) => conditionsIn(branch, scope))
  const tables = new Set(branches.flatMap((branch) => branch.map(({table}) => table)))
  const [table] = tables
  if (table === undefined) return []
  if (tables.size > 1 || branches.some((branch) => branch.length === 0)) return general(whole, 'test', scope)
  const drafts = branches.map((branch) => branch.map(({condition}) => condition))
  return [{table, condition: {kind: 'any', branches: drafts, offset: drafts[0]?.[0]?.offset ?? 0}}]
}

/** The one table that all columns of an expression are of. */
function tableOf(expression: Expression, scope: Scope): number | undefined {
  if (expression.kind === 'query') return undefined
  const owners = new Set<Owner>(columnsOf(expression).map((column) => ownerOf(column, scope)))
  const [owner] = owners
  return owners.size === 1 && typeof owner === 'number' ? owner : undefined
}

function simple(
  tested: Expression,
  kind: SimpleCondition['kind'],
  operator: string,
  values: readonly string[] | undefined,
  joins: boolean,
): Draft {
  const columns = columnsOf(tested)
  return {
    kind,
    form: formOf(tested),
    text: wordsOf(tested),
    columns: columns.map(({path}) => path.at(-1) ?? ''),
    isColumn: tested.kind === 'column',
    values,
    operator,
    joins,
    offset: columns[0]?.offset ?? 0,
  }
}
