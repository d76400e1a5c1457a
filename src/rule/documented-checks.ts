import {code} from '../document/words.ts'
import type {Span} from '../document/types.ts'
import type {Name, Operation} from '../sql/model.ts'
import {constraintsOf} from '../sql/parts.ts'
import type {DocumentedCheck} from '../sql/documented/model.ts'
import type {SchemaFacts} from '../sql/schema.ts'
import type {BoundDocument} from '../type/types.ts'
import {ofKind, sameName} from './schema.ts'

interface Lack {
  readonly at: Span
  readonly what: string
}

/** The checks of a list or a table of them, and the triggers of their section, that the migration doesn't make, where it makes the others under their names. */
export function checksLeft(
  {schema, type}: {readonly schema: SchemaFacts; readonly type: BoundDocument},
  up: readonly Operation[],
  others: readonly Lack[],
): readonly Lack[] {
  const end = type.withRole('migration')[0]?.start ?? 0
  return (['check', 'trigger'] as const).flatMap((kind) => {
    const all = schema.checks.filter(({what, start, name}) => what === kind && start < end && !name.hole)
    return left(all, kind === 'check' ? checksOf(up) : triggersOf(up), up, others)
  })
}

function checksOf(up: readonly Operation[]): readonly Name[] {
  return up.flatMap((one) => constraintsOf(one)).flatMap(({kind, name}) => (kind === 'check' && name ? [name] : []))
}

function triggersOf(up: readonly Operation[]): readonly Name[] {
  return ofKind(up, 'create-object').flatMap(({what, name}) => (what === 'trigger' ? [name] : []))
}

function left(
  all: readonly DocumentedCheck[],
  made: readonly Name[],
  up: readonly Operation[],
  others: readonly Lack[],
): readonly Lack[] {
  const gone = all.filter(({name}) => !made.some((one) => sameName(one, name)))
  // A document that calls them otherwise than its SQL has none of its names in common with it.
  const areNamed = gone.length < all.length && gone.length <= all.length - gone.length
  if (gone.length === 0 || !areNamed) return []
  const words = [...new Set(up.map(({statement}) => statement))].map(({text}) => text.toLowerCase())
  return gone
    .filter(({name}) => !words.some((text) => text.includes(name.key)))
    .filter(({name}) => !others.some(({what}) => what.includes(name.text)))
    .map(({name, what}) => ({at: name, what: `${what} ${code(name.text)}`}))
}
