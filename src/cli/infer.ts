import {dirname, resolve} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {posix} from '../config/files.ts'
import {inferFrom, nameOf, typeName} from '../config/templates.ts'
import {doubts, explained, outlined} from '../infer/explain.ts'
import type {Inferred} from '../infer/types.ts'
import {show} from '../report/show.ts'
import {toJson} from '../report/to-json.ts'
import {builtinJson} from '../type/builtin.ts'
import {loadType} from '../type/load.ts'
import {columns, notice, print} from './io.ts'
import {writeNew} from './write-new.ts'

interface Options {
  readonly output?: string
  readonly name?: string
  readonly force?: boolean
  readonly explain?: boolean
  readonly json?: boolean
}

const schema = 'https://raw.githubusercontent.com/spec-lint/spec-lint/main/schemas/spec-type.schema.json'

/** Compiles a template into a type: prints it, explains it, writes it. */
export function infer(path: string, options: Options): number {
  const absolute = resolve(path)
  const name = options.name ?? (options.output === undefined ? nameOf(path) : nameOf(options.output))
  if (name !== typeName(name))
    throw new SpecLintError('name', `\`${name}\` is no name of a type`, `Write \`${typeName(name)}\`.`)
  const inferred = inferFrom(absolute, dirname(absolute), path, {}, name)
  const loaded = loadType(inferred.json, builtinJson)
  if ('problems' in loaded) {
    const [first] = loaded.problems
    throw new SpecLintError(
      'template',
      first?.message ?? "The type can't be read",
      first?.help ?? 'Write a type by hand.',
      {file: absolute},
    )
  }
  const text = toJson({$schema: schema, ...inferred.json})
  if (options.output !== undefined) writeNew(resolve(options.output), text, {force: options.force === true})
  if (options.json === true) print(text)
  else print(options.explain === true ? explanation(inferred, path) : summary(inferred, path, name))
  if (options.json !== true) notice(whereTo(options.output, path))
  return 0
}

function whereTo(output: string | undefined, path: string): string {
  return output === undefined
    ? `nothing was written; add \`-o FILE\`, or name the template in spec-lint.yaml: \`template: ${show(posix(path))}\`.`
    : `written to ${show(posix(output))}.`
}

function summary(inferred: Inferred, path: string, name: string): string {
  const unsure = doubts(inferred).length
  const lines = [
    `${show(posix(path))}: type ${name}`,
    ...outlined(inferred).map((line) => `  ${show(line)}`),
    ...(unsure > 0
      ? [`${unsure} ${unsure === 1 ? 'constraint is a guess' : 'constraints are guesses'}; \`--explain\` lists them.`]
      : []),
  ]
  return `${lines.join('\n')}\n`
}

function explanation(inferred: Inferred, path: string): string {
  const rows = explained(inferred).map(({depth, what, says, lines}) => [
    lines.length === 0 ? '' : `${lines[0] ?? ''}${lines.length > 1 ? ` (${lines.slice(1, 4).join(', ')})` : ''}`,
    `${'  '.repeat(depth)}${show(what)}${what !== '' && says !== '' ? ': ' : ''}${show(says)}`,
  ])
  const unsure = doubts(inferred).map(({line, what, doubt}) => [String(line), `${show(what)}: ${show(doubt)}`])
  return [
    `${show(posix(path))}\n\n`,
    columns([['LINE', 'CONSTRAINT'], ...rows]),
    ...(unsure.length > 0 ? ['\nNot sure\n', columns([['LINE', ''], ...unsure])] : ['\nNothing was a guess.\n']),
  ].join('')
}
