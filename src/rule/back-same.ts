import {isKnownType} from '../sql/documented/types.ts'
import type {Operation, OperationOf} from '../sql/model.ts'
import {isOpen, type MigrationWay} from './halves.ts'
import {ofKind, ofTable, sameName} from './schema.ts'

type Change = OperationOf<'alter-type' | 'set-default'>

/** What the rollback sets to the very thing that the migration sets it to, once in each of them. */
export function setAgain({up, down}: Pick<MigrationWay, 'up' | 'down'>): readonly (readonly [Change, Change])[] {
  return [...ofKind(down, 'alter-type'), ...ofKind(down, 'set-default')].flatMap((one) => {
    const back = alike(down, one)
    const there = alike(up, one)
    const [other] = there
    // A type of the database's own may be another one by then, under the same name.
    if (one.kind === 'alter-type' && !isKnownType(one.type)) return []
    if (!other || there.length > 1 || back.length > 1 || isOpen(one) || isOpen(other)) return []
    return clauseOf(one) === clauseOf(other) ? [[one, other] as const] : []
  })
}

/** Changes of that kind of the same column; a default that is dropped in between comes back. */
function alike(all: readonly Operation[], one: Change): readonly Change[] {
  const own = ofTable(all, one.table).filter(
    (other): other is Change | OperationOf<'drop-default'> =>
      (other.kind === one.kind || (one.kind === 'set-default' && other.kind === 'drop-default')) &&
      sameName(other.column, one.column),
  )
  const changes = own.filter((other): other is Change => other.kind !== 'drop-default')
  return own.length === changes.length ? changes : [...changes, ...changes, one, one]
}

/** The clause without its case, its quotes and what converts the rows. */
function clauseOf({start, end, statement}: Change): string {
  return statement.text
    .slice(start - statement.start, end - statement.start)
    .replace(/\bUSING\b[\s\S]*$/i, '')
    .replaceAll(/\bCOLUMN\b|\bSET\s+DATA\b/gi, ' ')
    .replaceAll(/["`]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .toLowerCase()
}
