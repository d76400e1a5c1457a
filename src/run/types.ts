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
}
