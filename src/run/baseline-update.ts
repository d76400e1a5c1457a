import {existsSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {posix, repositoryRoot} from '../config/files.ts'
import {SpecLintError} from '../config/error.ts'
import {baselineOf, type BaselineGroup, groupsOf} from './baseline.ts'
import {type BaselineEntries, type BaselineEntry, baselineText} from './baseline-file.ts'
import {discover} from './discover.ts'
import {gather} from './gather.ts'
import {memberAt} from './member.ts'
import {isWanted, type RunOptions} from './options.ts'
import {type Checked, checkAll} from './plain.ts'
import type {Linted, RunError} from './types.ts'
import {createTextFile, writeTextFile} from './write.ts'

interface BaselineChange {
  /** Relative to the working directory, with `/`. */
  readonly path: string
  readonly added: number
  readonly removed: number
  readonly problems: number
}

export interface BaselineResult {
  readonly changes: readonly BaselineChange[]
  readonly errors: readonly RunError[]
}

/**
 * Writes the problems of these files into their baselines (`update`), or takes out those that are solved (`prune`). What
 * baselines hold of other files stays, unless they are gone. A document without a baseline is a `SpecLintError`.
 */
export async function writeBaselines(
  paths: readonly string[],
  options: RunOptions,
  how: 'update' | 'prune',
): Promise<BaselineResult> {
  const found = discover(paths.length === 0 ? ['.'] : paths, options)
  return gather(found, options, true, async (gathered) => {
    const members = [...gathered.facts.keys()].map((path) => memberAt(path, gathered.finders, options))
    const groups = groupsOf(members)
    if (groups.length === 0 && gathered.errors.length === 0) throw noBaseline()
    const {answers, errors} = await checkAll(found, gathered)
    return {changes: writeAll(groups, answers, options, how), errors}
  })
}

function writeAll(
  groups: readonly BaselineGroup[],
  answers: Checked['answers'],
  options: RunOptions,
  how: 'update' | 'prune',
): readonly BaselineChange[] {
  const changes: BaselineChange[] = []
  for (const group of groups) {
    const before: BaselineEntries =
      how === 'prune' || existsSync(group.baseline.path) ? baselineOf(group.baseline) : new Map()
    const after = entriesAfter(group, before, answers, options, how)
    write(group, before, after)
    const {added, removed} = difference(before, after)
    const path = posix(relative(options.cwd, group.baseline.path))
    changes.push({path, added, removed, problems: [...after.values()].flat().length})
  }
  return changes
}

export function noBaseline(): SpecLintError {
  return new SpecLintError(
    'baseline',
    'No baseline is named',
    'Write `baseline: ./spec-lint-baseline.json` into `spec-lint.yaml`, or add `--baseline spec-lint-baseline.json`.',
  )
}

function entriesAfter(
  {root, members}: BaselineGroup,
  before: BaselineEntries,
  answers: Checked['answers'],
  options: RunOptions,
  how: 'update' | 'prune',
): BaselineEntries {
  const found = new Map<string, readonly BaselineEntry[]>()
  for (const one of members) {
    const answer = answers.get(one.path)
    if (!answer) continue
    // What did not run is not known to be solved.
    const unknown = (before.get(one.home.path) ?? []).filter(({rule}) => !isWanted(rule, options))
    found.set(one.home.path, [...unknown, ...entriesOf(answer.result)])
  }
  const kept = [...before].flatMap(([path, entries]): [string, readonly BaselineEntry[]][] => {
    const now = found.get(path)
    if (!now) return existsSync(join(root, path)) ? [[path, entries]] : []
    const names = new Set(now.map(({fingerprint}) => fingerprint))
    return [[path, entries.filter(({fingerprint}) => names.has(fingerprint))]]
  })
  return new Map(how === 'prune' ? kept : [...kept, ...found])
}

function entriesOf({findings}: Linted): readonly BaselineEntry[] {
  return findings.flatMap(({ruleId, fingerprint, reason}) =>
    ruleId === 'internal-error' ? [] : [{rule: ruleId, fingerprint, text: reason}],
  )
}

function write({baseline: {path}}: BaselineGroup, before: BaselineEntries, after: BaselineEntries): void {
  const text = baselineText(after)
  const root = repositoryRoot(path) ?? dirname(path)
  const problem = existsSync(path)
    ? baselineText(before) === text
      ? undefined
      : writeTextFile(path, root, undefined, text)
    : createTextFile(path, text)
  if (problem)
    throw new SpecLintError('baseline', `The baseline was not written. ${problem.message}`, 'Name another file.', {
      file: path,
    })
}

function difference(
  before: BaselineEntries,
  after: BaselineEntries,
): {readonly added: number; readonly removed: number} {
  const namesOf = (entries: BaselineEntries): ReadonlySet<string> =>
    new Set([...entries].flatMap(([path, list]) => list.map(({fingerprint}) => `${path}\u0000${fingerprint}`)))
  const [old, now] = [namesOf(before), namesOf(after)]
  return {
    added: [...now].filter((name) => !old.has(name)).length,
    removed: [...old].filter((name) => !now.has(name)).length,
  }
}
