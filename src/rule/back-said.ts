import {isMeant, isNamed, type Speech, spokenNames} from '../sql/speech/index.ts'
import type {Operation} from '../sql/model.ts'
import type {SpecDocument} from '../document/types.ts'
import {hasName, wordsIn} from './halves.ts'

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

/** Some sentence, wherever it stands, says of a value or its type that it stays: "the two values added to `notice_kind` stay". */
export function isSaidToStay(operation: Operation, document: SpecDocument): boolean {
  if (operation.kind !== 'add-enum-value') return false
  return wordsIn(document, {start: 0, end: document.text.length})
    .split(/(?<=\.)\s|[\n;]/u)
    .some((sentence) => stays.test(sentence) && isNamedIn(operation, sentence))
}

const stays = /\b(?:stays?|remains?|(?:is|are|be) (?:kept|left)|can(?:not|['’]t| not) (?:be )?(?:remove|drop))/i
