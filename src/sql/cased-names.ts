/** Names of the description as the SQL writes them between quotes: `createdAt` is `"createdAt"`, which PostgreSQL tells from `createdat`. */
import {lastPart} from './implicit.ts'
import type {ConstraintFact, Name, Operation, SqlFacts} from './model.ts'
import {constraintsOf} from './parts.ts'

/** The keys of the SQL that have capital letters, by the same in small ones: `"endReason"` may have the type `"EndReason"`. */
export type CasedKeys = ReadonlyMap<string, ReadonlySet<string>>

const isUpper = /\p{Lu}/u

export function casedKeys({statements}: SqlFacts): CasedKeys {
  const operations = statements.flatMap((one) => one.operations)
  const own = new Set(operations.flatMap((one) => keysOf(one)))
  const all = new Set([...own, ...operations.flatMap((one) => constraintsOf(one).flatMap(targetOf))])
  const found = new Map<string, Set<string>>()
  for (const key of all) {
    const low = key.toLowerCase()
    // A key may lead to `plot` where `"Plot"` is meant.
    if (isUpper.test(key) && !own.has(low)) found.set(low, (found.get(low) ?? new Set()).add(key))
  }
  return found
}

function keysOf(one: Operation): readonly string[] {
  const table = 'table' in one && one.table ? [one.table.key, lastPart(one.table)] : []
  const name = 'name' in one && one.name ? [one.name.key, lastPart(one.name)] : []
  const columns = one.kind === 'create-table' ? one.columns : one.kind === 'add-column' ? [one.column] : []
  const index = one.kind === 'create-index' ? [one.index.name?.key ?? '', ...one.index.columns.map(({key}) => key)] : []
  return [
    ...table,
    ...name,
    ...index,
    ...columns.map((column) => column.name.key),
    ...constraintsOf(one).flatMap(({name: own}) => (own ? [own.key] : [])),
  ]
}

/** A table that is there already stands in foreign keys alone. */
function targetOf(constraint: ConstraintFact): readonly string[] {
  return constraint.kind === 'foreign'
    ? [constraint.table, ...constraint.target].flatMap((one) => [one.key, lastPart(one)])
    : []
}

/** What is described, with its names under the keys of the SQL; its sections and code stay as they are. */
export function withCase<Fact extends object>(facts: readonly Fact[], keysOfSql: () => CasedKeys): readonly Fact[] {
  // Without a fact the SQL needn't be read.
  if (facts.length === 0) return facts
  const keys = keysOfSql()
  return keys.size === 0 ? facts : facts.map((one) => cased(one, keys))
}

const whole = new Set(['section', 'code', 'statement'])

function cased<Part>(part: Part, keys: CasedKeys): Part {
  if (Array.isArray(part)) return part.map((one: unknown) => cased(one, keys)) as Part
  if (typeof part !== 'object' || part === null || part instanceof Set) return part
  const own = Object.entries(part).map(([name, value]: readonly [string, unknown]) => [
    name,
    whole.has(name) ? value : cased(value, keys),
  ])
  const made = Object.fromEntries(own) as Part
  return isName(made) ? {...made, key: keyOf(made, keys)} : made
}

function isName(one: unknown): one is Name {
  return typeof one === 'object' && one !== null && 'key' in one && 'hole' in one && typeof one.key === 'string'
}

/** `public.User` as a whole, or the last part of it. */
function keyOf({key, text}: Name, keys: CasedKeys): string {
  const at = key.lastIndexOf('.') + 1
  return spelled(key, text, keys) ?? key.slice(0, at) + (spelled(key.slice(at), text, keys) ?? key.slice(at))
}

/** Of several that differ in case alone, the one that is written. */
function spelled(key: string, text: string, keys: CasedKeys): string | undefined {
  const all = keys.get(key)
  const [only] = all ?? []
  const own = text.slice(-key.length)
  return all === undefined || all.size === 1 ? only : all.has(own) ? own : undefined
}
