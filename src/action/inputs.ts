import {realpathSync, statSync} from 'node:fs'
import {isAbsolute, relative, resolve} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import type {Environment} from '../run/event.ts'
import {nearest} from '../type/nearest.ts'

const scopes = ['auto', 'all', 'changed-files', 'changed-lines'] as const
const levels = ['error', 'warn', 'info', 'never'] as const

/** What the workflow says below `with:`; the declarations stand in `action.yml`. */
export interface Inputs {
  readonly files: readonly string[]
  readonly config: string | undefined
  /** Absolute, below the workspace. */
  readonly directory: string
  readonly scope: (typeof scopes)[number]
  readonly failOn: (typeof levels)[number]
  readonly maxWarnings: number | undefined
  readonly annotations: boolean
  readonly summary: boolean
  readonly sarifFile: string | undefined
  readonly jsonFile: string | undefined
}

/** Reads them from the variables that the runner sets. A mistake in them is a `SpecLintError`. */
export function readInputs(env: Environment): Inputs {
  const text = (name: string): string | undefined => env[`INPUT_${name.toUpperCase()}`]?.trim() || undefined
  return {
    files: (text('files') ?? '')
      .split(/\r\n|\n|\r/u)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    config: text('config'),
    directory: directoryOf(text('working-directory') ?? '.', env['GITHUB_WORKSPACE'] ?? process.cwd()),
    scope: oneOf('scope', text('scope') ?? 'auto', scopes),
    failOn: oneOf('fail-on', text('fail-on') ?? 'error', levels),
    maxWarnings: numberOf('max-warnings', text('max-warnings')),
    annotations: flagOf('annotations', text('annotations') ?? 'true'),
    summary: flagOf('summary', text('summary') ?? 'true'),
    sarifFile: text('sarif-file'),
    jsonFile: text('json-file'),
  }
}

/** A link may lead out of the workspace as well as dots. */
function directoryOf(given: string, workspace: string): string {
  const directory = resolve(workspace, given)
  if (isOutside(workspace, directory)) throw outside(given)
  if (statSync(directory, {throwIfNoEntry: false})?.isDirectory() !== true)
    throw new SpecLintError(
      'input',
      `\`working-directory: ${given}\` is no directory`,
      'Name a directory of the repository; does the workflow check it out?',
    )
  if (isOutside(realpathSync(workspace), realpathSync(directory))) throw outside(given)
  return directory
}

function isOutside(workspace: string, directory: string): boolean {
  const way = relative(workspace, directory)
  return way.startsWith('..') || isAbsolute(way)
}

function outside(given: string): SpecLintError {
  return new SpecLintError(
    'input',
    `\`working-directory: ${given}\` leads out of the workspace`,
    'Write a path below it.',
  )
}

function oneOf<Name extends string>(input: string, given: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === given)
  if (found !== undefined) return found
  const [near] = nearest(given, names)
  throw new SpecLintError(
    'input',
    `\`${input}\` can't be \`${given}\``,
    near === undefined ? `Write one of ${names.join(', ')}.` : `Write \`${near}\`.`,
  )
}

function numberOf(input: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  if (!/^\d{1,9}$/u.test(given))
    throw new SpecLintError('input', `\`${input}\` can't be \`${given}\``, 'Write a whole number, or leave it out.')
  return Number(given)
}

/** As YAML 1.2 writes them, in the three ways of its core schema. */
function flagOf(input: string, given: string): boolean {
  if (/^(?:true|True|TRUE)$/u.test(given)) return true
  if (/^(?:false|False|FALSE)$/u.test(given)) return false
  throw new SpecLintError('input', `\`${input}\` can't be \`${given}\``, 'Write `true` or `false`.')
}
