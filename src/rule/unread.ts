import {isWithin} from '../document/places.ts'
import type {Section, SpecDocument} from '../document/types.ts'
import type {Operation} from '../sql/model.ts'
import {isRowBlock, isRowBody} from '../sql/row-blocks.ts'
import type {SchemaFacts} from '../sql/schema.ts'

/** SQL of which it isn't known what it does. */
export function unreadIn(places: readonly Section[], document: SpecDocument, {sql}: SchemaFacts): string {
  const inside = (start: number): boolean => places.some((place) => isWithin(start, place))
  const unread = sql.statements.filter(
    ({start, operations, text}) =>
      inside(start) &&
      !isRowBlock(text) &&
      !isRowBody(text) &&
      operations.every((one) => (one.kind === 'other' && !makesNothing.test(one.verb)) || isBody(one)),
  )
  const refused = sql.problems.filter(({start}) => inside(start)).map(({statement}) => statement)
  const whole = [...unread, ...refused].map(({start, end}) => document.text.slice(start, end)).join('\n')
  // The tag of `$body$` is no name.
  return whole.replaceAll(/\$\w+\$/gu, '$$$$')
}

/** Statements that aren't read, and make nothing of what they name. */
const makesNothing = /^(?:GRANT|REVOKE|SET|RESET|USE|ANALYZE|VACUUM|REINDEX|LOCK|UNLOCK|COMMENT|SHOW|FLUSH|OPTIMIZE)\b/i

/** A function or a procedure may make what it names; a trigger, a view or a policy needs it. */
function isBody(one: Operation): boolean {
  return one.kind === 'create-object' && !/trigger|view|policy|rls|sequence|extension/u.test(one.what)
}
