import type {Use} from './types.ts'

/** The columns and functions that a syntax tree of libpg-query names; offsets are bytes. */
export function usesIn(tree: unknown): readonly Use[] {
  const found: Use[] = []
  walk(tree, false, found)
  return found.toSorted((a, b) => a.offset - b.offset)
}

const queries = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'])

function walk(node: unknown, inQuery: boolean, found: Use[]): void {
  const pending: {readonly node: unknown; readonly inQuery: boolean}[] = [{node, inQuery}]
  for (let one = pending.pop(); one; one = pending.pop()) {
    if (typeof one.node !== 'object' || one.node === null) continue
    for (const [key, value] of Object.entries(one.node)) {
      const use = key === 'ColumnRef' || key === 'FuncCall' ? useOf(key, value, one.inQuery) : undefined
      if (use) found.push(use)
      pending.push({node: value, inQuery: one.inQuery || queries.has(key)})
    }
  }
}

function useOf(kind: 'ColumnRef' | 'FuncCall', value: unknown, inQuery: boolean): Use | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const list: unknown = kind === 'ColumnRef' ? Reflect.get(value, 'fields') : Reflect.get(value, 'funcname')
  const at: unknown = Reflect.get(value, 'location') ?? 0
  const names = Array.isArray(list) ? list.map(stringOf) : []
  // `*`, and forms such as `EXTRACT(… FROM …)` that the grammar turns into calls.
  if (names.length === 0 || names.includes('') || Reflect.get(value, 'funcformat') === 'COERCE_SQL_SYNTAX')
    return undefined
  return {kind: kind === 'ColumnRef' ? 'column' : 'function', names, offset: typeof at === 'number' ? at : 0, inQuery}
}

function stringOf(node: unknown): string {
  const string: unknown = typeof node === 'object' && node !== null ? Reflect.get(node, 'String') : undefined
  const text: unknown = typeof string === 'object' && string !== null ? Reflect.get(string, 'sval') : undefined
  return typeof text === 'string' ? text : ''
}
