import {genericExpression, genericOrder, partsOf, placeOf, type Reading} from './generic-expressions.ts'
import {asQuery, emptySelects, isAggregate, reserve} from './selects.ts'
import type {Expression, IndexKeySyntax, SelectSyntax, Syntax, TableSyntax} from './syntax.ts'
import {child, children, deepest, isTree, text, type Tree, variant} from './tree.ts'

/** The queries and indexes of the tree of sqlparser-rs. */
export function genericSyntax(tree: unknown, source: Pick<Reading, 'dialect' | 'at' | 'isHole'>): Syntax | undefined {
  const first: unknown = Array.isArray(tree) ? tree[0] : undefined
  const statement = isTree(first) ? first : undefined
  const reading: Reading = {...source, into: emptySelects(), query, depth: 0, around: undefined}
  const {kind, value} = variant(child(statement, 'Explain', 'statement') ?? statement)
  if (!isTree(value)) return undefined
  if (kind === 'CreateIndex') return indexSyntax(value, reading)
  if (kind === 'Query') query(value, 'outer', reading)
  else if (kind === 'Update' || kind === 'Delete') change(value, kind, reading)
  return asQuery(reading.into)
}

/** Number of the query, or of the first arm of a union. */
function query(tree: Tree, place: SelectSyntax['place'], outer: Reading): number {
  if (outer.depth > deepest) outer.into.isTooDeep = true
  if (outer.into.isTooDeep) return 0
  const reading = {...outer, depth: outer.depth + 1}
  for (const one of children(child(tree, 'with'), 'cte_tables')) {
    outer.into.common.add((text(child(one, 'alias', 'name'), 'value') ?? '').toLowerCase())
    const inner = child(one, 'query')
    if (inner) query(inner, 'inner', reading)
  }
  const isLimited =
    child(tree, 'fetch') !== undefined || child(tree, 'limit_clause') !== undefined || hasLimit(tree['limit'])
  return arm(child(tree, 'body'), {place, limited: isLimited, order: ordersOf(tree)}, reading)
}

function hasLimit(limit: unknown): boolean {
  return limit !== undefined && limit !== null
}

interface Around {
  readonly place: SelectSyntax['place']
  readonly limited: boolean
  readonly order: readonly Tree[]
}

function ordersOf(tree: Tree): readonly Tree[] {
  return children(child(tree, 'order_by', 'kind'), 'Expressions')
}

function arm(body: Tree | undefined, around: Around, outer: Reading): number {
  if (outer.depth > deepest) outer.into.isTooDeep = true
  if (outer.into.isTooDeep) return 0
  const reading = {...outer, depth: outer.depth + 1}
  const {kind, value} = variant(body)
  if (!isTree(value)) return reserve(outer.into, around.place, outer.around)
  if (kind === 'SetOperation') {
    const first = arm(child(value, 'left'), {...around, order: []}, reading)
    arm(child(value, 'right'), {...around, order: []}, reading)
    return first
  }
  if (kind === 'Query') return query(value, around.place, reading)
  return kind === 'Select' ? select(value, around, outer) : reserve(outer.into, around.place, outer.around)
}

function select(tree: Tree, {place, limited, order}: Around, outer: Reading): number {
  const {into} = outer
  const number = reserve(into, place, outer.around)
  const inner = {...outer, depth: outer.depth + 1, around: number}
  const from = sources(children(tree, 'from'), inner)
  const where = child(tree, 'selection')
  const targets = children(tree, 'projection')
  const values = targets.map((one) => child(one, 'UnnamedExpr') ?? child(one, 'ExprWithAlias', 'expr'))
  into.selects[number] = {
    verb: 'select',
    place,
    parent: outer.around,
    ...from,
    conditions: [...from.conditions, ...(where ? [genericExpression(where, inner)] : [])],
    order: order.map((one) => genericOrder(one, inner)),
    limited: limited || child(tree, 'top') !== undefined,
    stars: targets.flatMap((one) => starOf(one, inner)),
    aggregated:
      isGrouped(tree) || values.some((value) => value !== undefined && isAggregate(genericExpression(value, inner))),
  }
  return number
}

function isGrouped(tree: Tree): boolean {
  const groups = child(tree, 'group_by')?.['Expressions']
  const first: unknown = Array.isArray(groups) ? groups[0] : undefined
  return Array.isArray(first) && first.length > 0
}

