import {resolve} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {posix} from '../config/files.ts'
import {nameOf, typeName} from '../config/templates.ts'
import type {Inferred} from '../infer/types.ts'
import {show} from '../report/show.ts'
import {toJson} from '../report/to-json.ts'
import {builtinJson} from '../type/builtin.ts'
import {loadType} from '../type/load.ts'
import {print} from './io.ts'
import {writeNew} from './write-new.ts'

export interface Options {
  readonly from?: readonly string[]
  readonly threshold?: string
  readonly output?: string
  readonly name?: string
  readonly force?: boolean
  readonly explain?: boolean
  readonly json?: boolean
}

const schema = 'https://raw.githubusercontent.com/spec-lint/spec-lint/main/schemas/spec-type.schema.json'

/** By `--name`, by the file to write, or else the one given. */
export function nameGiven({name, output}: Options, otherwise: string): string {
  const given = name ?? (output === undefined ? otherwise : nameOf(output))
  if (given !== typeName(given))
    throw new SpecLintError('name', `\`${given}\` is no name of a type`, `Write \`${typeName(given)}\`.`)
  return given
}

/** Checks the type, writes it where it is asked to, and prints it for `--json`. */
export function finish({json}: Inferred, {output, force, json: isJson}: Options, file: string | undefined): void {
  const loaded = loadType(json, builtinJson)
  if ('problems' in loaded) {
    const [first] = loaded.problems
    throw new SpecLintError(
      'template',
      first?.message ?? "The type can't be read",
      first?.help ?? 'Write a type by hand.',
      file === undefined ? {} : {file},
    )
  }
  const text = toJson({$schema: schema, ...json})
  if (output !== undefined) writeNew(resolve(output), text, {force: force === true})
  if (isJson === true) print(text)
}

export function whereTo(output: string | undefined, otherwise: string | undefined): string {
  if (output !== undefined) return `written to ${show(posix(output))}.`
  return `nothing was written; add \`-o FILE\`${otherwise === undefined ? '' : `, or ${otherwise}`}.`
}
