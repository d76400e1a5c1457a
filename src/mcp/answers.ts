import {relative} from 'node:path'
import type {CallToolResult, ServerContext} from '@modelcontextprotocol/server'
import {SpecLintError} from '../config/error.ts'
import {posix} from '../config/files.ts'
import {agent} from '../report/agent.ts'
import {problemJson, summaryJson} from '../report/json.ts'
import {reportOf} from '../report/report.ts'
import {show, showAll} from '../report/show.ts'
import {plural} from '../report/summary.ts'
import type {RunResult} from '../run/types.ts'

/** Runs what a tool does, and makes an answer of its failure. */
export type Answering = (
  act: () => CallToolResult | Promise<CallToolResult>,
  context: ServerContext,
) => Promise<CallToolResult>

/** A result for people and models to read, and the same for programs. */
export function answer(text: string, structured: object): CallToolResult {
  return {content: [{type: 'text', text}], structuredContent: {...structured}}
}

/** What a run found: one line a problem, as `--format agent` has it. */
export function reportAnswer(
  run: RunResult,
  {limit, started}: {readonly limit: number; readonly started: number},
  more: {readonly text?: string; readonly data?: object} = {},
): CallToolResult {
  const report = reportOf(run, performance.now() - started, false)
  const problems = report.problems.slice(0, limit)
  const omitted = report.problems.length - problems.length
  const lines = [
    ...(more.text === undefined ? [] : [more.text]),
    agent({...report, problems}).trimEnd(),
    ...(omitted > 0 ? [`${plural(omitted, 'problem')} more; raise \`limit\` to see them.`] : []),
    ...run.errors.map(({path, message}) => `${show(path)}: ${show(message)}.`),
    ...run.warnings.map((warning) => `${show(warning)}.`),
    ...(run.files.length === 0 ? [nothing(run)] : []),
  ]
  return answer(lines.join('\n'), {
    summary: summaryJson(report),
    problems: problems.map(problemJson),
    omitted,
    files: report.files,
    errors: run.errors,
    warnings: run.warnings,
    ...more.data,
  })
}

function nothing({skipped: {noType, ignored}}: RunResult): string {
  const all = `${plural(noType.length, 'file')} of no type, ${ignored.length} ignored`
  return `No document was linted: ${all}. Name a \`type\` for a text, or see list_types.`
}

/** A mistake of the caller's in its own words; anything else is a bug of ours. */
export function refusal(error: unknown, root: string): CallToolResult {
  const words = error instanceof Error ? error.message : String(error)
  const text =
    error instanceof SpecLintError
      ? `${placeOf(error, root)}${showAll(error.message)}. ${showAll(error.help)}`
      : `This is a bug in spec-lint: ${show(words)}. Report it at https://github.com/spec-lint/spec-lint/issues.`
  return {content: [{type: 'text', text}], isError: true}
}

function placeOf({file, line, column}: SpecLintError, root: string): string {
  if (file === undefined) return ''
  const name = show(posix(relative(root, file)))
  return line === undefined ? `${name}: ` : `${name}:${line}:${column ?? 1}: `
}
