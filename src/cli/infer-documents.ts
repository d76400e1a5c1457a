import {basename, dirname, relative} from 'node:path'
import {SpecLintError} from '../config/error.ts'
import {posix, projectRoot, readTextFile} from '../config/files.ts'
import {typeName} from '../config/templates.ts'
import {readDocument} from '../document/parse.ts'
import {type CorpusInferred, inferFrom} from '../infer/corpus/corpus.ts'
import {type Facts, factsOf} from '../infer/corpus/facts.ts'
import {misfits} from '../infer/corpus/misfits.ts'
import {doubts, type Explained, explained} from '../infer/explain.ts'
import type {Claim} from '../infer/types.ts'
import {show} from '../report/show.ts'
import {plural} from '../report/summary.ts'
import {discover} from '../run/discover.ts'
import {runOptions} from '../run/options.ts'
import {finish, nameGiven, type Options, whereTo} from './infer-result.ts'
import {columns, notice, print} from './io.ts'

const mostDocuments = 10_000
const mostNamed = 20

/** Makes a type of what documents have in common: prints it, explains it, writes it. */
export function inferFromFiles(patterns: readonly string[], options: Options): number {
  const threshold = thresholdOf(options.threshold)
  const {files} = discover(patterns, runOptions())
  if (files.length > mostDocuments)
    throw new SpecLintError('documents', `${files.length} documents are too many`, `Name ${mostDocuments} at most.`)
  const name = nameGiven(options, nameOfFolder(files))
  const inferred = inferFrom(files.flatMap(read), name, threshold)
  if ('problem' in inferred) throw new SpecLintError('documents', inferred.problem, inferred.help)
  finish(inferred, options, undefined)
  if (options.json !== true) {
    print(report(inferred, name, options.explain === true))
    notice(whereTo(options.output, undefined))
  }
  return 0
}

function thresholdOf(given: string | undefined): number {
  const threshold = Number(given ?? '0.95')
  if (threshold > 0.5 && threshold <= 1) return threshold
  throw new SpecLintError('threshold', `\`${given ?? ''}\` is no threshold`, 'Write a number above 0.5, at most 1.')
}

/** `docs/rfcs/*.md` are of the type `rfcs`. */
function nameOfFolder([first]: readonly string[]): string {
  return typeName(first === undefined ? '' : basename(dirname(first)))
}

function read(path: string): readonly Facts[] {
  const shown = posix(relative(process.cwd(), path))
  const found = readTextFile(path, projectRoot(path, process.cwd()))
  if ('problem' in found) {
    notice(`${show(shown)}: ${show(found.problem.message)}.`)
    return []
  }
  return [factsOf(readDocument(found.text, {path: shown}))]
}

function report(inferred: CorpusInferred, name: string, everything: boolean): string {
  const lines = explained(inferred)
  const kept = everything ? lines : lines.filter(({claims}) => claims.every(isMain))
  const rows = kept
    .filter(({depth}, index) => depth > 0 || (kept[index + 1]?.depth ?? 0) > 0)
    .map((line) => [supportOf(line), textOf(line, everything)])
  const unsure = everything ? doubts(inferred).map(({what, doubt}) => [show(what), show(doubt)]) : []
  return [
    `${plural(inferred.documents, 'document')}: type ${name}\n\n`,
    columns([['DOCUMENTS', 'CONSTRAINT'], ...rows]),
    unsure.length > 0 ? `\nNot sure\n${columns(unsure)}` : '',
    aside(inferred),
    strays(inferred),
  ].join('')
}

/** The rest is for `--explain`. */
function isMain({at}: Claim): boolean {
  return /^\/(?:documentTitle|metadata\/schema|ids|outline\/sections)/u.test(at) && !at.endsWith('/order')
}

/** Of the first thing that is said. */
function supportOf({claims}: Explained): string {
  const [first] = claims
  if (!first) return ''
  return `${first.evidence.length} of ${first.evidence.length + first.against.length}`
}

function textOf({depth, what, says, claims}: Explained, everything: boolean): string {
  const lead = `${'  '.repeat(depth)}${show(what)}${what !== '' && says !== '' ? ': ' : ''}${show(says)}`
  const [lacking] = claims.flatMap(({against}) => against)
  if (!everything || !lacking) return lead
  return `${lead} (not ${show(lacking.path ?? '')}:${lacking.line})`
}

function aside({strangers}: CorpusInferred): string {
  if (strangers.length === 0) return ''
  const lines = strangers
    .slice(0, mostNamed)
    .map(({path, has, of}) => `  ${show(path ?? '')}: ${has} of ${of} usual parts\n`)
  return `\nSet aside, since they have little in common with the others\n${lines.join('')}${rest(strangers.length)}`
}

function strays(inferred: CorpusInferred): string {
  const found = misfits(inferred)
  if (found.length === 0) return '\nAll documents fit.\n'
  const lines = found
    .slice(0, mostNamed)
    .map(({path, line, lacks}) => `  ${show(path ?? '')}:${line}: ${lacks.map((words) => show(words)).join('; ')}\n`)
  return `\nDocuments that don't fit\n${lines.join('')}${rest(found.length)}`
}

function rest(count: number): string {
  return count > mostNamed ? `  and ${count - mostNamed} more\n` : ''
}
