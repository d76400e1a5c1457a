import type {Operation} from '../sql/model.ts'
import {isNamedIn} from './back-said.ts'
import {isChangeOfColumn} from './back-speech.ts'
import type {MigrationWay} from './halves.ts'
import {isOddOne} from './left-behind.ts'

/** Words on what becomes of data that no statement brings back. */
const lossWords =
  /\b(?:irreversibl|lost|loss|loses?|losing|back-?ups?|restor|dump|snapshot|archiv|copy|copied|copies|kept|keeps?|stays?|remain|left (?:as|in)|leave|harmless|can(?:no|['’])t|not (?:be )?(?:un|re)|never|one-way|no way back)/i

/** "Up and down again on a copy of staging": where it is tried, no word of what becomes of data. */
const tried =
  /\b(?:on|against)\s+(?:an?|the)\s+(?:\w+\s+){0,2}?(?:copy|dump|snapshot|backup)\s+of\s+(?:the\s+)?(?:prod\w*|staging|live|test|database|data)\b/gi

/** Whether the words of a way back say that something is lost, kept or restored in another way. */
function speaksOfLoss(words: string): boolean {
  return lossWords.test(words.replaceAll(tried, ' '))
}

/** The rollback says what is lost, or has a backup; of a column that only changes it has to speak itself. */
export function isExcused(operation: Operation, all: string, way: Pick<MigrationWay, 'up' | 'down'>): boolean {
  if (isOddOne(operation, way)) return false
  const words = wordsOn(operation, all, way.up)
  const isChange = isChangeOfColumn(operation)
  const about = ofKind[operation.kind]
  if (about) {
    const sentences = words.split(/(?<=[.!?;])\s+|\n/u)
    return sentences.some((one) => (isNamedIn(operation, one) || about.test(one)) && staysAway.test(one))
  }
  const isNamedThere = isNamedIn(operation, words)
  return (
    (isNamedThere ||
      !(isChange || operation.kind in ofKind) ||
      /\brestor|irreversibl|never|one-way|no way back/i.test(words)) &&
    speaksOfLoss(words)
  )
}

const staysAway =
  /\b(?:irreversibl|restor|rebuil|not (?:be )?(?:un|re|brought|made|put)|never|one-way|no way back|lost|loss|can(?:no|['’])t|(?:is|are|be) (?:kept|left)\b|stays?|remains?|back-?ups?)/i

/** What holds no data: that rows stay says nothing of it. */
const ofKind: Readonly<Partial<Record<Operation['kind'], RegExp>>> = {
  'drop-index': /\bindex(?:es)?\b/i,
  'drop-constraint': /\b(?:constraints?|keys?|checks?)\b/i,
}

/** Without the sentences that name what else the migration does: that a value of an enum stays excuses no column. */
function wordsOn(operation: Operation, words: string, up: readonly Operation[]): string {
  const others = up.filter((one) => one !== operation)
  return words
    .split(/(?<=[.!?;])\s+|\n/u)
    .filter((sentence) => isNamedIn(operation, sentence) || !others.some((one) => isNamedIn(one, sentence)))
    .join('\n')
}
