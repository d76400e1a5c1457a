import type {LintResult} from '../lint/types.ts'

/** A document that was linted. */
export interface FileResult {
  /** Relative to the working directory, with `/`. */
  readonly path: string
  readonly text: string
  readonly result: LintResult
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
}

/** A file with the text that it had and the one that fixes made of it. */
export interface FixedFile {
  readonly path: string
  readonly before: string
  readonly after: string
  /** The rule of each problem that was fixed. */
  readonly rules: readonly string[]
}
