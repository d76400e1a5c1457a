import {asQuery, emptySelects, isAggregate, reserve, type Selects} from './selects.ts'
import type {Expression, IndexKeySyntax, SelectSyntax, Syntax, TableSyntax} from './syntax.ts'
import {child, children, deepest, isTree, number, text, type Tree, variant} from './tree.ts'

/** The queries and indexes of libpg-query's tree; `at` maps its byte offsets. */
export function postgresSyntax(
  tree: unknown,
  at: (byte: number) => number,
  isHole: (offset: number) => boolean,
): Syntax | undefined {
  const [first] = children(isTree(tree) ? tree : undefined, 'stmts')
  let statement = child(first, 'stmt')
  if (child(statement, 'ExplainStmt')) statement = child(statement, 'ExplainStmt', 'query')
  const index = child(statement, 'IndexStmt')
  const reading: Reading = {into: emptySelects(), at, isHole, depth: 0, around: undefined}
  if (index) return indexSyntax(index, reading)
  const {kind, value} = variant(statement)
  if (!isTree(value)) return undefined
  if (kind === 'SelectStmt') query(value, 'outer', reading)
  else if (kind === 'UpdateStmt' || kind === 'DeleteStmt') change(value, kind, reading)
  return asQuery(reading.into)
}

interface Reading {
  readonly into: Selects
  readonly at: (byte: number) => number
  readonly isHole: (offset: number) => boolean
  readonly depth: number
  /** Number of the query in which an expression stands. */
  readonly around: number | undefined
}

/** Number of the query, or of the first arm of a union. */
function query(tree: Tree, place: SelectSyntax['place'], outer: Reading, limited = false): number {
  const {into} = outer
  if (outer.depth > deepest) into.isTooDeep = true
  if (into.isTooDeep) return 0
  const reading = {...outer, depth: outer.depth + 1}
  commonTables(tree, reading)
  const isLimited = limited || tree['limitCount'] !== undefined
  const left = child(tree, 'larg')
  const right = child(tree, 'rarg')
  if (left && right) {
    const first = query(left, place, reading, isLimited)
    query(right, place, reading, isLimited)
    return first
  }
  const own = reserve(into, place, outer.around)
  const inner = {...reading, around: own}
  const from = sources(children(tree, 'fromClause'), inner)
  const targets = children(tree, 'targetList').map((target) => child(target, 'ResTarget', 'val'))
  const where = child(tree, 'whereClause')
  into.selects[own] = {
    verb: 'select',
    place,
    parent: outer.around,
    ...from,
    conditions: [...from.conditions, ...(where ? [expression(where, inner)] : [])],
    order: children(tree, 'sortClause').map((sort) => sortKey(child(sort, 'SortBy'), inner)),
    limited: isLimited,
    stars: targets.flatMap((target) => starOf(target, reading)),
    aggregated:
      children(tree, 'groupClause').length > 0 ||
      targets.some((target) => target !== undefined && isAggregate(expression(target, inner))),
  }
  return own
}

function change(tree: Tree, kind: 'UpdateStmt' | 'DeleteStmt', outer: Reading): void {
  commonTables(tree, outer)
  const own = reserve(outer.into, 'outer', undefined)
  const inner = {...outer, around: own}
  const relation = child(tree, 'relation')
  const others = children(tree, kind === 'UpdateStmt' ? 'fromClause' : 'usingClause')
  const from = sources([...(relation ? [{RangeVar: relation}] : []), ...others], inner)
  const where = child(tree, 'whereClause')
  outer.into.selects[own] = {
    verb: kind === 'UpdateStmt' ? 'update' : 'delete',
    place: 'outer',
    parent: undefined,
    ...from,
    conditions: [...from.conditions, ...(where ? [expression(where, inner)] : [])],
    order: [],
    limited: false,
    stars: [],
    aggregated: false,
  }
}

