import {isMeant, isNamed, type Speech, spokenNames} from '../sql/speech/index.ts'
import type {Name, Operation} from '../sql/model.ts'
import {hasName} from './halves.ts'

/** What can't be read speaks of it, or the words do. */
export function isSaidOfBack(operation: Operation, unread: string, speech: Speech): boolean {
  return spokenNames(operation).some((name) => hasName(unread, nameOf(name))) || isSpokenOfBack(operation, speech)
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

function nameOf(text: string): Name {
  return {text, key: text, hole: false, start: 0, end: 0}
}
