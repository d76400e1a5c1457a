import type {Answer, Fact} from './engine.ts'
import type {RunOptions} from './options.ts'

/** What a thread is told; it answers each message with one `done` or `failed`, before the next is sent. */
export type ToWorker =
  | {readonly kind: 'read'; readonly files: readonly string[]; readonly keep: boolean}
  | {readonly kind: 'know'; readonly facts: readonly Fact[]}
  | {readonly kind: 'lint'; readonly paths: readonly string[]}
  | {readonly kind: 'warnings'}

export type FromWorker =
  | {readonly kind: 'answer'; readonly answer: Answer}
  | {readonly kind: 'done'; readonly value: unknown}
  | {
      readonly kind: 'failed'
      readonly message: string
      readonly stack: string | undefined
      /** For a mistake of the user's. */
      readonly mistake: Mistake | undefined
    }

interface Mistake {
  readonly code: string
  readonly help: string
  readonly file: string | undefined
  readonly line: number | undefined
  readonly column: number | undefined
}

export interface WorkerSettings {
  /** Without what can't be sent: functions. */
  readonly options: RunOptions
  readonly measures: boolean
}
