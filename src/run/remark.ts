import {dirname, relative, resolve} from 'node:path'
import type {Root} from 'mdast'
import type {Processor} from 'unified'
import type {VFile} from 'vfile'
import {SpecLintError} from '../config/error.ts'
import {posix} from '../config/files.ts'
import {loadTypeFor} from '../config/type-files.ts'
import type {SpecDocument} from '../document/types.ts'
import {type Database, databaseFor, databaseOf} from '../lint/database.ts'
import {lintPrepared} from '../lint/lint.ts'
import {type Question, recorded} from '../lint/questions.ts'
import {loadAllRemarkLint, remarkLintOf} from '../lint/remark-lint.ts'
import type {Finding} from '../lint/types.ts'
import {loadAllSchemaParsers} from '../sql/load.ts'
import {loadFileValidators} from '../type/values.ts'
import {withoutBaseline} from './baseline.ts'
import {named} from './named.ts'
import {known, type RunOptions, runOptions} from './options.ts'
import {othersThat} from './others.ts'
import {fileSettings, type Finders, findersOf, readAll, type Readied, readyText} from './read.ts'
import type {Linted} from './types.ts'

export interface Options {
  /** Path of a configuration, relative to the working directory; without it, the nearest one above the file. */
  readonly config?: string
  /** Name of a type, or path of a type file: every file is one of it. */
  readonly type?: string
}

// A transformer must not wait: unified-engine takes a file with a fatal message for done before it has come through its queue,
// flushes the others without it, and then waits for it without end. So all that may be needed loads with the module.
const [remarkLint] = await Promise.all([loadAllRemarkLint(), loadAllSchemaParsers(), loadFileValidators()])

/** remark plug-in: the findings of spec-lint as messages of the file, with the configuration that the command line reads. */
export default function specLint(this: Processor, options: Options = {}): (tree: Root, file: VFile) => undefined {
  const complete = readsAll(this.data().fromMarkdownExtensions)
  return (tree, file) => {
    // In a language server the engine waits for a report that nobody reads; unset, it never writes one.
    if (file.data['lspDocumentUri'] !== undefined) file.data['unifiedEngineGiven'] = false
    // Behind dashes that open no front matter, the parser for it loses all lists and quotes.
    const isWhole = complete && (tree.children[0]?.type === 'yaml' || !/^\uFEFF?---/u.test(String(file)))
    try {
      const path = resolve(file.cwd, file.path ?? 'untitled.md')
      const type = options.type === undefined ? undefined : loadTypeFor(options.type, file.cwd, file.cwd, {})
      const given = runOptions({cwd: file.cwd, type, ...(options.config !== undefined && {config: options.config})})
      const finders = findersOf(given)
      if (fileSettings(path, finders.configOf(dirname(path)), given).ignored) return undefined
      const one = readyText(String(file), path, finders, given, isWhole ? {tree} : {})
      if (!one) return undefined
      report(lintAmongOthers(one, finders, given).findings, one.prepared.document, file)
      const database = databaseOf(one.settings.database)
      if (database) warn(database, file)
      return undefined
    } catch (error) {
      if (!(error instanceof SpecLintError)) throw error
      const place =
        error.file === undefined
          ? ''
          : `${posix(relative(file.cwd, error.file))}${error.line === undefined ? '' : `:${error.line}:${error.column ?? 1}`}: `
      const message = file.message(`${place}${error.message}`, {
        place: {line: 1, column: 1, offset: 0},
        ruleId: error.code,
        source: 'spec-lint',
      })
      message.note = error.help
      message.fatal = true
      return undefined
    }
  }
}

/** Of the other documents those that it links to are read, and where it needs them, those that it names. */
function lintAmongOthers(one: Readied, finders: Finders, options: RunOptions): Linted {
  const {linted, questions} = lintOne(one)
  const others = othersThat({files: [one.path], questions, isStale: false}, finders, options)
  if (others.length === 0) return linted
  readAll({files: others, ignored: []}, options, finders)
  return lintOne(one).linted
}

function lintOne(one: Readied): {readonly linted: Linted; readonly questions: readonly Question[]} {
  const {prepared, path, settings, workspace} = one
  const database = databaseFor(databaseOf(settings.database), prepared)
  const {project, questions} = recorded(workspace.projectOf(path, prepared.document, database), () => '')
  const lint = {
    rules: known.rules,
    config: settings.rules,
    project,
    remarkLint: remarkLintOf(settings.rules, remarkLint),
  }
  return {linted: withoutBaseline(named(lintPrepared(prepared, lint), one), one), questions: questions()}
}

/** Whether the pipeline parses front matter and tables; else we parse the text ourselves. */
function readsAll(extensions: unknown): boolean {
  const flat: readonly unknown[] = Array.isArray(extensions) ? (extensions.flat(5) as readonly unknown[]) : []
  const enters = (name: string): boolean =>
    flat.some(
      (one) =>
        typeof one === 'object' &&
        one !== null &&
        'enter' in one &&
        typeof one.enter === 'object' &&
        one.enter !== null &&
        name in one.enter,
    )
  return enters('yaml') && enters('table')
}

const warned = new WeakSet<Database>()

/** What could not be read of the database's files is said once. */
function warn(database: Database, file: VFile): void {
  const warnings = database.warnings()
  if (warnings.length === 0 || warned.has(database)) return
  warned.add(database)
  for (const warning of warnings) file.info(warning, {ruleId: 'schema', source: 'spec-lint'})
}

function report(findings: readonly Finding[], document: SpecDocument, file: VFile): void {
  for (const finding of findings) addMessage(finding, document, file)
}

const fatal = {error: true, warning: false, info: undefined} as const

function addMessage(finding: Finding, {source}: SpecDocument, file: VFile): void {
  const foreign = finding.ruleId.startsWith('remark-lint/')
  const place = {start: source.pointOf(finding.start), end: source.pointOf(finding.end)}
  const message = file.message(finding.reason, {
    place,
    ruleId: foreign ? finding.ruleId.slice('remark-lint/'.length) : finding.ruleId,
    source: foreign ? 'remark-lint' : 'spec-lint',
  })
  const {[finding.severity]: level} = fatal
  message.fatal = level
  message.note = finding.note
  message.url = finding.url
  message.actual = finding.actual
  message.expected = [...finding.expected]
  Object.assign(message, {specLint: {severity: finding.severity, fix: finding.fix, related: finding.related}})
}
