import {readFileSync} from 'node:fs'
import {isUtf8} from 'node:buffer'
import {SpecLintError} from '../config/error.ts'
import {fixInput} from '../run/fix.ts'
import {warningsOf} from '../run/one.ts'
import {inputOf, isIgnored, lintInput} from '../run/run.ts'
import type {RunOptions} from '../run/options.ts'
import {emptyRun, type RunResult} from '../run/types.ts'
import {type Options, optionsOf} from './lint-options.ts'

/** What came of standard input: the run, and the document as it goes to standard output. */
export interface StdinResult {
  readonly run: RunResult
  readonly document: string | Buffer
}

/** Lints the document on standard input, or fixes it. */
export async function readStdin(options: Options, watchers: Partial<RunOptions> = {}): Promise<StdinResult> {
  const path = options.stdinFilename
  if (path === undefined && options.type === undefined)
    throw new SpecLintError(
      'stdin',
      '`--stdin` needs a name or a type',
      'Add `--stdin-filename docs/prd/0007.md` or `--type prd`.',
    )
  const bytes = readFileSync(0)
  const name = path ?? '<stdin>'
  if (!isUtf8(bytes) || bytes.includes(0)) {
    const error = {path: name, code: 'not-utf8', message: 'Standard input is not UTF-8 text'}
    return {run: {...emptyRun, errors: [error]}, document: bytes}
  }
  if (path !== undefined && isIgnored(path, optionsOf(options)))
    return {run: {...emptyRun, skipped: {...emptyRun.skipped, ignored: [path]}}, document: bytes}
  const text = bytes.toString('utf8')
  const noType = {run: {...emptyRun, skipped: {...emptyRun.skipped, noType: [name]}}, document: bytes}
  if (options.fix !== true && options.diff !== true) {
    const ready = inputOf(text, name, optionsOf(options, watchers))
    if (!ready) return noType
    const result = await lintInput(ready, optionsOf(options, watchers))
    return {run: {...emptyRun, files: [{path: name, text, result}], warnings: warningsOf([ready])}, document: bytes}
  }
  const fixed = await fixInput(text, name, optionsOf(options, watchers), options.unsafeFixes === true)
  if (!fixed) return noType
  const {file, warnings} = fixed
  return {run: {...emptyRun, files: [file], warnings, fixed: fixed.fixed}, document: file.text}
}