function starOf(target: Tree, reading: Reading): readonly number[] {
  const all = child(target, 'Wildcard', 'wildcard_token')
  if (all) return [placeOf(all, reading)]
  const qualified = target['QualifiedWildcard']
  const name: unknown = Array.isArray(qualified) ? qualified[0] : undefined
  const [first] = isTree(name) ? children(name, 'ObjectName') : []
  return first ? [placeOf(child(first, 'Identifier'), reading)] : []
}

function change(tree: Tree, kind: 'Update' | 'Delete', outer: Reading): void {
  const number = reserve(outer.into, 'outer', undefined)
  const inner = {...outer, around: number}
  const table = child(tree, 'table')
  const from = child(tree, 'from')
  const others = Object.keys(from ?? {}).flatMap((name) => children(from, name))
  const found = sources([...(table ? [table] : []), ...others, ...children(tree, 'using')], inner)
  const where = child(tree, 'selection')
  outer.into.selects[number] = {
    verb: kind === 'Update' ? 'update' : 'delete',
    place: 'outer',
    parent: undefined,
    ...found,
    conditions: [...found.conditions, ...(where ? [genericExpression(where, inner)] : [])],
    order: [],
    limited: false,
    stars: [],
    aggregated: false,
  }
}

function sources(
  trees: readonly Tree[],
  reading: Reading,
): Pick<SelectSyntax, 'tables' | 'derives' | 'conditions' | 'using'> {
  const tables: TableSyntax[] = []
  const conditions: Expression[] = []
  const using: string[] = []
  let derives = false
  const visit = (relation: Tree | undefined): void => {
    const table = child(relation, 'Table')
    if (table && !child(table, 'args')) tables.push(tableOf(table, reading))
    else {
      derives = true
      const inner = child(relation, 'Derived', 'subquery')
      if (inner) query(inner, 'inner', reading)
    }
  }
  for (const tree of trees) {
    visit(child(tree, 'relation'))
    for (const join of children(tree, 'joins')) {
      visit(child(join, 'relation'))
      const {value} = variant(child(join, 'join_operator'))
      const constraint = isTree(value) ? value : undefined
      const on = child(constraint, 'On')
      if (on) conditions.push(genericExpression(on, reading))
      const columns = constraint?.['Using']
      if (Array.isArray(columns)) using.push(...columns.flatMap((one: unknown) => partsOf(one).slice(-1)))
      if (value === 'Natural') derives = true
    }
  }
  return {tables, derives, conditions, using}
}

function tableOf(tree: Tree, reading: Reading): TableSyntax {
  const path = partsOf(tree['name'])
  const [first] = children(tree, 'name')
  const isDefault = path.length > 1 && path[0] === (reading.dialect === 'mssql' ? 'dbo' : 'main')
  return {
    path: isDefault ? path.slice(1) : path,
    alias: text(child(tree, 'alias', 'name'), 'value')?.toLowerCase(),
    offset: placeOf(child(first, 'Identifier'), reading),
  }
}

function indexSyntax(tree: Tree, reading: Reading): Syntax | undefined {
  const where = child(tree, 'predicate')
  const using = tree['using']
  const index = {
    method: typeof using === 'string' ? using.toLowerCase() : undefined,
    keys: children(tree, 'columns').map((one) => indexKey(one, reading)),
    include: children(tree, 'include').flatMap((one) => text(one, 'value')?.toLowerCase() ?? []),
    predicate: where && genericExpression(where, reading),
  }
  return reading.into.isTooDeep ? undefined : {kind: 'index', index}
}

function indexKey(tree: Tree, reading: Reading): IndexKeySyntax {
  const {by, descending} = genericOrder(child(tree, 'column') ?? {}, reading)
  // `title(20)`: the first characters of a column.
  if (reading.dialect === 'mysql' && by.kind === 'call' && by.args.length === 1 && by.args[0]?.kind === 'value')
    return {by: {kind: 'column', path: [by.name], offset: 0}, descending, variant: `(${by.args[0].text ?? ''})`}
  if (by.kind === 'call' && by.name === 'collate' && by.args[0]) return {by: by.args[0], descending, variant: 'collate'}
  return {by, descending, variant: ''}
}
