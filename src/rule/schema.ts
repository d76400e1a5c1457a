import {isWithin} from '../document/places.ts'
import {kept, remembered} from '../document/remembered.ts'
import {sameName as same} from '../sql/implicit.ts'
import type {Name, Operation} from '../sql/model.ts'
import {named} from '../sql/named.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import {tableOf} from '../sql/undoes.ts'
import type {BoundDocument} from '../type/types.ts'

export {itself, nameOf, ofKind, ownerOf} from '../sql/named.ts'

/** The role of the innermost section at an offset that has one of these: what a statement is there for. */
export function roleAt(offset: number, type: BoundDocument, roles: readonly string[]): string | undefined {
  let innermost: {readonly role: string; readonly start: number} | undefined
  for (const role of roles)
    for (const section of type.withRole(role))
      if (isWithin(offset, section) && section.start > (innermost?.start ?? -1))
        innermost = {role, start: section.start}
  return innermost?.role
}

const operationsKnown = kept<readonly Operation[]>()

/** All operations of the SQL fences, in the order of the text; of one document always the same list. */
export function operationsOf({sql}: Pick<SchemaFacts, 'sql'>): readonly Operation[] {
  return operationsKnown(sql, () => sql.statements.flatMap(({operations}) => operations))
}

/** Whether two names mean the same object; placeholders never do. */
export function sameName(a: Name, b: Name): boolean {
  return !a.hole && !b.hole && same(a, b)
}

/** The members of that name, as `sameName` tells it, in the order of the list, which is read once. */
export function called<T>(all: readonly T[], its: (one: T) => Name | undefined, name: Name): readonly T[] {
  const found = name.hole ? [] : named(all, its, name)
  return found.some((one) => its(one)?.hole === true) ? found.filter((one) => its(one)?.hole !== true) : found
}

/** The operations that are about a table. */
export function ofTable<T extends Operation>(operations: readonly T[], table: Name): readonly T[] {
  return called<T>(operations, tableOf, table)
}

/** The name of what has one, for `called` and `entityOf`. */
export function itsName({name}: {readonly name: Name}): Name {
  return name
}

/** The name that a thing gets, for `called`. */
export function newName({to}: {readonly to: Name}): Name {
  return to
}

/** A name without what conventions differ in: `OrderItem`, `order-item`, `order_items` are one. */
export function entityForm({key}: Pick<Name, 'key'>): string {
  return formOf(key)
}

const formOf = remembered((key) => {
  const word = key.slice(key.lastIndexOf('.') + 1).replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|z|ch|sh)es$/u.test(word)) return word.slice(0, -2)
  return /[^s]s$/u.test(word) && !/(?:us|is)$/u.test(word) ? word.slice(0, -1) : word
})

/** The one of several that a name means: the same name, else the only one that differs by convention alone. */
export function entityOf<T>(name: Name, all: readonly T[], its: (one: T) => Name): readonly T[] {
  if (name.hole) return []
  const equal = called(all, its, name)
  if (equal.length > 0) return equal
  const alike = alikeIn(all, its).get(entityForm(name)) ?? []
  return new Set(alike.map((one) => its(one).key)).size === 1 ? alike : []
}

const forms = new WeakMap<readonly unknown[], ReadonlyMap<string, readonly unknown[]>>()

/** The members of a list by their forms; a list is named in one way. */
function alikeIn<T>(all: readonly T[], its: (one: T) => Name): ReadonlyMap<string, readonly T[]> {
  const made = forms.get(all)
  if (made) return made as ReadonlyMap<string, readonly T[]>
  const byForm = new Map<string, T[]>()
  for (const one of all) {
    const name = its(one)
    const form = entityForm(name)
    const alike = byForm.get(form)
    if (alike && !name.hole) alike.push(one)
    else if (!name.hole) byForm.set(form, [one])
  }
  forms.set(all, byForm)
  return byForm
}
