import {lstatSync, writeFileSync} from 'node:fs'
import {dirname, join, relative, resolve} from 'node:path'
import {rules} from '../../rules/index.ts'
import {SpecLintError} from '../config/error.ts'
import {posix, projectRoot} from '../config/files.ts'
import {isForPeople, type Output, outputsOf, render} from '../report/formats.ts'
import {statistics} from '../report/statistics.ts'
import {painter, wantsColour} from '../report/style.ts'
import type {FormatOptions, Report} from '../report/types.ts'
import {createTextFile, writeTextFile} from '../run/write.ts'

export interface OutputOptions {
  readonly format?: readonly string[]
  readonly quiet?: boolean
  readonly maxProblems?: number
  readonly showFixes?: boolean
  readonly includeSuppressed?: boolean
  readonly statistics?: boolean
  readonly color: 'auto' | 'always' | 'never' | boolean
}

/** Standard output, unless a document has that for itself. */
type Stream = 'stdout' | 'stderr'

/** Where the report goes; a mistake in `--format` is told before anything is linted. */
export function outputs({format}: OutputOptions, stream: Stream): readonly Output[] {
  const given = format ?? [process.env['SPEC_LINT_FORMAT'] || 'auto']
  return outputsOf(given, {isTerminal: process[stream].isTTY, env: process.env})
}

export function writeReport(
  report: Report,
  to: readonly Output[],
  options: OutputOptions & {readonly shard?: FormatOptions['shard']},
  stream: Stream,
): void {
  const isTerminal = process[stream].isTTY
  const flag = typeof options.color === 'boolean' ? (options.color ? 'always' : 'never') : options.color
  const shared = {prefix: prefixOf(process.cwd()), rules: rules.map((rule) => ({...rule, ...rule.docs}))}
  for (const {format, file} of to) {
    if (file === undefined && isSilent(report, options, format)) continue
    const terminal = file === undefined && isTerminal
    const counts = file === undefined && options.statistics === true && isForPeople(format)
    const view: FormatOptions = {
      ...shared,
      paint: painter(file === undefined && wantsColour(flag, isTerminal, process.env)),
      limit: options.maxProblems ?? (terminal ? 50 : Number.POSITIVE_INFINITY),
      showFixes: options.showFixes === true,
      includeSuppressed: options.includeSuppressed === true,
      statistics: options.statistics === true,
      shard: options.shard,
      width: terminal ? process[stream].columns : undefined,
      symbols: terminal && takesUnicode(process.env),
    }
    const text = counts ? statistics(report) : render(format, report, view)
    if (file === undefined) process[stream].write(text)
    else writeTo(file, text)
  }
}

function isSilent({counts, problems}: Report, {quiet}: OutputOptions, format: string): boolean {
  return isForPeople(format) && (counts.files === 0 || (quiet === true && problems.length === 0))
}

/** A socket can't be opened by its name. */
const streams: Readonly<Record<string, Stream>> = {
  '/dev/stdout': 'stdout',
  '/dev/fd/1': 'stdout',
  '/dev/stderr': 'stderr',
  '/dev/fd/2': 'stderr',
}

/** A regular file is there whole or as it was; what is a pipe, a device or a link is written to. */
function writeTo(file: string, text: string): void {
  const stream = streams[file]
  if (stream) {
    process[stream].write(text)
    return
  }
  const words = replaceWith(file, text)
  if (words !== undefined)
    throw new SpecLintError('format', `The report \`${file}\` was not written. ${words}`, 'Name another file.')
}

/** Why it could not be written. */
function replaceWith(file: string, text: string): string | undefined {
  try {
    const stat = lstatSync(file, {throwIfNoEntry: false})
    if (stat?.isFile() === true) return writeTextFile(file, dirname(resolve(file)), undefined, text)?.message
    if (!stat) return createTextFile(file, text, {force: true, folders: true})?.message
    writeFileSync(file, text)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Path from the repository's root to a folder. */
function prefixOf(folder: string): string {
  return posix(relative(projectRoot(join(folder, 'any.md'), folder), folder))
}

function takesUnicode(env: NodeJS.ProcessEnv): boolean {
  return /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '')
}
