import {SpecLintError} from '../config/error.ts'
import {unifiedDiff} from '../report/diff.ts'
import {reportOf} from '../report/report.ts'
import {show} from '../report/show.ts'
import {plural} from '../report/summary.ts'
import type {Report} from '../report/types.ts'
import {fixPaths} from '../run/fix.ts'
import {listPaths} from '../run/list.ts'
import {lintPaths} from '../run/run.ts'
import {shardOf} from '../run/shard.ts'
import type {RunOptions} from '../run/options.ts'
import type {RunResult} from '../run/types.ts'
import {compileOnce, growSlowly, isDocument, optimizeLate} from '../run/v8.ts'
import {exitCode, tellTooMany} from './exit-code.ts'
import {notice, print} from './io.ts'
import {type Options, optionsOf} from './lint-options.ts'
import {outputs, writeReport} from './output.ts'
import {progressOn} from './progress.ts'
import {readStdin} from './stdin.ts'
import {timing} from './timing.ts'

/** Documents from which on memory counts more than the time for it. */
const many = 50

export async function lint(paths: readonly string[], given: object): Promise<number> {
  // commander's options, by the declarations in `program.ts`.
  const options = given as Options
  checkFlags(options, paths)
  if (paths.length === 0 || paths.length > many || !paths.every((path) => isDocument(path))) growSlowly()
  compileOnce()
  optimizeLate()
  if (options.watch !== true) return once(paths, options)
  const written = outputs(options, 'stdout').flatMap(({file}) => file ?? [])
  const {watch} = await import('./watch.ts')
  return watch({options: optionsOf(options), written, run: () => once(paths, options), debug: options.debug === true})
}

async function once(paths: readonly string[], options: Options): Promise<number> {
  const started = performance.now()
  const isStdin = options.stdin === true || paths.includes('-')
  // The document has standard output for itself.
  const asFilter = isStdin && options.fix === true && options.diff !== true
  const stream = asFilter ? 'stderr' : 'stdout'
  const to = outputs(options, stream)
  const times = timing()
  const progress = progressOn(process.stderr, process.env)
  const watchers = {progress: progress.tell, measure: options.timing === true ? times.measure : undefined}
  if (options.listFiles === true) {
    const listed = isStdin ? [options.stdinFilename ?? '<stdin>'] : listPaths(paths, optionsOf(options))
    print(listed.map((path) => `${show(path)}\n`).join(''))
    return 0
  }
  const stdin = isStdin ? await readStdin(options, watchers) : undefined
  const linted = stdin?.run ?? (await runPaths(paths, options, watchers).finally(progress.clear))
  const run = await proved(linted, options)
  if (options.timing === true) process.stderr.write(times.table())
  if (asFilter && stdin) process.stdout.write(stdin.document)
  const report = reportOf(run, performance.now() - started, options.quiet === true)
  for (const warning of run.warnings) notice(`${show(warning)}.`)
  for (const {path, message} of run.errors) notice(`${show(path)}: ${show(message)}.`)
  if (options.diff === true) return printDiff(report)
  const shard = options.shard === undefined ? undefined : shardOf(options.shard)
  writeReport(report, to, {...options, shard}, stream)
  explainNothing(run, options)
  const isStale = tellStale(report, run, options)
  const code = exitCode(report, options)
  tellTooMany(report, options)
  return code === 0 && isStale ? 1 : code
}

/** Executes what a configuration asks to be executed; of a patch, nothing. */
async function proved(run: RunResult, options: Options): Promise<RunResult> {
  if (run.asking.length === 0 || options.diff === true) return run
  const {withProofs} = await import('../verify/lint.ts')
  return withProofs(run, optionsOf(options))
}

function checkFlags({fix, diff, unsafeFixes, watch, stdin}: Options, paths: readonly string[]): void {
  if (watch === true && (stdin === true || paths.includes('-')))
    throw new SpecLintError('flag', 'Standard input can not be watched', 'Name files or directories.')
  if (unsafeFixes === true && fix !== true && diff !== true)
    throw new SpecLintError('flag', '`--unsafe-fixes` alone fixes nothing', 'Add `--fix`, or `--diff` to see them.')
}

function runPaths(paths: readonly string[], options: Options, watchers: Partial<RunOptions>): Promise<RunResult> {
  const {fix, diff, unsafeFixes} = options
  return fix === true || diff === true
    ? fixPaths(paths, optionsOf(options, watchers), {unsafe: unsafeFixes === true, write: diff !== true})
    : lintPaths(paths, optionsOf(options, watchers))
}

/** The patch alone, for other programs to read; how much it is on standard error. */
function printDiff({fixed, counts, problems, errors}: Report): number {
  print(unifiedDiff(fixed))
  notice(
    fixed.length === 0
      ? 'There is nothing to fix.'
      : `Would fix ${plural(counts.fixed, 'problem')} in ${plural(counts.fixedFiles, 'file')}.`,
  )
  if (errors.length > 0 || problems.some(({ruleId}) => ruleId === 'internal-error')) return 2
  return fixed.length > 0 ? 1 : 0
}

/** Whether solved problems in a baseline are a failure; they keep new ones with the same name from being seen. */
function tellStale({counts: {stale}}: Report, run: RunResult, options: Options): boolean {
  if (stale === 0) return false
  const names = [...new Set(run.stale.map(({baseline}) => show(baseline)))].join(', ')
  notice(
    `${plural(stale, 'problem')} in ${names} no longer ${stale === 1 ? 'occurs' : 'occur'}. Run \`spec-lint baseline prune${flagOf('baseline', options.baseline)}${flagOf('config', options.config)}\`.`,
  )
  return options.allowStaleBaseline !== true
}

/** A flag as it was given, for a command that has to have it too. */
function flagOf(flag: string, value: string | boolean | undefined): string {
  return typeof value === 'string' ? ` --${flag} ${show(value)}` : ''
}

/** Why nothing was linted. */
function explainNothing({files, errors, skipped}: RunResult, {changed, staged}: Options): void {
  if (files.length > 0 || errors.length > 0) return
  if (changed !== undefined || staged === true) {
    notice('no file to check. No document changed, and none depends on what did.')
    return
  }
  const {noType, ignored} = skipped
  const all = noType.length + ignored.length
  const found =
    all === 0
      ? 'No Markdown file was found.'
      : `${all} Markdown ${all === 1 ? 'file was' : 'files were'} found: ${noType.length} of no type, ${ignored.length} ignored. Run \`spec-lint inspect FILE\`.`
  notice(`no file to check. ${found}`)
}
