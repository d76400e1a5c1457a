import {lastPart} from '../../sql/implicit.ts'
import type {Name} from '../../sql/model.ts'
import {isSlip} from '../course/stubs.ts'
import {type Database, doubt, isSure, refusal, type Refusal, type Table} from './catalog.ts'

export type Found = {readonly kind: 'table'; readonly table: Table} | Refusal | {readonly kind: 'unknown'}

/** A table that a statement takes for granted: it is there, or it can't be, or nobody knows. */
export function findTable(database: Database, name: Name, number = 1146): Found {
  const key = lastPart(name)
  const table = database.tables.get(key)
  if (table) return {kind: 'table', table}
  if (isThere(database, key)) return {kind: 'unknown'}
  const words = number === 1051 ? `Unknown table "${name.text}"` : `Table "${name.text}" doesn't exist`
  return refusal(number, words, name)
}

/** Whether something that isn't known by that name may be there. */
export function isThere({tables, things, settings, doubts}: Database, key: string): boolean {
  if (doubts.has('all') || doubts.has(`table ${key}`) || things.has(`view ${key}`)) return true
  if (!settings.open || settings.known.includes(key)) return false
  return !isSlip(key, [...settings.known, ...tables.keys()])
}

/** What a table lacks, where all of it is known; else it is taken to be there, and nothing is claimed of it. */
export function lacks(database: Database, table: Table, entry: string, refused: () => Refusal): Refusal | undefined {
  if (isSure(database, table, entry)) return refused()
  doubt(database, entry)
  return undefined
}

export function columnEntry(table: string, column: string): string {
  return `column ${table}.${column}`
}

export function keyEntry(table: string, key: string): string {
  return key === 'PRIMARY' ? `constraint ${table}.PRIMARY` : `index ${table}.${key}`
}

export function constraintEntry(table: string, name: string): string {
  return `constraint ${table}.${name}`
}

/** `email`, `email_2`: what a key without a name gets. */
export function freeName({keys}: Table, column: string): string {
  const taken = new Set(keys.map(({name}) => name))
  const base = column === '' ? 'functional_index' : column
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}_${number}`
    if (!taken.has(name)) return name
  }
}
