import type {Span} from '../../document/types.ts'
import type {Dialect, Name, Operation} from '../model.ts'

/** What a statement does to a table that is there and in use. */
export type DangerKind =
  | 'notNull'
  | 'setNotNull'
  | 'unproven'
  | 'typeChange'
  | 'rewrite'
  | 'index'
  | 'dropIndex'
  | 'constraint'
  | 'copied'
  | 'key'
  | 'loss'
  | 'emptied'
  | 'rename'
  | 'backfill'

export interface Danger {
  readonly kind: DangerKind
  readonly operation: Operation
  readonly table: Name
  /** By which a plan may speak of it: the column, the index, the constraint; the table where it is the table itself. */
  readonly names: readonly Name[]
  /** Subject of the reason, in backquotes where it is a name. */
  readonly what: string
  /** Which lock, and for how long; what fails or is lost. Sentences. */
  readonly effect: string
  /** The safe way, as sentences with statements. */
  readonly way: string
  /** Where one edit takes the safe way. */
  readonly fix?: {readonly title: string; readonly edits: readonly (Span & {readonly text: string})[]}
}

/** What has to be known of the document around an operation. */
export interface Surroundings {
  /** `undefined` where the dialect is a guess. */
  readonly dialect: Dialect | undefined
  /** Of the same way, in order. */
  readonly operations: readonly Operation[]
  /** The way back: it tells what was there. */
  readonly down: readonly Operation[]
  /** The Markdown file. */
  readonly text: string
}

/** A name as the document writes it, quotes included. */
export function written({start, end}: Span, {text}: Surroundings): string {
  return text.slice(start, end)
}
