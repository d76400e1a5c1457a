import type {Engine, Row, TableShape} from '../engine/types.ts'
import {candidates, sampleOf} from './values.ts'

/** Attempts at one row; a check that nobody meets by then leaves its table empty. */
const mostTries = 80
const rounds = 4
/** Tables that get rows; a schema of more is no document's. */
const mostTables = 200

export interface Sampled {
  readonly rows: number
  /** Tables that have none. */
  readonly empty: readonly string[]
}

/** Gives each table some rows that its types, keys and checks take. Tables that have rows already are left alone. */
export async function addSamples(engine: Engine, shapes: readonly TableShape[], wanted = 2): Promise<Sampled> {
  let waiting = shapes.slice(0, mostTables)
  let rows = 0
  for (let round = 0; round < rounds && waiting.length > 0; round += 1) {
    const left: TableShape[] = []
    for (const shape of waiting) {
      const count = await fill(engine, shape, wanted, round < 2)
      if (count === undefined) left.push(shape)
      else rows += count
    }
    if (left.length === waiting.length && round > 1) break
    waiting = left
  }
  return {rows, empty: [...waiting, ...shapes.slice(mostTables)].map(({name}) => name)}
}

/** How many rows it got; `undefined` if not even one. */
async function fill(engine: Engine, shape: TableShape, wanted: number, waits: boolean): Promise<number | undefined> {
  const there = await engine.run(`SELECT 1 FROM ${shape.sql} LIMIT 1`)
  if ('rows' in there && there.rows.length > 0) return 0
  let made = 0
  for (let number = 1; number <= wanted; number += 1) if (await insert(engine, shape, number, waits)) made += 1
  return made > 0 ? made : undefined
}

type Values = ReadonlyMap<string, string | undefined>

async function insert(engine: Engine, shape: TableShape, number: number, waits: boolean): Promise<boolean> {
  const keys = await parentKeys(engine, shape, number, waits)
  if (!keys) return false
  const plain: Values = new Map(
    shape.columns
      .filter(({generated}) => !generated)
      .map((column) => [column.name, keys.has(column.name) ? keys.get(column.name) : sampleOf(column, number)]),
  )
  let values = plain
  const tried = new Map<string, readonly Values[]>()
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const result = await engine.run(insertion(engine, shape, values))
    if ('rows' in result) return true
    const {kind, subject} = result.failure
    const check = kind === 'check' ? shape.checks.find(({name}) => name === subject) : undefined
    if (!check) return false
    const others = tried.get(check.name) ?? variants(values, check)
    const [next, ...rest] = others
    if (!next) return false
    tried.set(check.name, rest)
    values = next
  }
  return false
}

/** The values with one column of a check, then two of them, changed. */
function variants(values: Values, {columns, text}: TableShape['checks'][number]): readonly Values[] {
  const options = candidates(text)
  const single = columns.flatMap((column) => options.map((value) => new Map(values).set(column, value)))
  const [first, second] = columns
  if (first === undefined || second === undefined) return single
  const both = options
    .slice(0, 6)
    .flatMap((one) => options.slice(0, 6).map((other) => new Map(values).set(first, one).set(second, other)))
  return [...single, ...both]
}

/**
 * Columns of foreign keys with the values of a row that is there; `undefined` when one has to be there and isn't, or may still come.
 */
async function parentKeys(
  engine: Engine,
  shape: TableShape,
  number: number,
  waits: boolean,
): Promise<Values | undefined> {
  const values = new Map<string, string | undefined>()
  for (const {columns, target, targetColumns} of shape.foreign) {
    const wanted = targetColumns.map((column) => engine.quote(column)).join(', ')
    const result = await engine.run(`SELECT ${wanted} FROM ${target} LIMIT 3`)
    const found = 'rows' in result ? result.rows : []
    const row = found[(number - 1) % Math.max(found.length, 1)]
    const isOwn = target === shape.sql
    for (const [index, column] of columns.entries()) {
      if (row) values.set(column, textIn(row, targetColumns[index] ?? ''))
      else if (isOwn && !shape.columns.some(({name, notNull}) => name === column && !notNull)) continue
      else if (!isOwn && (waits || shape.columns.some(({name, notNull}) => name === column && notNull)))
        return undefined
      else values.set(column, undefined)
    }
  }
  return values
}

function textIn(row: Row, column: string): string | undefined {
  const value = row[column]
  if (value === null || value === undefined) return undefined
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function insertion(engine: Engine, shape: TableShape, values: Values): string {
  const entries = [...values]
  if (entries.length === 0) return `INSERT INTO ${shape.sql} DEFAULT VALUES`
  const columns = entries.map(([column]) => engine.quote(column)).join(', ')
  return `INSERT INTO ${shape.sql} (${columns}) VALUES (${entries.map(([, value]) => literal(value)).join(', ')})`
}

export function literal(value: string | undefined): string {
  return value === undefined ? 'NULL' : `'${value.replaceAll("'", "''")}'`
}
