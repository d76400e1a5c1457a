import {implies} from './implies.ts'
import type {RowCondition, IndexKey, IndexShape, SimpleCondition, TableAccess} from './model.ts'

/** `used`: how many of the index's keys, and its condition, narrow the search; 0 when only its order is of use. */
export type Serving =
  | {readonly kind: 'serves'; readonly used: number; readonly orders: boolean}
  | {readonly kind: 'fails'; readonly why: Failure}

/**
 * `leading`: the query compares nothing with the index's first key. `wrapped`: it does, but inside of an expression.
 * `predicate`: rows outside of the partial index may match.
 */
export type Failure = 'leading' | 'wrapped' | 'predicate'

type Access = Pick<TableAccess, 'conditions' | 'order'>

/**
 * Whether an index helps to find the rows of a table: its keys are compared for equality in any order, then one for a
 * range or all of the order. The first key decides whether it helps at all.
 */
export function serving(
  {keys, method, predicate}: Pick<IndexShape, 'keys' | 'method' | 'predicate'>,
  access: Access,
): Serving {
  const {conditions, order} = access
  const [first] = keys
  if (first === undefined) return {kind: 'serves', used: 0, orders: false}
  if (Array.isArray(predicate) && !implies(conditions, predicate)) return {kind: 'fails', why: 'predicate'}
  if (!isSorted(method)) return special(keys, conditions)
  const used = prefixLength(keys, conditions)
  const equal = new Set(keys.slice(0, used).map(({form}) => form))
  const rest = order.filter((form) => !equal.has(form))
  const orders =
    order.length > 0 &&
    rest.length > 0 &&
    rest.every((form, index) => keys[equalCount(keys, conditions) + index]?.form === form)
  // A partial index is read whole for what its condition asks.
  const isPartial = Array.isArray(predicate) && predicate.length > 0
  if (used > 0 || orders || isPartial) return {kind: 'serves', used: isPartial ? used + 1 : used, orders}
  return {kind: 'fails', why: isWrapped(first, conditions) ? 'wrapped' : 'leading'}
}

/** A B-tree, whose keys are sorted; a hash is like one of a single key. */
function isSorted(method: string | undefined): boolean {
  return method === undefined || method === 'btree' || method === 'hash'
}

/** Whether a condition is one that a sorted index of this key narrows. */
export function narrows(condition: RowCondition, form: string, kinds: readonly SimpleCondition['kind'][]): boolean {
  if (condition.kind === 'any')
    return condition.branches.every((branch) => branch.some((one) => narrows(one, form, kinds)))
  return kinds.includes(condition.kind) && condition.form === form
}

function equalCount(keys: readonly IndexKey[], conditions: readonly RowCondition[]): number {
  const end = keys.findIndex(({form}) => !conditions.some((one) => narrows(one, form, ['equal'])))
  return end === -1 ? keys.length : end
}

function prefixLength(keys: readonly IndexKey[], conditions: readonly RowCondition[]): number {
  const equal = equalCount(keys, conditions)
  const next = keys[equal]
  const ranges = next !== undefined && conditions.some((one) => narrows(one, next.form, ['equal', 'range', 'prefix']))
  return equal + (ranges ? 1 : 0)
}

/** GIN, GiST, full text and their like serve by any key, and by operators of their own. */
function special(keys: readonly IndexKey[], conditions: readonly RowCondition[]): Serving {
  const columns = new Set(conditions.flatMap(columnsOf))
  const helps = keys.some((key) => key.columns.some((column) => columns.has(column)))
  return helps ? {kind: 'serves', used: 1, orders: false} : {kind: 'fails', why: 'leading'}
}

/** Keys of all columns that a condition speaks of. */
function columnsOf(condition: RowCondition): readonly string[] {
  return condition.kind === 'any' ? condition.branches.flat().flatMap(columnsOf) : condition.columns
}

function isWrapped({columns, form}: IndexKey, conditions: readonly RowCondition[]): boolean {
  return conditions.some(
    (one) => one.kind !== 'any' && one.form !== form && one.columns.some((column) => columns.includes(column)),
  )
}

/** Whether some index serves: by a condition of its own, or one for each of a condition's alternatives. */
export function isServed(indexes: readonly IndexShape[], access: Access, limited: boolean): boolean {
  return (
    indexes.some((index) => {
      const found = serving(index, access)
      return found.kind === 'serves' && (found.used > 0 || index.keys.length === 0 || limited)
    }) ||
    access.conditions.some(
      (one) =>
        one.kind === 'any' &&
        one.branches.every((branch) =>
          isServed(indexes, {conditions: [...branch, ...others(one, access)], order: []}, false),
        ),
    )
  )
}

/** They count for partial indexes; had one of them an index, the query would be served. */
function others(one: RowCondition, {conditions}: Access): readonly RowCondition[] {
  return conditions.filter((other) => other !== one && other.kind !== 'any')
}
