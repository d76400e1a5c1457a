/** What is said of the statements of a way back. */
import type {Span, SpecDocument} from '../document/types.ts'
import {capital} from '../document/words.ts'
import type {Operation} from '../sql/model.ts'
import {operationWords} from '../sql/operation-words.ts'
import {type TooEarly, typeAt} from '../sql/order.ts'
import {tooSoon, type TooSoon} from '../sql/too-soon.ts'
import {outOfTurn} from '../sql/turns.ts'
import type {BackExtra} from './back-extras.ts'
import {isOpen, type MigrationWay} from './halves.ts'
import {userWords} from './lacks.ts'

interface OrderWords {
  readonly what: string
  readonly user: string
  readonly line: number
}

export function orderWords({operation, later}: TooEarly, {source}: SpecDocument): OrderWords {
  return {what: objectWords(operation), user: objectWords(later), line: source.lineOf(later.start)}
}

export function soonWords({operation, later}: TooSoon, {source}: SpecDocument): OrderWords {
  return {user: userWords(operation), what: operationWords(later), line: source.lineOf(later.start)}
}

/** The statement that needs what isn't there yet; of a type the place in it. */
export function soonAt({operation, later}: TooSoon): Span {
  const isType =
    later.kind === 'create-enum' || (later.kind === 'create-object' && /^(?:type|domain)$/u.test(later.what))
  return (isType ? typeAt(operation, later.name) : undefined) ?? operation
}

export function madeAt({later: {start, end}}: TooSoon): {
  readonly related: readonly (Span & {readonly message: string})[]
} {
  return {related: [{start, end, message: 'what it needs'}]}
}

/** What a rollback uses before it makes it; where each step has its own way back, they are read from the last step to the first. */
export function soonIn({up, down}: MigrationWay): readonly TooSoon[] {
  return tooSoon(down.filter((one) => !isOpen(one))).filter(
    ({operation, later}) => !up.some(({start}) => operation.start < start && start < later.start),
  )
}

/** What a statement of the way back does, and what it would take back. */
export function extraWords(
  operation: Operation,
  deed: BackExtra['deed'],
): {readonly deed: string; readonly other: string} {
  const what = objectWords(operation)
  const words: Readonly<Record<BackExtra['deed'], {readonly deed: string; readonly other: string}>> = {
    drops: {deed: `drops ${what}`, other: 'makes it'},
    makes: {deed: `makes ${what}`, other: 'drops it'},
    changes: {deed: `sets ${what.replace(/^the new/u, 'the')}`, other: 'changes it'},
    renames: {deed: what.replace(/^the renaming of/u, 'renames'), other: 'renames it'},
  }
  return words[deed]
}

/** What a drop drops. */
export function objectWords(operation: Operation): string {
  return operationWords(operation).replace(/^the drop of /u, '')
}

interface TurnFault {
  readonly message: 'there' | 'kept' | 'gone' | 'lost'
  readonly at: Span
  readonly words: {readonly what: string; readonly line: number}
  readonly more: {readonly related: readonly (Span & {readonly message: string})[]}
}

/** Statements that make what is there, or drop what is gone. */
export function turnFaults(way: MigrationWay, {source}: SpecDocument): readonly TurnFault[] {
  return outOfTurn(way).map(({operation, former, what}) => {
    const {start, end} = former
    const words = objectWords(operation.kind === 'other' ? former : operation).replace(/^the validation of /u, '')
    const isKept = what === 'there' && way.up.includes(operation) && way.down.includes(former)
    return {
      message: isKept ? 'kept' : what,
      at: operation,
      words: {what: what === 'lost' ? words : capital(words), line: source.lineOf(start)},
      more: {related: [{start, end, message: 'the other statement'}]},
    }
  })
}
