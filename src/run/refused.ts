import {SpecLintError} from '../config/error.ts'
import type {ReadProblem} from '../config/files.ts'
import type {RunError} from './types.ts'

/** As a document that is too large is called, whatever else may be. */
export function toldOf({code, message}: ReadProblem): Omit<RunError, 'path'> {
  return code === 'too-large'
    ? {code: 'document-too-large', message: `${message}. \`limits.bytes\` in the configuration allows more`}
    : {code, message}
}

/** Of a document that took longer than it may. */
export function timeout(seconds: number): Omit<RunError, 'path'> {
  return {
    code: 'document-timeout',
    message: `Reading it was stopped after ${Math.round(seconds * 10) / 10} s; something in it nests or repeats more than Markdown's parser takes. \`limits.seconds\` in the configuration allows more`,
  }
}

/** What the parser could not take; the other files go on. */
export function unreadable(error: unknown): Omit<RunError, 'path'> {
  if (error instanceof RangeError) return {code: 'too-deep', message: 'It is nested too deeply to be read'}
  if (error instanceof SpecLintError) throw error
  const words = error instanceof Error ? error.message : String(error)
  return {code: 'internal-error', message: `This is a bug in spec-lint: ${words}`}
}
