/** Described keys that lead to another table in SQL, those of which no other fault tells. */
import type {Span} from '../document/types.ts'
import {lastPart} from '../sql/implicit.ts'
import type {Name} from '../sql/model.ts'
import {describedKeys, keysElsewhere} from './key-targets.ts'
import {foreignKeysIn} from './keys.ts'
import {called, nameOf} from './schema.ts'
import {tableFault} from './table-faults.ts'
import type {TablesAround} from './tables-around.ts'

interface DescribedElsewhere {
  readonly at: Span
  readonly described: string
  readonly table: string
  readonly expected: readonly string[]
}

export function describedElsewhere(
  context: Parameters<typeof tableFault>[0],
  around: TablesAround,
): readonly DescribedElsewhere[] {
  const isKnown = (name: Name): boolean => called(around.tables, nameOf, name).length > 0
  const keys = foreignKeysIn(around.operations)
  const {text} = context.document
  // A label of a diagram is no table.
  const timesOf = (name: Name): number =>
    text.split(new RegExp(String.raw`(?<!["'\w])${lastPart(name).replaceAll(/\W/gu, '')}(?!["'\w])`, 'iu')).length - 1
  return keysElsewhere(describedKeys(context.schema), keys, around.tables).flatMap(({to, other, columns}) => {
    const isAlone =
      (isKnown(to) || !tableFault(context, to, around)) &&
      (isKnown(other) || !tableFault(context, other, around, columns))
    // A table that the document has nowhere else is what is wrong.
    const isOnlyThere = !isKnown(other) && (isKnown(to) || (timesOf(other) === 1 && timesOf(to) > 1))
    const [at, expected] = isOnlyThere ? [other, to] : [to, other]
    return isAlone ? [{at, described: to.text, table: other.text, expected: [expected.text]}] : []
  })
}
