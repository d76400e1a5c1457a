import {SpecLintError} from '../config/error.ts'
import {nearest} from '../type/nearest.ts'
import {agent} from './agent.ts'
import {checkstyle} from './checkstyle.ts'
import {compact} from './compact.ts'
import {github} from './github.ts'
import {gitlab} from './gitlab.ts'
import {json} from './json.ts'
import {jsonl} from './jsonl.ts'
import {junit} from './junit.ts'
import {markdown} from './markdown.ts'
import {pretty} from './pretty.ts'
import {rdjson} from './rdjson.ts'
import {sarif} from './sarif.ts'
import {stylish} from './stylish.ts'
import type {FormatOptions, Report} from './types.ts'

type Formatter = (report: Report, options: FormatOptions) => string

const formats = new Map<string, Formatter>(
  Object.entries({
    pretty,
    stylish,
    compact,
    agent,
    json,
    jsonl,
    github,
    markdown,
    sarif,
    gitlab,
    junit,
    checkstyle,
    rdjson,
  }),
)

/** For people: with nothing to say they say nothing under `--quiet`, where a document for a machine is always whole. */
const forPeople: ReadonlySet<string> = new Set(['pretty', 'stylish', 'compact', 'agent', 'github'])

export const formatNames: readonly string[] = ['auto', ...formats.keys()]

/** Where a format goes: to standard output, or to a file. */
export interface Output {
  readonly format: string
  readonly file: string | undefined
}

export interface Surroundings {
  readonly isTerminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Reads `--format NAME[=FILE]`, as often as it was given. A mistake of the call throws `SpecLintError`. */
export function outputsOf(given: readonly string[], around: Surroundings): readonly Output[] {
  const outputs = given.map((value): Output => {
    const [name = '', ...file] = value.split('=')
    const path = value.includes('=') ? file.join('=') : undefined
    if (path === '')
      throw new SpecLintError('format', `\`--format ${value}\` names no file`, `Write \`--format ${name}=report.txt\`.`)
    return {format: formatFor(name, path === undefined ? around : {...around, isTerminal: false}), file: path}
  })
  const [, second] = outputs.filter(({file}) => file === undefined)
  if (second)
    throw new SpecLintError(
      'format',
      'Two formats would go to standard output',
      `Give one of them a file: \`--format ${second.format}=report.txt\`.`,
    )
  return outputs
}

/** The format that a name stands for; an unknown name is a mistake of the call. */
function formatFor(name: string, {isTerminal, env}: Surroundings): string {
  if (name === 'auto') return isTerminal ? 'pretty' : env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'compact'
  if (formats.has(name)) return name
  const [near] = nearest(name, formatNames)
  throw new SpecLintError(
    'format',
    `There is no format \`${name}\``,
    near === undefined ? `The formats are ${formatNames.join(', ')}.` : `Perhaps you meant \`${near}\`.`,
  )
}

export function isForPeople(format: string): boolean {
  return forPeople.has(format)
}

export function render(format: string, report: Report, options: FormatOptions): string {
  return formats.get(format)?.(report, options) ?? ''
}
