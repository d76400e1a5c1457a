import type {Point, Source} from '../document/types.ts'
import type {Finding} from '../lint/types.ts'
import type {RunError} from '../run/types.ts'

/** A finding with its file and its lines and columns: what every format is made from. */
export interface Problem extends Finding {
  readonly path: string
  readonly type: string
  readonly from: Point
  readonly to: Point
  readonly source: Source
}

export interface Report {
  /** By path, then place. */
  readonly problems: readonly Problem[]
  readonly errors: readonly RunError[]
  readonly counts: Counts
}

export interface Counts {
  readonly files: number
  readonly filesWithProblems: number
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  readonly fixable: number
  readonly fixableUnsafe: number
  readonly noType: number
  readonly ignored: number
  readonly durationMs: number
}
