/** Columns that a sentence gives to several tables: "All tables have `created_at` and `updated_at`", "`a` and `b` also have `note`". */
import {kept} from '../document/remembered.ts'
import type {SpecDocument} from '../document/types.ts'
import type {Name} from '../sql/model.ts'
import {wordsIn} from './halves.ts'
import {lastPart} from '../sql/implicit.ts'

interface Saying {
  /** In lower case; `undefined` for every table. */
  readonly tables: readonly string[] | undefined
  readonly columns: readonly string[]
}

const sayings = kept<readonly Saying[]>()

/** Whether a sentence of the document says that a table has a column. */
export function isColumnSaid(table: Name, column: Name, document: SpecDocument): boolean {
  const [owner, name] = [table, column].map((one) => lastPart(one).toLowerCase())
  return sayings(document, () => read(document)).some(
    ({tables, columns}) => columns.includes(name ?? '') && (tables === undefined || tables.includes(owner ?? '')),
  )
}

const holds = /\b(?:ha(?:s|ve)|carr(?:y|ies)|contains?|includes?|gets?|shares?|comes? with)\b/i
const everyOne = /\b(?:every|each|all)\b[^`]{0,40}\b(?:tables?|models?|entit(?:y|ies))\b/i
const inCode = /`([A-Za-z_]\w{0,62})`/gu
/** Characters of a sentence that are looked at. */
const longest = 1000

function read(document: SpecDocument): readonly Saying[] {
  const sentences = wordsIn(document, {start: 0, end: document.text.length}).split(
    /(?<=[.!?])\s+|\n(?=[ \t]{0,9}(?:\n|[-*+|#>]|\d+[.)]))/u,
  )
  return sentences.flatMap((whole) => {
    const sentence = whole.slice(0, longest)
    const verb = sentence.includes('`') ? holds.exec(sentence) : null
    if (!verb) return []
    const subject = sentence.slice(0, verb.index)
    const tables = everyOne.test(subject) ? undefined : codesIn(subject)
    const columns = codesIn(sentence.slice(verb.index))
    return columns.length === 0 || tables?.length === 0 ? [] : [{tables, columns}]
  })
}

function codesIn(text: string): readonly string[] {
  return [...text.matchAll(inCode)].map(([, name = '']) => name.toLowerCase())
}
