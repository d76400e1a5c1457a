/** The migration of a document whose sections aren't those of its type, told by the way back that it has. */
import {isBelow, isWithin} from '../document/places.ts'
import type {Section, SpecDocument} from '../document/types.ts'
import type {StatementFact} from '../sql/model.ts'
import {isDdl} from './ddl.ts'
import {isThere} from './present.ts'

/** What stands below these is no step of a migration. */
const aside =
  /\b(?:alternatives?|considered|rejected|appendix|archiv\w*|background|context|examples?|future|housekeeping|later|maintenance|monitoring|operations?|quer(?:y|ies)|reports?|runbook|samples?|seeds?|security|tests?|testing|usage|verification|verify)\b/i

/** Whether the title of a section says that no step of the migration stands below it. */
export function isAside(title: string): boolean {
  return aside.test(title)
}

/**
 * The statements that the SQL of the way back takes back: those above it, in sections that aren't about something else. What
 * stands in a section of its own below one that has its way back, such as a job for each month, is no part of the migration.
 */
export function freeForward(
  others: readonly StatementFact[],
  down: readonly StatementFact[],
  document: SpecDocument,
): readonly StatementFact[] {
  const back = down.filter(({operations}) => operations.some(isDdl))
  const last = back.at(-1)?.start ?? 0
  const closed = new Set(back.map(({section}) => section).filter((section) => !startsWithBack(section, back, others)))
  return others.filter(
    (one) =>
      one.start < last &&
      !isThere(one) &&
      !isBelow(one.section, isAside) &&
      !isBelowClosed(one.section, closed, document),
  )
}

/** Whether a section has nothing but the way back. */
function startsWithBack(section: Section, back: readonly StatementFact[], others: readonly StatementFact[]): boolean {
  return !others.some((one) => one.section === section && back.some(({start}) => one.start < start))
}

/** In a part of a section that has both halves itself. */
function isBelowClosed(section: Section, closed: ReadonlySet<Section>, {root}: SpecDocument): boolean {
  for (let one = section.parent; one && one !== root; one = one.parent)
    if (closed.has(one) && isWithin(section.start, one)) return true
  return false
}
