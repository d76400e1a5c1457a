import {randomUUID} from 'node:crypto'
import {appendFileSync, existsSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, relative, resolve} from 'node:path'
import {lint} from '../cli/lint.ts'
import type {Options} from '../cli/lint-options.ts'
import {SpecLintError} from '../config/error.ts'
import {posix} from '../config/files.ts'
import {command} from '../report/github.ts'
import {loadFileValidators} from '../type/values.ts'
import {baseOf} from './base.ts'
import {type Inputs, readInputs} from './inputs.ts'

process.exitCode = await main()

/** Lints as the inputs say, and tells the workflow what came out. The exit code is that of the command line. */
async function main(): Promise<number> {
  const json = join(process.env['RUNNER_TEMP'] || tmpdir(), `spec-lint-${randomUUID()}.json`)
  let code = 2
  let inputs: Inputs | undefined
  try {
    inputs = readInputs(process.env)
    process.chdir(inputs.directory)
    await loadFileValidators()
    code = await lint(inputs.files, optionsOf(inputs, json))
  } catch (error) {
    say(annotationOf(error))
  }
  setOutputs({'exit-code': code, ...countsIn(json), ...sarifOf(inputs)})
  rmSync(json, {force: true})
  return code
}

function optionsOf(inputs: Inputs, json: string): Options {
  const {GITHUB_STEP_SUMMARY: summary} = process.env
  const files = [
    ['json', json],
    ['json', inputs.jsonFile],
    ['sarif', inputs.sarifFile],
    ['markdown', inputs.summary && summary ? summary : undefined],
  ] as const
  const base = changedSince(inputs)
  return {
    format: [
      inputs.annotations ? 'github' : 'compact',
      ...files.flatMap(([name, file]) => (file === undefined ? [] : [`${name}=${file}`])),
    ],
    failOn: inputs.failOn,
    color: 'never',
    inlineConfig: true,
    ignore: true,
    errorOnUnmatched: true,
    ...(inputs.config !== undefined && {config: inputs.config}),
    ...(inputs.maxWarnings !== undefined && {maxWarnings: inputs.maxWarnings}),
    ...(base !== undefined && {
      changed: base,
      report: inputs.scope === 'changed-lines' ? 'changed-lines' : 'changed-files',
    }),
  }
}

/** The commit that the report is narrowed to; everything is reported where it isn't known. */
function changedSince({scope, directory}: Inputs): string | undefined {
  const isReview = /^(?:pull_request|pull_request_target|merge_group)$/u.test(process.env['GITHUB_EVENT_NAME'] ?? '')
  if (scope === 'all' || (scope === 'auto' && !isReview)) return undefined
  const base = baseOf(directory, process.env)
  if ('commit' in base) return base.commit
  say(command('notice', {title: 'spec-lint'}, [`Everything is reported: ${base.problem}`]))
  return undefined
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function annotationOf(error: unknown): string {
  if (!(error instanceof SpecLintError)) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return command('error', {title: 'spec-lint'}, ['This is a bug in spec-lint', ...words.split('\n')])
  }
  const {file, line, column, message, help} = error
  const workspace = process.env['GITHUB_WORKSPACE'] ?? process.cwd()
  return command(
    'error',
    {
      ...(file !== undefined && {file: posix(relative(workspace, file))}),
      ...(line !== undefined && {line: String(line)}),
      ...(column !== undefined && {col: String(column)}),
      title: 'spec-lint',
    },
    [message, help],
  )
}

/** The counts of the report, when one was written. */
function countsIn(path: string): Readonly<Record<string, number>> {
  try {
    // Our own report, as `report/json.ts` writes it.
    const {summary} = JSON.parse(readFileSync(path, 'utf8')) as {readonly summary: Readonly<Record<string, number>>}
    const {errors = 0, warnings = 0, infos = 0, files = 0, fixable = 0} = summary
    return {errors, warnings, problems: errors + warnings + infos, files, fixable}
  } catch {
    return {}
  }
}

/** The report's path from the workspace, where other steps look for it. */
function sarifOf(inputs: Inputs | undefined): Readonly<Record<string, string>> {
  if (inputs?.sarifFile === undefined || !existsSync(inputs.sarifFile)) return {}
  return {'sarif-file': posix(relative(process.env['GITHUB_WORKSPACE'] ?? process.cwd(), resolve(inputs.sarifFile)))}
}

/** A delimiter that no value can hold, as the runner's files want it. */
function setOutputs(values: Readonly<Record<string, number | string>>): void {
  const path = process.env['GITHUB_OUTPUT']
  if (path === undefined || path === '') return
  const mark = randomUUID()
  appendFileSync(
    path,
    Object.entries(values)
      .map(([name, value]) => `${name}<<${mark}\n${value}\n${mark}\n`)
      .join(''),
  )
}
