import {isWithin} from '../document/places.ts'
import type {Section, SpecDocument} from '../document/types.ts'
import type {SchemaFacts} from '../sql/schema.ts'

/** SQL of which it isn't known what it does. */
export function unreadIn(places: readonly Section[], document: SpecDocument, {sql}: SchemaFacts): string {
  const inside = (start: number): boolean => places.some((place) => isWithin(start, place))
  const unread = sql.statements.filter(
    ({start, operations}) =>
      inside(start) && operations.every(({kind}) => kind === 'other' || kind === 'create-object'),
  )
  const refused = sql.problems.filter(({start}) => inside(start)).map(({statement}) => statement)
  return [...unread, ...refused].map(({start, end}) => document.text.slice(start, end)).join('\n')
}