function commonTables(tree: Tree, reading: Reading): void {
  for (const one of children(child(tree, 'withClause'), 'ctes')) {
    const common = child(one, 'CommonTableExpr')
    const inner = child(common, 'ctequery', 'SelectStmt')
    reading.into.common.add(text(common, 'ctename') ?? '')
    if (inner) query(inner, 'inner', reading)
  }
}

type Sources = Pick<SelectSyntax, 'tables' | 'derives' | 'conditions' | 'using'>

function sources(trees: readonly Tree[], reading: Reading): Sources {
  const tables: TableSyntax[] = []
  const conditions: Expression[] = []
  const using: string[] = []
  let derives = false
  const visit = (tree: Tree | undefined, depth: number): void => {
    const {kind, value} = variant(tree)
    if (depth > deepest) reading.into.isTooDeep = true
    if (!isTree(value) || reading.into.isTooDeep) return
    if (kind === 'RangeVar') {
      const schema = text(value, 'schemaname')
      tables.push({
        path: [...(schema === undefined || schema === 'public' ? [] : [schema]), text(value, 'relname') ?? ''],
        alias: text(child(value, 'alias'), 'aliasname'),
        offset: reading.at(number(value, 'location') ?? 0),
      })
    } else if (kind === 'JoinExpr') {
      visit(child(value, 'larg'), depth + 1)
      visit(child(value, 'rarg'), depth + 1)
      const on = child(value, 'quals')
      if (on) conditions.push(expression(on, reading))
      using.push(...strings(value, 'usingClause'))
      if (value['isNatural'] === true) derives = true
    } else {
      derives = true
      const inner = child(value, 'subquery', 'SelectStmt')
      if (inner) query(inner, 'inner', reading)
    }
  }
  for (const tree of trees) visit(tree, 0)
  return {tables, derives, conditions, using}
}

function expression(tree: Tree, outer: Reading): Expression {
  if (outer.depth > deepest) outer.into.isTooDeep = true
  if (outer.into.isTooDeep) return unread
  const reading = {...outer, depth: outer.depth + 1}
  const {kind, value} = variant(tree)
  if (!isTree(value)) return unread
  const all = (name: string): readonly Expression[] => children(value, name).map((one) => expression(one, reading))
  const one = (name: string): readonly Expression[] => {
    const found = child(value, name)
    return found ? [expression(found, reading)] : []
  }
  switch (kind) {
    case 'ColumnRef':
      return {kind: 'column', path: strings(value, 'fields'), offset: reading.at(number(value, 'location') ?? 0)}
    case 'A_Const':
      return {
        kind: 'value',
        text: reading.isHole(reading.at(number(value, 'location') ?? 0)) ? undefined : constant(value),
      }
    case 'ParamRef':
      return {kind: 'value', text: undefined}
    case 'BoolExpr':
      return call((text(value, 'boolop') ?? '').replace('_EXPR', '').toLowerCase(), all('args'))
    case 'A_Expr':
      return call(operatorOf(value), [...one('lexpr'), ...one('rexpr')])
    case 'NullTest':
      return call(text(value, 'nulltesttype') === 'IS_NULL' ? 'is null' : 'is not null', one('arg'))
    case 'BooleanTest':
      return call((text(value, 'booltesttype') ?? '').toLowerCase().replaceAll('_', ' '), one('arg'))
    case 'FuncCall':
      return call(strings(value, 'funcname').at(-1) ?? '', all('args'))
    case 'TypeCast':
      return call(`cast:${strings(child(value, 'typeName'), 'names').at(-1) ?? ''}`, one('arg'))
    case 'List':
      return call('list', all('items'))
    case 'A_ArrayExpr':
      return call('list', all('elements'))
    case 'RowExpr':
      return call('row', all('args'))
    case 'SubLink':
      return subquery(value, one('testexpr'), reading)
    default:
      return call(kind.toLowerCase(), [...one('arg'), ...one('expr'), ...all('args')])
  }
}

