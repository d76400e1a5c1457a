import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {rules} from '../../rules/index.ts'
import {SpecLintError} from '../config/error.ts'
import {posix, projectRoot} from '../config/files.ts'
import {isForPeople, type Output, outputsOf, render} from '../report/formats.ts'
import {painter, wantsColour} from '../report/style.ts'
import type {FormatOptions, Report} from '../report/types.ts'

export interface OutputOptions {
  readonly format?: readonly string[]
  readonly quiet?: boolean
  readonly maxProblems?: number
  readonly showFixes?: boolean
  readonly includeSuppressed?: boolean
  readonly color: 'auto' | 'always' | 'never' | boolean
}

/** Standard output, unless a document has that for itself. */
type Stream = 'stdout' | 'stderr'

/** Where the report goes; a mistake in `--format` is told before anything is linted. */
export function outputs({format}: OutputOptions, stream: Stream): readonly Output[] {
  const given = format ?? [process.env['SPEC_LINT_FORMAT'] || 'auto']
  return outputsOf(given, {isTerminal: process[stream].isTTY, env: process.env})
}

export function writeReport(report: Report, to: readonly Output[], options: OutputOptions, stream: Stream): void {
  const isTerminal = process[stream].isTTY
  const flag = typeof options.color === 'boolean' ? (options.color ? 'always' : 'never') : options.color
  const shared = {prefix: prefixOf(process.cwd()), rules: rules.map((rule) => ({...rule, ...rule.docs}))}
  for (const {format, file} of to) {
    if (file === undefined && isSilent(report, options, format)) continue
    const terminal = file === undefined && isTerminal
    const text = render(format, report, {
      ...shared,
      paint: painter(file === undefined && wantsColour(flag, isTerminal, process.env)),
      limit: options.maxProblems ?? (terminal ? 50 : Number.POSITIVE_INFINITY),
      showFixes: options.showFixes === true,
      includeSuppressed: options.includeSuppressed === true,
      symbols: terminal && takesUnicode(process.env),
    } satisfies FormatOptions)
    if (file === undefined) process[stream].write(text)
    else writeTo(file, text)
  }
}

function isSilent({counts, problems}: Report, {quiet}: OutputOptions, format: string): boolean {
  return isForPeople(format) && (counts.files === 0 || (quiet === true && problems.length === 0))
}

function writeTo(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), {recursive: true})
    writeFileSync(file, text)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw new SpecLintError('format', `The report \`${file}\` can't be written: ${words}`, 'Name another file.')
  }
}

/** Path from the repository's root to a folder. */
function prefixOf(folder: string): string {
  return posix(relative(projectRoot(join(folder, 'any.md'), folder), folder))
}

function takesUnicode(env: NodeJS.ProcessEnv): boolean {
  return /utf-?8/iu.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '')
}
