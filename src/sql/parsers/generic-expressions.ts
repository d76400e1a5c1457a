import type {Dialect} from '../model.ts'
import type {Selects} from './selects.ts'
import type {Expression, OrderSyntax, SelectSyntax} from './syntax.ts'
import {child, children, deepest, isTree, number, text, type Tree, variant} from './tree.ts'

/** Where and in what an expression or a query stands. */
export interface Reading {
  readonly into: Selects
  readonly dialect: Dialect
  /** UTF-16 offset of a line and column, both 1-based. */
  readonly at: (line: number, column: number) => number
  readonly isHole: (offset: number) => boolean
  readonly query: (tree: Tree, place: SelectSyntax['place'], reading: Reading) => number
  readonly depth: number
  readonly around: number | undefined
}

const operators: Readonly<Record<string, string>> = {
  Eq: '=',
  Spaceship: '=',
  NotEq: '<>',
  Gt: '>',
  GtEq: '>=',
  Lt: '<',
  LtEq: '<=',
  And: 'and',
  Or: 'or',
  Plus: '+',
  Minus: '-',
  Multiply: '*',
  Divide: '/',
}

/** An expression of the tree of sqlparser-rs. */
export function genericExpression(tree: Tree, outer: Reading): Expression {
  if (outer.depth > deepest) outer.into.isTooDeep = true
  if (outer.into.isTooDeep) return unread
  const reading = {...outer, depth: outer.depth + 1}
  const {kind, value} = variant(tree)
  const read = (one: unknown): readonly Expression[] => (isTree(one) ? [genericExpression(one, reading)] : [])
  const list = (all: unknown): readonly Expression[] => (Array.isArray(all) ? all.flatMap(read) : [])
  const inside = isTree(value) ? value : {}
  const not = inside['negated'] === true ? 'not ' : ''
  const named = (...names: readonly string[]): readonly Expression[] => names.flatMap((name) => read(inside[name]))
  switch (kind) {
    case 'Identifier':
      return column([inside], reading)
    case 'CompoundIdentifier':
      return column(children(tree, kind), reading)
    case 'Nested':
      return read(value)[0] ?? unread
    case 'Value':
      return {kind: 'value', text: reading.isHole(placeOf(inside, reading)) ? undefined : constant(inside['value'])}
    case 'BinaryOp': {
      const op = inside['op']
      return call(typeof op === 'string' ? (operators[op] ?? op.toLowerCase()) : 'operator', named('left', 'right'))
    }
    case 'UnaryOp':
      return call(inside['op'] === 'Not' ? 'not' : String(inside['op']).toLowerCase(), named('expr'))
    case 'Function':
      return call(partsOf(inside['name']).at(-1) ?? '', list(argumentsOf(inside)))
    case 'InList':
      return call(`${not}in`, [...named('expr'), call('list', list(inside['list']))])
    case 'InSubquery':
      return call(`${not}in`, [...named('expr'), ...subquery(child(inside, 'subquery'), 'inner', reading)])
    case 'Exists':
      return call(`${not}exists`, subquery(child(inside, 'subquery'), 'exists', reading))
    case 'Subquery':
      return call('subquery', subquery(inside, 'inner', reading))
    default:
      return test(kind, value, inside, reading)
  }
}

/** Conditions of one operand, and all else. */
function test(kind: string, value: unknown, inside: Tree, reading: Reading): Expression {
  const read = (one: unknown): readonly Expression[] => (isTree(one) ? [genericExpression(one, reading)] : [])
  const list = (all: unknown): readonly Expression[] => (Array.isArray(all) ? all.flatMap(read) : [])
  const not = inside['negated'] === true ? 'not ' : ''
  const named = (...names: readonly string[]): readonly Expression[] => names.flatMap((name) => read(inside[name]))
  switch (kind) {
    case 'Between':
      return call(`${not}between`, [...named('expr'), call('list', named('low', 'high'))])
    case 'Like':
    case 'ILike':
      return call(`${not}${kind.toLowerCase()}`, named('expr', 'pattern'))
    case 'IsNull':
    case 'IsNotNull':
      return call(kind === 'IsNull' ? 'is null' : 'is not null', read(value))
    case 'IsTrue':
    case 'IsFalse':
      return call(kind === 'IsTrue' ? 'is true' : 'is false', read(value))
    case 'Cast':
      return call(`cast:${typeName(inside['data_type'])}`, named('expr'))
    case 'Tuple':
      return call('row', list(value))
    case 'Extract':
      return call('extract', [{kind: 'value', text: String(inside['field']).toLowerCase()}, ...named('expr')])
    case 'MatchAgainst':
      return call('match', list(inside['columns']))
    default:
      return call(kind.toLowerCase(), [
        ...named('expr', 'left', 'right'),
        ...read(value).filter(({kind: is}) => is === 'column'),
      ])
  }
}

const unread: Expression = {kind: 'call', name: '', args: []}

function call(name: string, args: readonly Expression[]): Expression {
  return {kind: 'call', name, args}
}

/** `@p` is a variable. */
function column(parts: readonly Tree[], reading: Reading): Expression {
  const path = parts.map((part) => (text(part, 'value') ?? '').toLowerCase())
  const [first] = parts
  if (/^[@:$]/u.test(path[0] ?? '') && first?.['quote_style'] === null) return {kind: 'value', text: undefined}
  return {kind: 'column', path, offset: placeOf(first, reading)}
}

/** The parts of a name: `[{Identifier: {value}}, …]`. */
export function partsOf(name: unknown): readonly string[] {
  return Array.isArray(name)
    ? name.flatMap((part: unknown) =>
        isTree(part) ? (text(child(part, 'Identifier'), 'value')?.toLowerCase() ?? []) : [],
      )
    : []
}

export function placeOf(tree: Tree | undefined, {at}: Reading): number {
  const start = child(tree, 'span', 'start')
  return at(number(start, 'line') ?? 1, number(start, 'column') ?? 1)
}

export function genericOrder(tree: Tree, reading: Reading): OrderSyntax {
  const by = child(tree, 'expr')
  return {by: by ? genericExpression(by, reading) : unread, descending: child(tree, 'options')?.['asc'] === false}
}

function subquery(tree: Tree | undefined, place: 'inner' | 'exists', reading: Reading): readonly Expression[] {
  return tree ? [{kind: 'query', select: reading.query(tree, place, reading)}] : []
}

function argumentsOf(tree: Tree): readonly unknown[] {
  return children(child(tree, 'args', 'List'), 'args').map((one) => child(one, 'Unnamed', 'Expr'))
}

function typeName(type: unknown): string {
  return (typeof type === 'string' ? type : variant(isTree(type) ? type : {}).kind).toLowerCase()
}

function constant(value: unknown): string | undefined {
  if (value === 'Null') return 'null'
  const {kind, value: inner} = variant(isTree(value) ? value : {})
  if (kind === 'Placeholder') return undefined
  if (kind === 'Number') return String(Array.isArray(inner) ? inner[0] : inner)
  if (kind === 'Boolean') return inner === true ? 'true' : 'false'
  return kind.endsWith('String') ? `'${String(inner)}'` : undefined
}
