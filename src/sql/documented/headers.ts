import type {Cell} from '../../document/types.ts'

/** What a column of a table is called that names the columns of another one. */
export const columnsHeader = /^(?:columns?|fields?|attributes?|propert(?:y|ies))(?: name)?$/i

/** The columns of a table by what they hold: of each role the first header that says it. */
export function placesOf<Role extends string>(
  header: readonly Cell[],
  roles: readonly (readonly [Role, RegExp])[],
): ReadonlyMap<Role, number> {
  const places = new Map<Role, number>()
  for (const [index, {text}] of header.entries()) {
    const role = roles.find(([one, pattern]) => !places.has(one) && pattern.test(text.trim()))?.[0]
    if (role) places.set(role, index)
  }
  return places
}
