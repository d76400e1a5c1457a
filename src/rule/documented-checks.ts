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
    const found = left(all, kind === 'check' ? checksOf(up) : triggersOf(up), up, others)
    return found.length === 0 && kind === 'check' ? theOnly(all, up, schema, others) : found
  })
}

function checksOf(up: readonly Operation[]): readonly Name[] {
  return up.flatMap((one) => constraintsOf(one)).flatMap(({kind, name}) => (kind === 'check' && name ? [name] : []))
}

function triggersOf(up: readonly Operation[]): readonly Name[] {
  return ofKind(up, 'create-object').flatMap(({what, name}) => (what === 'trigger' ? [name] : []))
}

/** The one check that is described, of which nothing else speaks, where the migration makes tables and not a single check. */
function theOnly(
  [one, ...more]: readonly DocumentedCheck[],
  up: readonly Operation[],
  {document}: SchemaFacts,
  others: readonly Lack[],
): readonly Lack[] {
  if (!one || more.length > 0 || others.length > 0 || ofKind(up, 'create-table').length === 0) return []
  const hasChecks = up.some(({statement}) => /\bCHECK\b/i.test(statement.text))
  return hasChecks || document.text.split(one.name.text).length > 2
    ? []
    : [{at: one.name, what: `check ${code(one.name.text)}`}]
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
