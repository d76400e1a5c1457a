import type {Finding, SuppressedFinding} from '../lint/types.ts'

/** What tells a finding from others from run to run. */
interface Name {
  readonly fingerprint: string
  /** For a document that did not change: the file whose change brought it, relative to the working directory. */
  readonly causedBy?: string
}

export type NamedFinding = Finding & Name

/** The findings of a document, by what becomes of them. */
export interface Linted {
  readonly kind: 'linted'
  readonly type: string
  /** Those to report. */
  readonly findings: readonly NamedFinding[]
  /** Those that a comment suppresses. */
  readonly suppressed: readonly (SuppressedFinding & Name)[]
  /** Those that the baseline holds. */
  readonly baselined: readonly NamedFinding[]
}

/** A document that was linted. */
export interface FileResult {
  /** Relative to the working directory, with `/`. */
  readonly path: string
  readonly text: string
  readonly result: Linted
}

/** What kept a file from being linted; the others go on. */
export interface RunError {
  readonly path: string
  readonly code: string
  readonly message: string
}

export interface RunResult {
  /** Documents of a type, in the order of their paths. */
  readonly files: readonly FileResult[]
  readonly errors: readonly RunError[]
  /** Sentences without full stop on what could not be read of the database's files; the rest of it was used. */
  readonly warnings: readonly string[]
  /** Markdown files that are of no type, and those that are ignored. */
  readonly skipped: {readonly noType: readonly string[]; readonly ignored: readonly string[]}
  /** What fixes changed, in the order of the paths; empty when none were asked for. */
  readonly fixed: readonly FixedFile[]
  /** Documents whose configuration asks that their migrations are executed. */
  readonly asking: readonly string[]
  /** Problems of baselines that did not occur any more. */
  readonly stale: readonly StaleEntry[]
}

/** A run over no document. */
export const emptyRun: RunResult = {
  files: [],
  errors: [],
  warnings: [],
  skipped: {noType: [], ignored: []},
  fixed: [],
  asking: [],
  stale: [],
}

/** A problem of a baseline that is solved. */
export interface StaleEntry {
  /** The baseline, relative to the working directory, with `/`. */
  readonly baseline: string
  /** From the root of the project, with `/`. */
  readonly path: string
  readonly fingerprint: string
}

/** A file with the text that it had and the one that fixes made of it. */
export interface FixedFile {
  readonly path: string
  readonly before: string
  readonly after: string
  /** The rule of each problem that was fixed. */
  readonly rules: readonly string[]
}
