import type {McpServer, ServerContext} from '@modelcontextprotocol/server'
import {SpecLintError} from '../config/error.ts'
import type {SpecType} from '../rule/types.ts'
import {unifiedDiff} from '../report/diff.ts'
import {fixInput, fixPaths} from '../run/fix.ts'
import {warningsOf} from '../run/one.ts'
import {type RunOptions, runOptions} from '../run/options.ts'
import {inputOf, isIgnored, lintInput, lintPaths} from '../run/run.ts'
import {configOf, typeNamed} from '../run/type-named.ts'
import {emptyRun, type RunResult} from '../run/types.ts'
import {type Answering, reportAnswer} from './answers.ts'
import {inRoot} from './root.ts'
import {fixes, inputs, reported} from './schemas.ts'

const reads = {readOnlyHint: true, openWorldHint: false}

export function addLinting(server: McpServer, root: string, answering: Answering): void {
  server.registerTool(
    'lint_text',
    {
      title: 'Lint a text',
      description:
        'Lints one specification document in Markdown that is given as text: a draft that is not saved yet. Each problem says where it is, what is wrong and what to write instead.',
      inputSchema: inputs.lintText,
      outputSchema: reported,
      annotations: reads,
    },
    ({text, filename, type, limit}, context) =>
      answering(async () => {
        const started = performance.now()
        const run = await lintGiven(text, filename, optionsFor(root, type, context))
        return reportAnswer(run, {limit, started})
      }, context),
  )
  server.registerTool(
    'lint_files',
    {
      title: 'Lint files',
      description:
        'Lints specification documents in Markdown below the root, as `spec-lint PATHS` does: with its configuration, and with what the documents say of each other.',
      inputSchema: inputs.lintFiles,
      outputSchema: reported,
      annotations: reads,
    },
    ({paths, limit}, context) =>
      answering(async () => {
        const started = performance.now()
        const named = paths.map((path) => inRoot(path, root))
        return reportAnswer(await lintPaths(named, optionsFor(root, undefined, context)), {limit, started})
      }, context),
  )
}

export function addFixing(server: McpServer, root: string, answering: Answering): void {
  server.registerTool(
    'apply_fixes',
    {
      title: 'Apply fixes',
      description:
        'Makes the fixes that spec-lint knows, in files or in a text, and says as a diff what changed and which problems are left. Files are written only with `write: true`.',
      inputSchema: inputs.applyFixes,
      outputSchema: fixes,
      annotations: {readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false},
    },
    ({paths, text, filename, type, unsafe, write, limit}, context) =>
      answering(async () => {
        const started = performance.now()
        if ((paths === undefined) === (text === undefined))
          throw new SpecLintError('input', 'Fixes are for files or for a text', 'Give `paths` or `text`.')
        if (text !== undefined && write)
          throw new SpecLintError('input', 'A text is written by its owner', 'Leave `write` out, and save `text`.')
        const options = optionsFor(root, type, context)
        const given = text === undefined ? undefined : await fixGiven(text, filename, options, unsafe)
        const named = (paths ?? []).map((path) => inRoot(path, root))
        const run = given?.run ?? (await fixPaths(named, options, {unsafe, write}))
        const fixed = run.fixed.map((file) => ({path: file.path, rules: file.rules, diff: unifiedDiff([file])}))
        const said = `${write ? 'Written' : 'Nothing was written'}: ${run.fixed.length} changed.`
        return reportAnswer(
          run,
          {limit, started},
          {
            text: [said, ...fixed.map(({diff}) => diff.trimEnd())].join('\n'),
            data: {written: write && fixed.length > 0, fixed, ...(given && {text: given.text})},
          },
        )
      }, context),
  )
}

function optionsFor(root: string, type: string | undefined, {mcpReq: {signal}}: ServerContext): RunOptions {
  return runOptions({cwd: root, type: type === undefined ? undefined : typeOf(type, root), signal})
}

/** A type by its name alone: a path could be any file. */
function typeOf(name: string, root: string): SpecType {
  return typeNamed(checked(name), configOf(undefined, root), root).type
}

export function checked(name: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u.test(name)) return name
  throw new SpecLintError('type', `\`${name}\` is no name of a type`, 'list_types gives the names.')
}

function placeIn(root: string, filename: string | undefined): string {
  return filename === undefined ? '<text>' : inRoot(filename, root)
}

async function lintGiven(text: string, filename: string | undefined, options: RunOptions): Promise<RunResult> {
  const path = placeIn(options.cwd, filename)
  if (isIgnored(path, options)) return {...emptyRun, skipped: {noType: [], ignored: [path]}}
  const one = inputOf(text, path, options)
  if (!one) return {...emptyRun, skipped: {noType: [path], ignored: []}}
  const result = await lintInput(one, options)
  return {...emptyRun, files: [{path, text, result}], warnings: warningsOf([one])}
}

async function fixGiven(
  text: string,
  filename: string | undefined,
  options: RunOptions,
  unsafe: boolean,
): Promise<{readonly run: RunResult; readonly text: string}> {
  const path = placeIn(options.cwd, filename)
  if (isIgnored(path, options)) return {run: {...emptyRun, skipped: {noType: [], ignored: [path]}}, text}
  const result = await fixInput(text, path, options, unsafe)
  if (!result) return {run: {...emptyRun, skipped: {noType: [path], ignored: []}}, text}
  const {file, fixed, warnings} = result
  return {run: {...emptyRun, files: [file], fixed, warnings}, text: file.text}
}
