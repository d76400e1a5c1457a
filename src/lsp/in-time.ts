import {SpecLintError} from '../config/error.ts'
import {within} from '../lint/within.ts'
import {timeout, unreadable} from '../run/refused.ts'
import type {RunError} from '../run/types.ts'

/** Reads a document; a `SpecLintError` for one that takes longer than so many seconds, or nests too deeply. */
export type Reader = <T>(document: string, seconds: number, read: () => T) => T

/** Of the time, the part that documents which take too long may keep an editor waiting. */
const rest = 10

/** A document that was stopped is left alone for ten times as long, however often it is changed: the others are being edited too. */
export function createReader(now: () => number = () => performance.now()): Reader {
  const waits = new Map<string, {readonly until: number; readonly refusal: SpecLintError}>()
  return (document, seconds, read) => {
    const wait = waits.get(document)
    const started = now()
    if (wait && started < wait.until) throw wait.refusal
    waits.delete(document)
    const made = attempt(seconds, read)
    if (made) return made.value
    const refusal = refused(timeout(seconds), 'Make the document smaller.')
    waits.set(document, {until: now() + rest * (now() - started), refusal})
    throw refusal
  }
}

function attempt<T>(seconds: number, read: () => T): {readonly value: T} | undefined {
  try {
    return within(seconds, read)
  } catch (error) {
    throw error instanceof RangeError ? refused(unreadable(error), 'Nest its lists and quotes less deeply.') : error
  }
}

function refused({code, message}: Pick<RunError, 'code' | 'message'>, help: string): SpecLintError {
  return new SpecLintError(code, message, help)
}
