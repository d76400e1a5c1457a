import type {Point, Source} from '../document/types.ts'
import type {SuppressedFinding} from '../lint/types.ts'
import type {Severity} from '../rule/types.ts'
import type {Shard} from '../run/shard.ts'
import type {FixedFile, NamedFinding, RunError} from '../run/types.ts'
import type {Paint} from './style.ts'

/** A finding with its file and its lines and columns: what every format is made from. */
export interface Problem extends NamedFinding {
  readonly path: string
  readonly type: string
  readonly from: Point
  readonly to: Point
  readonly source: Source
  /** The comment that suppresses it; such problems stand in `Report.suppressed` alone. */
  readonly suppression?: SuppressedFinding['suppression']
}

export interface Report {
  /** By path, then place. */
  readonly problems: readonly Problem[]
  /** What comments of the documents suppress, by path, then place. */
  readonly suppressed: readonly Problem[]
  readonly errors: readonly RunError[]
  readonly fixed: readonly FixedFile[]
  readonly counts: Counts
  /** Documents that were linted, by path. */
  readonly files: readonly string[]
}

/** What a format needs beside the report. */
export interface FormatOptions {
  readonly paint: Paint
  /** Problems shown at most, in formats for people. */
  readonly limit: number
  /** Path from the repository's root to the working directory, `''` when they are one. */
  readonly prefix: string
  readonly rules: readonly RuleInfo[]
  /** Columns of the terminal; `undefined` where the output is none. */
  readonly width?: number | undefined
  /** Whether the output takes signs beyond ASCII. */
  readonly symbols: boolean
  /** Show what the fix of each problem changes, in formats that can. */
  readonly showFixes?: boolean
  /** Counts by rule beside the problems, in JSON. */
  readonly statistics?: boolean
  /** List suppressed problems as well, in formats that can. */
  readonly includeSuppressed?: boolean
  /** The part of a run that the report is of. */
  readonly shard?: Shard | undefined
}

/** A rule as machine formats describe it. */
export interface RuleInfo {
  readonly id: string
  readonly category: string
  readonly severity: Severity | 'off'
  readonly summary: string
  readonly why: string
  readonly remedy: string
  /** Its page, when it is no rule of ours. */
  readonly url?: string
  /** What it needs beside the document: the change, or an execution. */
  readonly scope?: 'change' | 'proof'
}

export interface Counts {
  readonly files: number
  readonly filesWithProblems: number
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  readonly fixable: number
  readonly fixableUnsafe: number
  readonly suppressed: number
  /** Problems that a baseline holds, and entries of baselines that did not occur any more. */
  readonly baselined: number
  readonly stale: number
  /** Problems that fixes took away, and the files that they changed. */
  readonly fixed: number
  readonly fixedFiles: number
  readonly noType: number
  readonly ignored: number
  readonly durationMs: number
}
