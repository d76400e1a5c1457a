import {addedLines} from './added-lines.ts'
import type {Changes} from './changes.ts'
import {causeOf, dependsOn} from './depends.ts'
import {earlierFiles, type EarlierFiles} from './earlier.ts'
import {lintAll, lintReady} from './one.ts'
import type {ChangeOptions, RunOptions} from './options.ts'
import {type Readied, shown} from './read.ts'
import {inShard} from './shard.ts'
import type {Sheet} from './sheet.ts'
import type {Linted, NamedFinding} from './types.ts'

/** The documents that a change touches and causes something in, and what is told of each. */
export interface View {
  readonly members: readonly Sheet[]
  readonly lint: (one: Readied, sheet: Sheet) => Promise<Linted>
  readonly pastOf: EarlierFiles['pastOf']
  readonly changes: Changes
}

export function changedView(
  sheets: readonly Sheet[],
  changes: Changes,
  {report}: ChangeOptions,
  options: RunOptions,
): View {
  const earlier = earlierFiles(sheets, changes, options)
  const known = new Map<string, ReadonlySet<string>>()
  const knownOf = async (sheet: Sheet): Promise<ReadonlySet<string>> => {
    const names = known.get(sheet.path) ?? (await namesBefore(sheet, earlier, options))
    known.set(sheet.path, names)
    return names
  }
  const isChanged = ({path}: Sheet): boolean => changes.now.has(path)
  return {
    changes,
    pastOf: earlier.pastOf,
    members: sheets.filter(
      (one) => inShard(one.name, options.shard) && (report === 'all' || isChanged(one) || dependsOn(one, earlier)),
    ),
    lint: async (one, sheet) => {
      const linted = await lintReady(one, options)
      if (!isChanged(sheet)) {
        const names = await knownOf(sheet)
        const findings = linted.findings.map((finding) =>
          names.has(finding.fingerprint)
            ? finding
            : {...finding, causedBy: shown(causeOf(finding, sheet, earlier), options.cwd)},
        )
        if (report === 'all') return {...linted, findings}
        return {...linted, findings: findings.filter(({causedBy}) => causedBy !== undefined), suppressed: []}
      }
      return report === 'changed-lines' ? inLines(linted, one, earlier.of(sheet), await knownOf(sheet)) : linted
    },
  }
}

/** The names of what was found before the change. */
async function namesBefore(
  sheet: Sheet,
  {of, workspaceOf}: EarlierFiles,
  options: RunOptions,
): Promise<ReadonlySet<string>> {
  const before = of(sheet)
  if (!before) return new Set()
  const {findings, suppressed} = await lintAll(
    {...before, workspace: workspaceOf(before.path), home: sheet.home, past: undefined},
    options,
  )
  return new Set([...findings, ...suppressed].map(({fingerprint}) => fingerprint))
}

/** What touches a line that is new, and what was not there before although its lines were. */
function inLines(linted: Linted, one: Readied, before: Readied | undefined, known: ReadonlySet<string>): Linted {
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
