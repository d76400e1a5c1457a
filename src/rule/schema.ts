import {isWithin} from '../document/places.ts'
import {sameName as same} from '../sql/implicit.ts'
import type {Name, Operation, OperationOf} from '../sql/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'

/** The role of the innermost section at an offset that has one of these: what a statement is there for. */
export function roleAt(offset: number, type: BoundDocument, roles: readonly string[]): string | undefined {
  const around = type.sections.flatMap(({spec, matches}) =>
    spec.role !== undefined && roles.includes(spec.role)
      ? matches.filter((section) => isWithin(offset, section)).map((section) => ({role: spec.role, section}))
      : [],
  )
  return around.toSorted((a, b) => b.section.start - a.section.start)[0]?.role
}

/** All operations of the SQL fences, in the order of the text. */
export function operationsOf({sql}: Pick<SchemaFacts, 'sql'>): readonly Operation[] {
  return sql.statements.flatMap(({operations}) => operations)
}

/** The operations of one kind. */
export function ofKind<K extends Operation['kind']>(
  operations: readonly Operation[],
  kind: K,
): readonly OperationOf<K>[] {
  return operations.filter((operation): operation is OperationOf<K> => operation.kind === kind)
}

/** Whether two names mean the same object; placeholders never do. */
export function sameName(a: Name, b: Name): boolean {
  return !a.hole && !b.hole && same(a, b)
}

/** A name without what conventions differ in: `OrderItem`, `order-item`, `order_items` are one. */
export function entityForm({key}: Pick<Name, 'key'>): string {
  const word = key.slice(key.lastIndexOf('.') + 1).replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|z|ch|sh)es$/u.test(word)) return word.slice(0, -2)
  return /[^s]s$/u.test(word) && !/(?:us|is)$/u.test(word) ? word.slice(0, -1) : word
}

/** The one of several that a name means: the same name, else the only one that differs by convention alone. */
export function entityOf<T>(name: Name, all: readonly T[], nameOf: (one: T) => Name): readonly T[] {
  if (name.hole) return []
  const equal = all.filter((one) => sameName(nameOf(one), name))
  if (equal.length > 0) return equal
  const alike = all.filter((one) => !nameOf(one).hole && entityForm(nameOf(one)) === entityForm(name))
  return new Set(alike.map((one) => nameOf(one).key)).size === 1 ? alike : []
}
