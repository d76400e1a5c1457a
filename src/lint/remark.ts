import {dirname, relative, resolve} from 'node:path'
import type {Root} from 'mdast'
import type {Processor} from 'unified'
import type {VFile} from 'vfile'
import {rules} from '../../rules/index.ts'
import {SpecLintError} from '../config/error.ts'
import {posix, projectRoot} from '../config/files.ts'
import {findConfig, loadConfig, noConfig} from '../config/load.ts'
import {settingsFor} from '../config/settings.ts'
import {loadTypeFor} from '../config/type-files.ts'
import type {Config, Known} from '../config/types.ts'
import {readDocument} from '../document/parse.ts'
import type {SpecDocument} from '../document/types.ts'
import type {Project} from '../rule/types.ts'
import {loadAllSchemaParsers} from '../sql/load.ts'
import {builtinTypes} from '../type/builtin.ts'
import {loadFileValidators} from '../type/values.ts'
import {type Database, databaseFor, databaseOf} from './database.ts'
import {lintPrepared} from './lint.ts'
import {type Prepared, prepareDocument} from './prepare.ts'
import {loadAllRemarkLint, remarkLintOf, remarkLintRules} from './remark-lint.ts'
import {specificationOf} from './specification.ts'
import {today} from './today.ts'
import type {Finding} from './types.ts'
import {createWorkspace} from './workspace.ts'

export interface Options {
  /** Path of a configuration, relative to the working directory; without it, the nearest one above the file. */
  readonly config?: string
  /** Name of a type, or path of a type file: every file is one of it. */
  readonly type?: string
}

// A transformer must not wait: unified-engine takes a file with a fatal message for done before it has come through its queue,
// flushes the others without it, and then waits for it without end. So all that may be needed loads with the module.
const [remarkLint] = await Promise.all([loadAllRemarkLint(), loadAllSchemaParsers(), loadFileValidators()])

const known: Known = {rules, remarkLint: remarkLintRules}

/** remark plug-in: the findings of spec-lint as messages of the file, with the configuration that the command line reads. */
export default function specLint(this: Processor, options: Options = {}): (tree: Root, file: VFile) => undefined {
  const complete = readsAll(this.data().fromMarkdownExtensions)
  return (tree, file) => {
    // In a language server the engine waits for a report that nobody reads; unset, it never writes one.
    if (file.data['lspDocumentUri'] !== undefined) file.data['unifiedEngineGiven'] = false
    // Behind dashes that open no front matter, the parser for it loses all lists and quotes.
    const isWhole = complete && (tree.children[0]?.type === 'yaml' || !/^\uFEFF?---/u.test(String(file)))
    const document = readDocument(String(file), {
      ...(file.path !== undefined && {path: posix(file.path)}),
      ...(isWhole && {tree}),
    })
    try {
      const path = resolve(file.cwd, file.path ?? 'untitled.md')
      const config = configFor(path, options, file.cwd)
      const settings = settingsFor(config, posix(relative(config.root, path)), new Map(), document.typeComment?.name)
      if (settings.ignored) return undefined
      const type = options.type === undefined ? settings.type?.type : loadTypeFor(options.type, file.cwd, file.cwd, {})
      if (!type && !settings.detects) return undefined
      const prepared = prepareDocument(document, builtinTypes(), type, settings.dialect)
      if (!prepared) return undefined
      const project = projectOf(prepared, path, config, file.cwd)
      const ready = {rules, config: settings.rules, project, remarkLint: remarkLintOf(settings.rules, remarkLint)}
      report(lintPrepared(prepared, ready).findings, document, file)
      const database = databaseOf(settings.database)
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

function configFor(path: string, options: Options, cwd: string): Config {
  const found = options.config === undefined ? findConfig(dirname(path)) : resolve(cwd, options.config)
  return found === undefined ? noConfig(cwd) : loadConfig(found, known)
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

/** The world around one file: what it links to, read anew each time, as an editor needs it. */
function projectOf(prepared: Prepared, path: string, config: Config, cwd: string): Project {
  const root = projectRoot(path, cwd)
  const workspace = createWorkspace({
    root,
    today: today(),
    typesOf: (other, stated) => {
      const settings = settingsFor(config, posix(relative(config.root, other)), new Map(), stated)
      return {given: settings.type?.type, detected: settings.detects ? builtinTypes() : []}
    },
  })
  workspace.add(path, {
    anchors: prepared.document.anchors,
    specification: specificationOf(prepared, posix(relative(root, path))),
  })
  return workspace.projectOf(path, prepared.document, databaseFor(databaseOf(config.database), prepared))
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
