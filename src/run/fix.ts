import {applyFixes, circularFix, mostPasses} from '../lint/fix.ts'
import {prepare} from '../lint/prepare.ts'
import type {Finding} from '../lint/types.ts'
import {staleEntries} from './baseline.ts'
import {discover} from './discover.ts'
import {namedAll} from './named.ts'
import {lintReady, warningsOf} from './one.ts'
import {goOn, type RunOptions} from './options.ts'
import {pageOf, readAll, type Readied} from './read.ts'
import {inputOf} from './run.ts'
import {partOf} from './shard.ts'
import {changedSchemaFiles} from './schema-files.ts'
import {settled} from './staged.ts'
import {judgedBy, type View, viewOf} from './view.ts'
import type {FileResult, FixedFile, Linted, RunError, RunResult} from './types.ts'
import {writeTextFile} from './write.ts'

export interface FixRunOptions {
  /** Also the fixes that may change what a document says. */
  readonly unsafe: boolean
  /** Write the files; else the result only says what they would hold. */
  readonly write: boolean
}

/**
 * Fixes files, directories and patterns, then lints what is left. A file that can't be written becomes an error with the findings
 * that it had; the others go on. Throws `SpecLintError` as `lintPaths` does.
 */
export async function fixPaths(
  paths: readonly string[],
  given: RunOptions,
  {unsafe, write}: FixRunOptions,
): Promise<RunResult> {
  const options = settled(given)
  const {ready, errors, noType, ignored} = readAll(discover(paths.length === 0 ? ['.'] : paths, options), options)
  const view = viewOf(ready, options)
  // A fix of the staged text can't be put into a file that holds another one.
  const isKept = ({path}: Readied): boolean => write && options.overlay?.present.has(path) === true
  const drafts = await converge(view, {unsafe, isKept, progress: options.progress, signal: options.signal})
  const kept = drafts.filter(({file, first}) => isKept(file) && isFixable(file.text, first, unsafe))
  const failed: RunError[] = []
  const files: FileResult[] = []
  const fixed: FixedFile[] = []
  for (const draft of drafts) {
    const {file, original, first} = draft
    const problem =
      write && file.text !== original ? writeTextFile(file.path, file.workspace.root, original, file.text) : undefined
    if (problem) {
      failed.push({path: file.name, ...problem})
      files.push({path: file.name, text: original, result: first})
    } else {
      files.push(resultOf(draft))
      fixed.push(...fixedOf(draft))
    }
  }
  files.push(...(await changedSchemaFiles({paths, ready, changes: view.changes}, options)))
  const all = [...errors, ...failed]
  const stale = staleEntries(judgedBy(ready, view, options), files, options)
  const warnings = [
    ...warningsOf(ready),
    ...kept.map(({file: {name}}) => `${name} has changes that are not staged, and was not fixed; stage or stash them`),
  ]
  return partOf({files, errors: all, warnings, skipped: {noType, ignored}, fixed, stale}, options.shard)
}

function isFixable(text: string, {findings}: Linted, unsafe: boolean): boolean {
  return applyFixes(text, findings, {unsafe}).fixed.length > 0
}

/** Fixes a text as if it stood at a path; `undefined` when it is of no type. Nothing is written. */
export async function fixInput(
  text: string,
  path: string,
  options: RunOptions,
  unsafe: boolean,
): Promise<
  {readonly file: FileResult; readonly fixed: readonly FixedFile[]; readonly warnings: readonly string[]} | undefined
> {
  const ready = inputOf(text, path, options)
  if (!ready) return undefined
  const view = {members: [ready], lint: (one: Readied) => lintReady(one, options), changes: undefined}
  const [draft] = await converge(view, {unsafe, isKept: () => false, progress: undefined, signal: options.signal})
  return draft && {file: resultOf(draft), fixed: fixedOf(draft), warnings: warningsOf([ready])}
}

/** One file on its way. */
interface Draft {
  file: Readied
  result: Linted
  readonly original: string
  /** Of the text as it was read. */
  readonly first: Linted
  readonly seen: Set<string>
  readonly fixed: Finding[]
  passes: number
  circle: Finding | undefined
}

interface ConvergeOptions extends Pick<RunOptions, 'progress' | 'signal'> {
  readonly unsafe: boolean
  /** Whether a file stays as it is. */
  readonly isKept: (file: Readied) => boolean
}

/** Passes over all files until no fix is left: a file whose fix depends on another one is looked at again at the end. */
async function converge(
  {members, lint}: View,
  {unsafe, isKept, progress, signal}: ConvergeOptions,
): Promise<readonly Draft[]> {
  const all: Draft[] = []
  for (const file of members) {
    await goOn({signal})
    const result = await lint(file)
    const seen = new Set([file.text])
    all.push({file, result, first: result, original: file.text, seen, fixed: [], passes: 0, circle: undefined})
    progress?.(all.length, members.length)
  }
  let open: readonly Draft[] = all
  for (;;) {
    const next = open.filter((draft) => !isKept(draft.file) && pass(draft, unsafe))
    if (next.length === 0 && (open === all || all.length === 1)) return all
    // Once nothing moves any more, all files are linted as they are now.
    open = next.length === 0 ? all : next
    for (const draft of open) {
      await goOn({signal})
      draft.result = await lint(draft.file)
    }
  }
}

/** Makes the fixes of one pass; whether the text is another one now. */
function pass(draft: Draft, unsafe: boolean): boolean {
  const {file, result, seen} = draft
  if (draft.circle || draft.passes >= mostPasses) return false
  const {text, fixed} = applyFixes(file.text, result.findings, {unsafe})
  if (fixed.length === 0) return false
  if (seen.has(text)) {
    draft.circle = circularFix(fixed)
    replaceText(draft, draft.original)
    return true
  }
  seen.add(text)
  draft.passes += 1
  draft.fixed.push(...fixed)
  replaceText(draft, text)
  return true
}

/** The type stays, whatever the text would be taken for now. */
function replaceText(draft: Draft, text: string): void {
  const {file} = draft
  const {name, path, settings, workspace} = file
  const prepared =
    prepare(text, [], {path: name, type: file.prepared.type.type, dialect: settings.dialect}) ?? file.prepared
  workspace.add(path, pageOf(prepared, path, workspace))
  draft.file = {...file, text, prepared}
}

function resultOf({file, result, circle}: Draft): FileResult {
  const {name, text} = file
  if (!circle) return {path: name, text, result}
  const [own] = namedAll([circle], file)
  return {path: name, text, result: {...result, findings: [...(own ? [own] : []), ...result.findings]}}
}

function fixedOf({file, original, fixed, circle}: Draft): readonly FixedFile[] {
  return circle || file.text === original
    ? []
    : [{path: file.name, before: original, after: file.text, rules: fixed.map(({ruleId}) => ruleId)}]
}
