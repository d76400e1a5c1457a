import {applyFixes} from '../lint/fix.ts'
import {withoutBaseline} from './baseline.ts'
import {type Concerned, ofChange} from './changed.ts'
import {converge, type Draft, fixedOf, type Item, resultOf as resultOfDraft} from './converge.ts'
import {discover} from './discover.ts'
import {type Answer, answerOf, holds} from './engine.ts'
import {gather, type Gathered} from './gather.ts'
import type {Known} from './known.ts'
import {memberAt} from './member.ts'
import {lintReady, warningsOf} from './one.ts'
import {goOn, type RunOptions} from './options.ts'
import {type Checked, checkAll, resultOf} from './plain.ts'
import {readyText} from './read.ts'
import {inputOf, lintInput} from './run.ts'
import {settled} from './staged.ts'
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
export async function fixPaths(paths: readonly string[], given: RunOptions, fixing: FixRunOptions): Promise<RunResult> {
  const options = settled(given)
  const found = discover(paths.length === 0 ? ['.'] : paths, options)
  const {changes} = options
  if (changes)
    return ofChange(paths, found, options, changes, async ({gathered, concerned, resultOf: result}) => {
      const {warnings, ...done} = await fixAll(await itemsOf(concerned, options), gathered, fixing)
      return result({...done, warnings})
    })
  return gather(found, options, true, async (gathered) => {
    const checked = await checkAll(found, gathered)
    await gathered.engine.close()
    const done = await fixAll(itemsIn(checked, gathered), gathered, fixing)
    return resultOf(gathered, {
      ...done,
      errors: [...checked.errors, ...done.errors],
      warnings: [...checked.warnings, ...done.warnings],
    })
  })
}

async function itemsOf(concerned: readonly Concerned[], options: RunOptions): Promise<readonly Item[]> {
  const items: Item[] = []
  for (const [index, {name, path, text, ready, lint}] of concerned.entries()) {
    await goOn(options)
    const one = ready()
    if (one) items.push({name, path, text, result: await lint(one), ready, lint, holds: () => false})
    options.progress?.(index + 1, concerned.length)
  }
  return items
}

/** Documents that were linted elsewhere are parsed only when they are fixed, or when what their rules asked is otherwise now. */
function itemsIn({members, answers}: Checked, {finders, options}: Gathered): readonly Item[] {
  const latest = new Map<string, Known>(answers)
  return members.flatMap((path): readonly Item[] => {
    const first = answers.get(path)
    if (!first) return []
    const member = memberAt(path, finders, options)
    return [
      {
        name: member.name,
        path,
        text: first.text,
        result: withoutBaseline(first.result, member),
        ready: () => readyText(first.text, path, finders, options),
        lint: async (one): Promise<Linted> => {
          const answer: Answer = await answerOf(one, options)
          latest.set(path, answer)
          return withoutBaseline(answer.result, member)
        },
        holds: () => holds(path, latest.get(path) ?? first, finders, options),
      },
    ]
  })
}

interface Done {
  readonly files: readonly FileResult[]
  readonly fixed: readonly FixedFile[]
  readonly errors: readonly RunError[]
  readonly warnings: readonly string[]
}

async function fixAll(
  items: readonly Item[],
  {finders, options}: Gathered,
  {unsafe, write}: FixRunOptions,
): Promise<Done> {
  // A fix of the staged text can't be put into a file that holds another one.
  const isKept = ({path}: Item): boolean => write && options.overlay?.present.has(path) === true
  const drafts = await converge(items, {unsafe, isKept, signal: options.signal})
  const errors: RunError[] = []
  const files: FileResult[] = []
  const fixed: FixedFile[] = []
  for (const draft of drafts) {
    const {item, text} = draft
    const problem =
      write && text !== item.text
        ? writeTextFile(item.path, finders.workspaceOf(item.path).root, item.text, text)
        : undefined
    if (problem) {
      errors.push({path: item.name, ...problem})
      files.push({path: item.name, text: item.text, result: item.result})
    } else {
      files.push(resultOfDraft(draft))
      fixed.push(...fixedOf(draft))
    }
  }
  return {files, fixed, errors, warnings: drafts.flatMap((draft) => (isKept(draft.item) ? toldOf(draft, unsafe) : []))}
}

function toldOf({item: {name, text, result}}: Draft, unsafe: boolean): readonly string[] {
  return applyFixes(text, result.findings, {unsafe}).fixed.length > 0
    ? [`${name} has changes that are not staged, and was not fixed; stage or stash them`]
    : []
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
  const lint: Item['lint'] = async (one) => lintReady(one, options)
  const item = {
    name: ready.name,
    path: ready.path,
    text,
    result: await lintInput(ready, options),
    ready: () => ready,
    lint,
  }
  const [draft] = await converge([{...item, holds: () => false}], {unsafe, isKept: () => false, signal: options.signal})
  return draft && {file: resultOfDraft(draft), fixed: fixedOf(draft), warnings: warningsOf([ready])}
}
