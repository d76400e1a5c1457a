import {kept} from '../document/remembered.ts'
import {existsSync} from 'node:fs'
import {join, relative} from 'node:path'
import {posix} from '../config/files.ts'
import type {BaselineFile} from '../config/types.ts'
import {type BaselineEntries, type BaselineEntry, readBaselineFile} from './baseline-file.ts'
import {rules as builtinRules} from '../../rules/index.ts'
import {isWanted, type RunOptions} from './options.ts'
import type {Member} from './read.ts'
import type {FileResult, Linted, StaleEntry} from './types.ts'

const known = kept<BaselineEntries>()

/** The problems of a baseline, read once for the files of one configuration. */
export function baselineOf(file: BaselineFile): BaselineEntries {
  return known(file, () => readBaselineFile(file))
}

/** Sets apart what the baseline of a document holds. */
export function withoutBaseline(linted: Linted, {settings, home}: Pick<Member, 'settings' | 'home'>): Linted {
  const entries = settings.baseline ? baselineOf(settings.baseline).get(home.path) : undefined
  if (!entries || entries.length === 0) return linted
  const names = new Set(entries.map(({fingerprint}) => fingerprint))
  const isHeld = ({fingerprint, ruleId}: Linted['findings'][number]): boolean =>
    names.has(fingerprint) && ruleId !== 'internal-error'
  return {
    ...linted,
    findings: linted.findings.filter((finding) => !isHeld(finding)),
    baselined: linted.findings.filter(isHeld),
  }
}

/** What baselines hold that did not occur, of files that were linted or are gone, and of rules that ran. */
export function staleEntries(
  ready: readonly Member[],
  files: readonly FileResult[],
  options: RunOptions,
): readonly StaleEntry[] {
  // As another type a document has other problems.
  if (options.type) return []
  const results = new Map(files.map(({path, result}) => [path, result]))
  return groupsOf(ready).flatMap(({baseline, root, members}) => {
    const found = new Map(members.map(({home, name}) => [home.path, results.get(name)]))
    const shown = posix(relative(options.cwd, baseline.path))
    return [...baselineOf(baseline)].flatMap(([path, entries]) =>
      entries
        .filter((entry) => isSolved(entry, found.get(path), join(root, path), options))
        .map(({fingerprint}) => ({baseline: shown, path, fingerprint})),
    )
  })
}

/** Rules whose problems only an execution shows, or doesn't show any more. */
const proved: ReadonlySet<string> = new Set(builtinRules.filter(({scope}) => scope === 'proof').map(({id}) => id))

function isSolved(
  {rule, fingerprint}: BaselineEntry,
  result: Linted | undefined,
  path: string,
  options: RunOptions,
): boolean {
  if (!result) return !existsSync(path)
  return (
    isWanted(rule, options) &&
    !proved.has(rule) &&
    !options.rules.has(rule) &&
    !result.baselined.some((one) => one.fingerprint === fingerprint)
  )
}

export interface BaselineGroup<M extends Member = Member> {
  readonly baseline: BaselineFile
  /** What the paths of the baseline are relative to. */
  readonly root: string
  readonly members: readonly M[]
}

/** The documents of each baseline. */
export function groupsOf<M extends Member>(ready: readonly M[]): readonly BaselineGroup<M>[] {
  const groups = new Map<string, BaselineGroup<M> & {readonly members: M[]}>()
  for (const one of ready) {
    const {baseline} = one.settings
    if (!baseline) continue
    const key = `${baseline.path}\u0000${one.home.root}`
    const group = groups.get(key)
    if (group) group.members.push(one)
    else groups.set(key, {baseline, root: one.home.root, members: [one]})
  }
  return [...groups.values()]
}
