/** A mistake of the user's: a flag, a configuration, a path. It is printed without a stack and ends with exit code 2. */
export class SpecLintError extends Error {
  readonly code: string
  readonly help: string
  /** File of the mistake, with its 1-based place where it is known. */
  readonly file: string | undefined
  readonly line: number | undefined
  readonly column: number | undefined

  constructor(
    code: string,
    message: string,
    help: string,
    place: {readonly file?: string; readonly line?: number; readonly column?: number} = {},
  ) {
    super(message)
    this.name = 'SpecLintError'
    this.code = code
    this.help = help
    this.file = place.file
    this.line = place.line
    this.column = place.column
  }
}
