import {dirname, resolve} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {posix} from '../config/files.ts'
import {inferFrom, nameOf} from '../config/templates.ts'
import {doubts, explained, outlined} from '../infer/explain.ts'
import type {Inferred} from '../infer/types.ts'
import {show} from '../report/show.ts'
import {inferFromFiles} from './infer-documents.ts'
import {finish, nameGiven, type Options, whereTo} from './infer-result.ts'
import {columns, notice, print} from './io.ts'

/** Makes a type of a template, or of documents: prints it, explains it, writes it. */
export function infer(template: string | undefined, options: Options): number {
  if (options.from !== undefined) {
    if (template !== undefined)
      throw new SpecLintError('flag', 'A type comes from a template or from documents, not from both', 'Leave one out.')
    return inferFromFiles(options.from, options)
  }
  if (template === undefined)
    throw new SpecLintError('flag', 'There is no template', "Name one, or documents: `--from 'docs/rfc/*.md'`.")
  const absolute = resolve(template)
  const name = nameGiven(options, nameOf(template))
  const inferred = inferFrom(absolute, dirname(absolute), template, {}, name)
  finish(inferred, options, absolute)
  if (options.json !== true) {
    print(options.explain === true ? explanation(inferred, template) : summary(inferred, template, name))
    notice(whereTo(options.output, `name the template in spec-lint.yaml: \`template: ${show(posix(template))}\``))
  }
  return 0
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
