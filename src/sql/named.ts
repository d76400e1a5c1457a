/** Lists by what their members are called: what `filter` gives, without a look at every one of them. */
import {countBefore} from '../document/search.ts'
import {lastPart, sameName} from './implicit.ts'
import type {Name, Operation, OperationOf} from './model.ts'
import {tableOf} from './undoes.ts'

type Places = ReadonlyMap<string, readonly number[]>

const listed = new WeakMap<readonly unknown[], Map<unknown, Places>>()

/**
 * The members that have one of the keys, in the order of the list, from one place on to another. A list is read once for each `keysOf`, which
 * is why both have to stay what they are: a list that is no longer added to, a function of a module.
 */
export function sharing<T>(
  all: readonly T[],
  keysOf: (one: T) => readonly string[],
  keys: readonly string[],
  from = 0,
  before = all.length,
): readonly T[] {
  const places = placesIn(all, keysOf, keysOf)
  const [first = none, ...more] = [...new Set(keys)].flatMap((key) => {
    const list = places.get(key)
    return list ? [list] : []
  })
  const found = more.length === 0 ? first : [...new Set([first, ...more].flat())].toSorted((a, b) => a - b)
  const part =
    from === 0 && before === all.length
      ? found
      : found.slice(
          countBefore(found, (place) => place < from),
          countBefore(found, (place) => place < before),
        )
  return part.flatMap((place) => all[place] ?? [])
}

const none: readonly number[] = []

/** The first of those that `sharing` gives that passes a test; the others aren't looked at. */
export function findSharing<T>(
  all: readonly T[],
  keysOf: (one: T) => readonly string[],
  keys: readonly string[],
  test: (one: T) => boolean,
  from = 0,
  before = all.length,
): T | undefined {
  const places = placesIn(all, keysOf, keysOf)
  const lists = [...new Set(keys)]
    .flatMap((key) => [places.get(key) ?? []])
    .map((list) => ({list, at: countBefore(list, (place) => place < from)}))
  for (;;) {
    const next = Math.min(...lists.map(({list, at}) => list[at] ?? before))
    const one = next < before ? all[next] : undefined
    if (one === undefined || test(one)) return one
    for (const each of lists) if (each.list[each.at] === next) each.at += 1
  }
}

const few = 6

/** The members whose name is the same object, as `sameName` tells it, in the order of the list. */
export function named<T>(all: readonly T[], its: (one: T) => Name | undefined, name: Name): readonly T[] {
  // To look at a few is less than to remember them.
  if (all.length <= few)
    return all.filter((one) => {
      const own = its(one)
      return own !== undefined && sameName(own, name)
    })
  const own = answers.get(all) ?? new Map<unknown, Map<string, readonly unknown[]>>()
  answers.set(all, own)
  const known = own.get(its) ?? new Map<string, readonly unknown[]>()
  own.set(its, known)
  const before = known.get(name.key)
  // What `its` gives names of is a `T`.
  if (before) return before as readonly T[]
  const found = find(all, its, name)
  known.set(name.key, found)
  return found
}

/** Of a list, by the function and the key that it was asked for: rules ask for the same few tables again and again. */
const answers = new WeakMap<readonly unknown[], Map<unknown, Map<string, readonly unknown[]>>>()

function find<T>(all: readonly T[], its: (one: T) => Name | undefined, name: Name): readonly T[] {
  const places = placesIn(all, its, (one) => {
    const own = its(one)
    return own ? nameKeys(own) : []
  })
  const [a = [], b = []] = askedKeys(name).map((key) => places.get(key) ?? [])
  const found = a.length === 0 || b.length === 0 ? [...a, ...b] : [...a, ...b].toSorted((one, other) => one - other)
  return found.flatMap((place) => all[place] ?? [])
}

const kinds = new WeakMap<readonly Operation[], Map<string, readonly Operation[]>>()

/** The operations of one kind; of one list always the same list. */
export function ofKind<K extends Operation['kind']>(
  operations: readonly Operation[],
  kind: K,
): readonly OperationOf<K>[] {
  const own = kinds.get(operations) ?? new Map<string, readonly Operation[]>()
  kinds.set(operations, own)
  const made = own.get(kind) ?? operations.filter((operation): operation is OperationOf<K> => operation.kind === kind)
  own.set(kind, made)
  return made as readonly OperationOf<K>[]
}

/** The name that a thing bears, for `named`: one function, so that a list is read once for all who ask. */
export function nameOf({name}: {readonly name: Name | undefined}): Name | undefined {
  return name
}

/** The table that a thing belongs to, for `named`. */
export function ownerOf({table}: {readonly table: Name | undefined}): Name | undefined {
  return table
}

/** A list of names itself, for `named`. */
export function itself(name: Name): Name {
  return name
}

/** The operations that are about a table. */
export function onTable<T extends Operation>(operations: readonly T[], table: Name): readonly T[] {
  return named<T>(operations, tableOf, table)
}

/** Under what a name is kept: the same one of another schema isn't looked at. */
export function nameKeys(name: Name): readonly string[] {
  const last = lastPart(name)
  return [`*.${last}`, name.key === last ? `-.${last}` : `=.${name.key}`]
}

/** Under what to look for a name: a schema counts only where both give one. */
export function askedKeys(name: Name): readonly string[] {
  const last = lastPart(name)
  return name.key === last ? [`*.${last}`] : [`=.${name.key}`, `-.${last}`]
}

function placesIn<T>(all: readonly T[], id: unknown, keysOf: (one: T) => readonly string[]): Places {
  const own = listed.get(all) ?? new Map<unknown, Places>()
  listed.set(all, own)
  const made = own.get(id)
  if (made) return made
  const places = new Map<string, number[]>()
  for (const [place, one] of all.entries())
    for (const key of keysOf(one)) {
      const list = places.get(key)
      if (!list) places.set(key, [place])
      // It may have a key twice.
      else if (list.at(-1) !== place) list.push(place)
    }
  own.set(id, places)
  return places
}
