import {type Changes, readChanges} from './changes.ts'
import {addedLines} from './added-lines.ts'
import {dependsOn, causeOf} from './depends.ts'
import {lintAll, lintReady} from './one.ts'
import type {ChangeOptions, RunOptions} from './options.ts'
import {earlierFiles, type EarlierFiles} from './earlier.ts'
import {type Readied, shown} from './read.ts'
import {inShard} from './shard.ts'
import type {Linted, NamedFinding} from './types.ts'

/** Which documents of a run are looked at, and what is told of each. */
export interface View {
  readonly members: readonly Readied[]
  readonly lint: (one: Readied) => Promise<Linted>
  /** `undefined` where no change is looked at. */
  readonly changes: Changes | undefined
}

/** Everything, or what a change touches and causes. */
export function viewOf(ready: readonly Readied[], options: RunOptions): View {
  const view: View = options.changes
    ? changedView(ready, readChanges(options.changes, options.cwd), options, options.changes)
    : {members: ready, lint: (one) => lintReady(one, options), changes: undefined}
  return {...view, members: view.members.filter(({name}) => inShard(name, options.shard))}
}

/** The documents whose baselines are held against what was found: of a change, those that it touches. */
export function judgedBy(ready: readonly Readied[], {members}: View, {changes}: RunOptions): readonly Readied[] {
  return changes ? members : ready
}

function changedView(ready: readonly Readied[], changes: Changes, options: RunOptions, {report}: ChangeOptions): View {
  const earlier = earlierFiles(ready, changes, options)
  const known = new Map<string, ReadonlySet<string>>()
  const knownOf = async (one: Readied): Promise<ReadonlySet<string>> => {
    const names = known.get(one.path) ?? (await namesBefore(one, earlier, options))
    known.set(one.path, names)
    return names
  }
  const isChanged = ({path}: Readied): boolean => changes.now.has(path)
  return {
    changes,
    members: ready
      .filter((one) => report === 'all' || isChanged(one) || dependsOn(one, earlier))
      .map((one) => ({...one, past: earlier.pastOf(one)})),
    lint: async (one) => {
      const linted = await lintReady(one, options)
      if (!isChanged(one)) {
        const names = await knownOf(one)
        const findings = linted.findings.map((finding) =>
          names.has(finding.fingerprint)
            ? finding
            : {...finding, causedBy: shown(causeOf(finding, one, earlier), options.cwd)},
        )
        if (report === 'all') return {...linted, findings}
        return {...linted, findings: findings.filter(({causedBy}) => causedBy !== undefined), suppressed: []}
      }
      return report === 'changed-lines' ? inLines(linted, one, earlier, await knownOf(one)) : linted
    },
  }
}

/** The names of what was found before the change. */
async function namesBefore(
  one: Readied,
  {of, workspaceOf}: EarlierFiles,
  options: RunOptions,
): Promise<ReadonlySet<string>> {
  const before = of(one)
  if (!before) return new Set()
  const {findings, suppressed} = await lintAll(
    {...before, workspace: workspaceOf(before.path), home: one.home, past: undefined},
    options,
  )
  return new Set([...findings, ...suppressed].map(({fingerprint}) => fingerprint))
}

/** What touches a line that is new, and what was not there before although its lines were. */
function inLines(linted: Linted, one: Readied, {of}: EarlierFiles, known: ReadonlySet<string>): Linted {
  const before = of(one)
  if (!before) return linted
  const {source} = one.prepared.document
  const isNew = addedLines(before.text, one.text)
  const touches = ({start, end}: NamedFinding): boolean => {
    const last = source.lineOf(Math.max(start, end - 1))
    for (let line = source.lineOf(start); line <= last; line += 1) if (isNew(line)) return true
    return false
  }
  return {
    ...linted,
    findings: linted.findings.filter((finding) => !known.has(finding.fingerprint) || touches(finding)),
    suppressed: linted.suppressed.filter(touches),
  }
}
