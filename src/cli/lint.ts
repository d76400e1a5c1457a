import {readFileSync} from 'node:fs'
import {isUtf8} from 'node:buffer'
import {rules} from '../../rules/index.ts'
import {SpecLintError} from '../config/error.ts'
import {ruleConfig} from '../config/load.ts'
import type {RuleConfigs} from '../config/types.ts'
import {remarkLintRules} from '../lint/remark-lint.ts'
import {isForPeople} from '../report/formats.ts'
import {reportOf} from '../report/report.ts'
import {show} from '../report/show.ts'
import type {Report} from '../report/types.ts'
import {type RunOptions, runOptions} from '../run/options.ts'
import {lintInput, lintPaths} from '../run/run.ts'
import type {RunResult} from '../run/types.ts'
import {nearest} from '../type/nearest.ts'
import {columns, notice, print} from './io.ts'
import {type OutputOptions, outputs, writeReport} from './output.ts'
import {typeGiven} from './type-given.ts'

interface Options extends OutputOptions {
  readonly config?: string | boolean
  readonly type?: string
  readonly rule?: readonly string[]
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly maxWarnings?: number
  readonly failOn: 'error' | 'warn' | 'warning' | 'info' | 'never'
  readonly statistics?: boolean
  readonly stdin?: boolean
  readonly stdinFilename?: string
  readonly ignorePattern?: readonly string[]
  readonly ignore: boolean
  readonly errorOnUnmatched: boolean
  readonly listFiles?: boolean
}

export async function lint(paths: readonly string[], given: object): Promise<number> {
  // commander's options, by the declarations in `program.ts`.
  const options = given as Options
  const started = performance.now()
  const to = outputs(options)
  const run =
    options.stdin === true || paths.includes('-')
      ? await lintStdin(options)
      : await lintPaths(paths, optionsOf(options))
  if (options.listFiles === true) {
    print(run.files.map(({path}) => `${show(path)}\n`).join(''))
    return 0
  }
  const report = reportOf(run, performance.now() - started, options.quiet === true)
  for (const warning of run.warnings) notice(`${show(warning)}.`)
  for (const {path, message} of run.errors) notice(`${show(path)}: ${show(message)}.`)
  const isCount = options.statistics === true && to.some(({format, file}) => file === undefined && isForPeople(format))
  if (isCount) print(statistics(report))
  writeReport(report, isCount ? to.filter(({file}) => file !== undefined) : to, options)
  explainNothing(run)
  return exitCode(report, options)
}

function optionsOf(options: Options): RunOptions {
  for (const id of [...(options.only ?? []), ...(options.skip ?? [])]) checkRule(id)
  return runOptions({
    config:
      options.config === false
        ? false
        : typeof options.config === 'string'
          ? options.config
          : process.env['SPEC_LINT_CONFIG'] || undefined,
    type: typeGiven(options.type),
    rules: settings(options.rule ?? []),
    only: options.only ?? [],
    skip: options.skip ?? [],
    ignorePatterns: options.ignorePattern ?? [],
    gitignore: options.ignore,
    errorOnUnmatched: options.errorOnUnmatched,
  })
}

function settings(given: readonly string[]): RuleConfigs {
  return new Map(
    given.map((setting) => {
      const [, id = '', level = ''] = /^\s*([^:\s]+)\s*:\s*(\w+)\s*$/u.exec(setting) ?? []
      if (!/^(?:off|info|warn|warning|error)$/u.test(level))
        throw new SpecLintError(
          'flag',
          `\`--rule ${setting}\` is no rule with a severity`,
          "Write it as `--rule 'status-enum: off'`.",
        )
      checkRule(id)
      return [id, ruleConfig(level)]
    }),
  )
}

function checkRule(id: string): void {
  const names = [...rules.map((rule) => rule.id), ...remarkLintRules.map((name) => `remark-lint/${name}`)]
  if (names.includes(id)) return
  const [near] = nearest(id, names)
  throw new SpecLintError(
    'rule',
    `There is no rule \`${id}\``,
    near === undefined ? '`spec-lint rules` lists the rules.' : `Perhaps you meant \`${near}\`.`,
  )
}

async function lintStdin(options: Options): Promise<RunResult> {
  const path = options.stdinFilename
  if (path === undefined && options.type === undefined)
    throw new SpecLintError(
      'stdin',
      '`--stdin` needs a name or a type',
      'Add `--stdin-filename docs/prd/0007.md` or `--type prd`.',
    )
  const bytes = readFileSync(0)
  const name = path ?? '<stdin>'
  const nothing = {noType: [], ignored: []}
  if (!isUtf8(bytes) || bytes.includes(0))
    return {
      files: [],
      errors: [{path: name, code: 'not-utf8', message: 'Standard input is not UTF-8 text'}],
      warnings: [],
      skipped: nothing,
    }
  const text = bytes.toString('utf8')
  const {result, warnings} = await lintInput(text, name, optionsOf(options))
  return result.kind === 'no-type'
    ? {files: [], errors: [], warnings, skipped: {...nothing, noType: [name]}}
    : {files: [{path: name, text, result}], errors: [], warnings, skipped: nothing}
}

/** Why nothing was linted. */
function explainNothing({files, errors, skipped}: RunResult): void {
  if (files.length > 0 || errors.length > 0) return
  const {noType, ignored} = skipped
  const all = noType.length + ignored.length
  const found =
    all === 0
      ? 'No Markdown file was found.'
      : `${all} Markdown ${all === 1 ? 'file was' : 'files were'} found: ${noType.length} of no type, ${ignored.length} ignored. Run \`spec-lint inspect FILE\`.`
  notice(`no file to check. ${found}`)
}

function exitCode({counts, errors, problems}: Report, {failOn, maxWarnings}: Options): number {
  if (errors.length > 0 || problems.some(({ruleId}) => ruleId === 'internal-error')) return 2
  if (maxWarnings !== undefined && counts.warnings > maxWarnings) return 1
  if (failOn === 'never') return 0
  if (counts.errors > 0) return 1
  if (failOn === 'error') return 0
  return counts.warnings > 0 || (failOn === 'info' && counts.infos > 0) ? 1 : 0
}

function statistics({problems}: Report): string {
  const counts = new Map<string, number>()
  for (const {ruleId} of problems) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1)
  const rows = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return columns(rows.map(([id, number]) => [String(number), id]))
}
