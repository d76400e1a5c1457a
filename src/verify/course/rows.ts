import type {Engine, TableShape} from '../engine/types.ts'
import type {Loss} from '../model.ts'

type Record_ = Readonly<Record<string, string>>

/** The rows of some tables at a moment, by table. */
export type RowsOf = ReadonlyMap<string, readonly Record_[]>

export async function rowsIn(engine: Engine, shapes: readonly TableShape[]): Promise<RowsOf> {
  const all = new Map<string, readonly Record_[]>()
  for (const {sql, name} of shapes) {
    const rows = await engine.rowsOf(sql)
    if (rows && rows.length > 0) all.set(name, rows)
  }
  return all
}

/** What the rows before have that those after lack. A time that is later than the beginning was set by a trigger or a default. */
export function losses(before: RowsOf, after: RowsOf, shapes: readonly TableShape[], started: string): readonly Loss[] {
  return [...before].flatMap(([table, rows]) => {
    const shape = shapes.find(({name}) => name === table)
    const now = after.get(table) ?? []
    const keys = shape?.unique.map(({columns}) => columns) ?? []
    const left = [...now]
    const pairs = rows.map((row) => ({row, other: take(left, row, keys)}))
    const gone = pairs.filter(({other}) => other === undefined)
    const [first] = gone
    if (first) return [{table, column: '', before: shown(first.row), after: '', rows: gone.length}]
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    return columns.flatMap((column): readonly Loss[] => {
      const changed = pairs.filter(
        ({row, other}) => row[column] !== other?.[column] && !isLater(other?.[column], started),
      )
      const [one] = changed
      if (!one) return []
      return [
        {table, column, before: one.row[column] ?? '', after: one.other?.[column] ?? 'null', rows: changed.length},
      ]
    })
  })
}

/** The row itself, else the one with the same key, else, where there is no key, the one that has most in common. */
function take(left: Record_[], row: Record_, keys: readonly (readonly string[])[]): Record_ | undefined {
  const isSame = (one: Record_): boolean => JSON.stringify(one) === JSON.stringify(row)
  const isKept = (one: Record_): boolean =>
    keys.some((columns) => columns.every((column) => column in row && one[column] === row[column]))
  let index = left.findIndex(isSame)
  if (index < 0) index = left.findIndex(isKept)
  if (index < 0 && left.length > 0) {
    const common = left.map((one) => Object.keys(row).filter((column) => one[column] === row[column]).length)
    const most = Math.max(...common)
    index = most > 0 ? common.indexOf(most) : -1
  }
  return index < 0 ? undefined : left.splice(index, 1)[0]
}

function isLater(value: string | undefined, started: string): boolean {
  return value !== undefined && /^\d{4}-\d\d-\d\d[T ]/u.test(value) && value.slice(0, 10) >= started
}

function shown(row: Record_): string {
  return Object.entries(row)
    .slice(0, 3)
    .map(([column, value]) => `${column} = ${value}`)
    .join(', ')
}
