import type {Span} from '../document/types.ts'
import type {Related} from './related-place.ts'

type More = Related & {readonly expected?: readonly string[]}

interface Words {
  readonly column: string
  readonly table: string
  readonly code: string
  readonly described: string
  readonly actual: string
  readonly right: string
  readonly here: string
  readonly there: string
  readonly line: number
}

/** Something that two places say otherwise of a column: the message, where it stands, the words of its slots. */
export interface ColumnFault {
  readonly message:
    | 'undefined'
    | 'type'
    | 'nullable'
    | 'default'
    | 'noDefault'
    | 'moreDefault'
    | 'copy'
    | 'key'
    | 'leftOut'
    | 'constraint'
    | 'index'
    | 'uniqueIndex'
    | 'check'
    | 'unaltered'
  readonly at: Span
  readonly words: Words
  readonly more: More
}

/** Words for a message that has no slot for most of them. */
export const none: Words = {
  column: '',
  table: '',
  code: '',
  described: '',
  actual: '',
  right: '',
  here: '',
  there: '',
  line: 0,
}
