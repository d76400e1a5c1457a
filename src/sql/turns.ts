/** Objects that are made while they are there, or dropped while they are not, over a migration and its way back. */
import {calledProcedure} from './calls.ts'
import {lastPart} from './implicit.ts'
import type {Name, Operation} from './model.ts'
import type {Way} from './order.ts'

export interface OutOfTurn {
  readonly operation: Operation
  /** What made it, or dropped it, before; or what drops it at first and nothing brings back. */
  readonly former: Operation
  /** It is there already; it is gone already; it was there before the migration, and isn't after the rollback. */
  readonly what: 'there' | 'gone' | 'lost'
}

interface Turn {
  readonly operation: Operation
  /** It makes it or drops it; with neither it only needs it. */
  readonly makes: boolean | undefined
  readonly isBack: boolean
}

/**
 * Of constraints, triggers and columns of tables that are there before and after: where all is told, each is made and dropped by
 * turns, and in the end as it was in the beginning.
 */
export function outOfTurn({up, down}: Way): readonly OutOfTurn[] {
  const turns = new Map<string, Turn[]>()
  for (const [all, isBack] of [[up, false] as const, [down, true] as const])
    for (const operation of all)
      for (const {key, makes} of turnsOf(operation)) {
        const own = turns.get(key)
        if (own) own.push({operation, makes, isBack})
        else turns.set(key, [{operation, makes, isBack}])
      }
  const passing = new Set([...up, ...down].flatMap(wholeTables))
  return [...turns].flatMap(([key, all]) => {
    const [, table = ''] = key.split(' ')
    if (all.length < 2 || passing.has(table)) return []
    const forward = all.filter(({isBack}) => !isBack)
    const back = all.filter(({isBack}) => isBack)
    // Where each step has its own way back, they may be listed in either order.
    const isTurned = faultIn([...forward, ...back.toReversed()]) !== undefined
    const fault = isTurned ? faultIn(all) : undefined
    return fault ? [fault] : []
  })
}

function faultIn(turns: readonly Turn[]): OutOfTurn | undefined {
  const all = turns.filter(({makes}) => makes !== undefined)
  const isKept = turns.every(({operation}) => isCounted(operation))
  return (isKept ? brokenIn(all) : undefined) ?? usedIn(turns)
}

/** A procedure for the time of the migration is made anew by each script. */
function isCounted(one: Operation): boolean {
  return one.kind !== 'other' && !('what' in one && one.what === 'procedure')
}

/** What is needed when it is gone. */
function usedIn(turns: readonly Turn[]): OutOfTurn | undefined {
  return turns
    .flatMap(({operation, makes}, index) => {
      const former = makes === undefined ? turns.slice(0, index).findLast((one) => one.makes !== undefined) : undefined
      return former?.makes === false ? [{operation, former: former.operation, what: 'gone' as const}] : []
    })
    .at(0)
}

function brokenIn(all: readonly Turn[]): OutOfTurn | undefined {
  for (const [index, {operation, makes, isBack}] of all.entries()) {
    const former = all[index - 1]
    if (!former || former.makes !== makes || isTolerant(operation)) continue
    // A script may be shown twice.
    if (former.isBack === isBack && former.operation.statement.code !== operation.statement.code) return undefined
    return {operation, former: former.operation, what: makes === true ? 'there' : 'gone'}
  }
  const [first] = all
  const last = all.at(-1)
  if (!first || !last || first.isBack || !last.isBack || first.makes !== last.makes || isTolerant(first.operation))
    return undefined
  return first.makes === true
    ? {operation: first.operation, former: last.operation, what: 'there'}
    : {operation: last.operation, former: first.operation, what: 'lost'}
}

function turnsOf(one: Operation): readonly Pick<Turn & {readonly key: string}, 'key' | 'makes'>[] {
  const turn = (kind: string, table: Name, name: Name | undefined, makes?: boolean): ReturnType<typeof turnsOf> =>
    !name || name.hole || table.hole
      ? []
      : [{key: `${kind} ${lastPart(table).toLowerCase()} ${lastPart(name).toLowerCase()}`, makes}]
  switch (one.kind) {
    case 'add-constraint':
      return one.statement.template ? [] : turn('constraint', one.table, one.constraint.name, true)
    case 'drop-constraint':
      return turn('constraint', one.table, one.name, false)
    case 'validate-constraint':
      return turn('constraint', one.table, one.name)
    case 'add-column':
      return turn('column', one.table, one.column.name, true)
    case 'drop-column':
      return turn('column', one.table, one.column, false)
    case 'rename-column':
      return [...turn('column', one.table, one.column, false), ...turn('column', one.table, one.to, true)]
    case 'create-object':
    case 'drop-object':
      if (one.what === 'procedure') return turn('procedure', nowhere, one.name, one.kind === 'create-object')
      return one.what === 'trigger' && one.table
        ? turn('trigger', one.table, one.name, one.kind === 'create-object')
        : []
    case 'other': {
      const name = calledProcedure(one)
      return name ? turn('procedure', nowhere, name) : []
    }
    default:
      return []
  }
}

const nowhere: Name = {text: '', key: '', hole: false, start: 0, end: 0}

/** The tables that come or go as a whole, and take along what they have. */
function wholeTables(one: Operation): readonly string[] {
  if (one.kind === 'create-table' || one.kind === 'drop-table') return [lastPart(one.table).toLowerCase()]
  return one.kind === 'rename-table' ? [one.table, one.to].map((name) => lastPart(name).toLowerCase()) : []
}

const tolerant = /\bIF\s+(?:NOT\s+)?EXISTS\b|\bOR\s+REPLACE\b/i

function isTolerant({statement, start, end}: Operation): boolean {
  return (
    tolerant.test(statement.text.slice(Math.max(0, start - statement.start), end - statement.start)) ||
    tolerant.test(statement.text.slice(0, 60))
  )
}
