import type {Json} from '../document/types.ts'
import {slug} from '../type/slug.ts'
import {type Declarations, isMap, mapsOf, stringsOf} from './declarations.ts'
import type {Keys} from './types.ts'

const kinds: ReadonlyMap<string, string> = new Map([
  ['one_of', 'oneOf'],
  ['any_of', 'anyOf'],
  ['at_most_one', 'conflicts'],
  ['conflicts', 'conflicts'],
])

/** Constraints between the sections of one scope; those that reach further stay behind. */
export function constraintsOf(
  owner: Keys,
  at: string,
  sections: readonly Keys[],
  {leave}: Declarations,
): readonly Keys[] {
  const ids = new Set(sections.map(({id, heading}) => (typeof id === 'string' ? id : slug(String(heading)))))
  return mapsOf(owner['constraints']).flatMap(([constraint, index]) =>
    Object.entries(constraint).flatMap(([key, value]) => {
      const made = read(key, value)
      const strange = made.flatMap(namesOf).find((id) => !ids.has(id))
      if (made.length > 0 && strange === undefined) return made
      leave(
        `${at}/constraints/${index}`,
        `constraint \`${key}\``,
        strange === undefined
          ? 'a type has no such constraint'
          : `\`${strange}\` is no section of the same level, and a type compares only those`,
      )
      return []
    }),
  )
}

function read(key: string, value: Json | undefined): readonly Keys[] {
  const kind = kinds.get(key)
  const refs = stringsOf(value)
  if (kind !== undefined && refs.length > 1) return [{kind, sections: refs}]
  // Each asks for the next, and the last for the first.
  if (key === 'all_or_none' && refs.length > 1)
    return refs.map((ref, index) => requires(ref, refs[(index + 1) % refs.length] ?? ref))
  if (key !== 'requires' || !isMap(value) || typeof value['if'] !== 'string') return []
  const first = value['if']
  const {then} = value
  const wanted = typeof then === 'string' ? [then] : stringsOf(then)
  return wanted.map((one) => requires(first, one))
}

function requires(one: string, other: string): Keys {
  // oxlint-disable-next-line unicorn/no-thenable -- it is a word of the type language, and no function
  return {kind: 'requires', if: one, then: other}
}

function namesOf(constraint: Keys): readonly string[] {
  return [...stringsOf(constraint['sections']), ...stringsOf([constraint['if'] ?? null, constraint['then'] ?? null])]
}