const unread: Expression = {kind: 'call', name: '', args: []}

function call(name: string, args: readonly Expression[]): Expression {
  return {kind: 'call', name, args}
}

function subquery(tree: Tree, tested: readonly Expression[], reading: Reading): Expression {
  const inner = child(tree, 'subselect', 'SelectStmt')
  const type = text(tree, 'subLinkType')
  const place = type === 'EXISTS_SUBLINK' ? 'exists' : 'inner'
  const found: readonly Expression[] = inner ? [{kind: 'query', select: query(inner, place, reading)}] : []
  const name = type === 'EXISTS_SUBLINK' ? 'exists' : type === 'ANY_SUBLINK' ? 'in' : 'subquery'
  return call(name, [...tested, ...found])
}

/** `=`, `in`, `like`, `between`, … */
function operatorOf(tree: Tree): string {
  const kind = (text(tree, 'kind') ?? '').replace('AEXPR_', '')
  const name = strings(tree, 'name').at(-1) ?? ''
  if (kind === 'OP') return name
  if (kind === 'IN') return name === '=' ? 'in' : 'not in'
  if (kind === 'LIKE') return name === '~~' ? 'like' : 'not like'
  if (kind === 'OP_ANY') return name === '=' ? 'any' : 'other any'
  if (kind === 'BETWEEN' || kind === 'BETWEEN_SYM') return 'between'
  if (kind === 'NOT_DISTINCT') return '='
  return kind.toLowerCase()
}

function constant(tree: Tree): string | undefined {
  if (tree['isnull'] === true) return 'null'
  const {kind, value} = variant(tree)
  if (!isTree(value)) return undefined
  if (kind === 'boolval') return value['boolval'] === true ? 'true' : 'false'
  const inner = value[kind] ?? (kind === 'ival' ? 0 : undefined)
  return kind === 'sval' ? `'${String(inner)}'` : inner === undefined ? undefined : String(inner)
}

function strings(tree: Tree | undefined, name: string): readonly string[] {
  return children(tree, name).flatMap((one) => text(child(one, 'String'), 'sval') ?? (child(one, 'A_Star') ? '*' : []))
}

function starOf(target: Tree | undefined, {at}: Reading): readonly number[] {
  const column = child(target, 'ColumnRef')
  return strings(column, 'fields').at(-1) === '*' ? [at(number(column, 'location') ?? 0)] : []
}

function sortKey(tree: Tree | undefined, reading: Reading): {readonly by: Expression; readonly descending: boolean} {
  const node = child(tree, 'node')
  return {by: node ? expression(node, reading) : unread, descending: text(tree, 'sortby_dir') === 'SORTBY_DESC'}
}

function indexSyntax(tree: Tree, reading: Reading): Syntax | undefined {
  const keys = children(tree, 'indexParams').map((one) => indexKey(child(one, 'IndexElem'), reading))
  const include = children(tree, 'indexIncludingParams').flatMap((one) => text(child(one, 'IndexElem'), 'name') ?? [])
  const where = child(tree, 'whereClause')
  const predicate = where && expression(where, reading)
  const index = {method: text(tree, 'accessMethod'), keys, include, predicate}
  return reading.into.isTooDeep ? undefined : {kind: 'index', index}
}

function indexKey(tree: Tree | undefined, reading: Reading): IndexKeySyntax {
  const name = text(tree, 'name')
  const expr = child(tree, 'expr')
  const nulls = text(tree, 'nulls_ordering') ?? ''
  const variants = [...strings(tree, 'opclass'), ...strings(tree, 'collation'), nulls.replace(/.*DEFAULT$/u, '')]
  return {
    by: name === undefined ? (expr ? expression(expr, reading) : unread) : {kind: 'column', path: [name], offset: 0},
    descending: text(tree, 'ordering') === 'SORTBY_DESC',
    variant: variants.join(' ').trim(),
  }
}
