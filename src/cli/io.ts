import {relative} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {posix} from '../config/files.ts'
import {show} from '../report/show.ts'
import {toJson} from '../report/to-json.ts'

/** Milliseconds for a program whose reader is gone to come to its end, and so to its exit code. */
const farewell = 200

/** A closed pipe (`| head`) is no error; a full disk is one, without a stack. */
export function exitQuietly(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') {
        setTimeout(() => process.exit(), farewell).unref()
        return
      }
      if (stream === process.stdout) notice(`Standard output can't be written: ${error.message}.`)
      process.exit(2)
    })
  }
}

export function print(text: string): void {
  process.stdout.write(text)
}

export function notice(text: string): void {
  process.stderr.write(`spec-lint: ${text}\n`)
}

/** A mistake of the user's in two lines; a bug of ours with where to report it. */
export function reportError(error: unknown, debug: boolean): void {
  if (error instanceof SpecLintError) {
    const file = error.file === undefined ? '' : show(posix(relative(process.cwd(), error.file)) || error.file)
    const place = error.line === undefined ? file : `${file}:${error.line}:${error.column ?? 1}`
    process.stderr.write(
      `spec-lint: ${place === '' ? '' : `${place}: `}${show(error.message)}\n  ${show(error.help)}\n`,
    )
  } else {
    const words = error instanceof Error ? error.message : String(error)
    notice(`This is a bug in spec-lint: ${show(words)}. Report it at https://github.com/spec-lint/spec-lint/issues.`)
  }
  if (debug && error instanceof Error && error.stack !== undefined) process.stderr.write(`${error.stack}\n`)
}

export function printJson(value: unknown): void {
  print(`${toJson(value)}\n`)
}

/** A table with aligned columns, for people. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)))
  return rows
    .map(
      (row) =>
        `${row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  ')}\n`,
    )
    .join('')
}
