import {isMeant, isNamed, type Speech, spokenNames} from '../sql/speech/index.ts'
import type {Operation} from '../sql/model.ts'
import {hasName} from './halves.ts'

/** What can't be read speaks of it, or the words do. */
export function isSaidOfBack(operation: Operation, unread: string, speech: Speech): boolean {
  return isNamedIn(operation, unread) || isSpokenOfBack(operation, speech)
}

/** Whether a text has a name of what an operation is about. */
export function isNamedIn(operation: Operation, text: string): boolean {
  return spokenNames(operation).some((name) => hasName(text, {text: name, key: name, hole: false, start: 0, end: 0}))
}

/** The rollback says of the object that it is dropped in another way, or that it stays. */
export function isSpokenOfBack(operation: Operation, speech: Speech): boolean {
  return (
    isNamed(
      operation,
      {...speech, names: speech.names.filter(({aside, marked, kind}) => !aside && (marked || kind !== undefined))},
      'undo',
    ) || isMeant(operation, {...speech, kinds: speech.kinds.filter(({act}) => act === 'keep')}, 'undo')
  )
}
