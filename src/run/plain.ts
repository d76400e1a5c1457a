import {staleEntries} from './baseline.ts'
import type {Discovered} from './discover.ts'
import {type Answer, type Fact, holds, inOrder, type Warned} from './engine.ts'
import {gather, type Gathered, placed} from './gather.ts'
import {asksForProof} from './asking.ts'
import {fileResultOf, type Known} from './known.ts'
import {goOn, type RunOptions} from './options.ts'
import {memberAt} from './member.ts'
import {othersFor} from './others.ts'
import {shown} from './read.ts'
import {remember} from './remember.ts'
import {inShard, partOf} from './shard.ts'
import type {FileResult, RunError, RunResult} from './types.ts'

/** Lints all documents as they stand. Reads all first, so that the rules of each may ask what the others are. */
export async function lintPlain(found: Discovered, options: RunOptions): Promise<RunResult> {
  return gather(found, options, true, async (gathered) => {
    const checked = await checkAll(found, gathered)
    const files = checked.members.flatMap((path): readonly FileResult[] => {
      const one = checked.answers.get(path)
      return one ? [fileResultOf(path, one, gathered)] : []
    })
    return resultOf(gathered, {...checked, files})
  })
}

export interface Checked {
  /** Documents of this part of the run. */
  readonly members: readonly string[]
  /** By their paths; none for a document whose thread died. */
  readonly answers: ReadonlyMap<string, Known>
  readonly errors: readonly RunError[]
  readonly warnings: readonly string[]
}

/** Lints each document, unless the cache knows what is found in it, and nothing that its rules asked is otherwise now. */
export async function checkAll(found: Discovered, gathered: Gathered): Promise<Checked> {
  const {options, finders, kept, facts, engine} = gathered
  const members = [...facts.keys()].filter((path) => inShard(shown(path, options.cwd), options.shard))
  const known = new Map<string, Known>()
  const warned: Warned[] = []
  for (const path of members) {
    const one = keptOf(path, gathered)
    if (!one) continue
    known.set(path, one.known)
    warned.push({path, warnings: one.warnings})
  }
  const left = members.filter((path) => !known.has(path))
  const again = await engine.read(left.filter((path) => kept.has(path)))
  await engine.know([...facts.values()])
  await goOn(options)
  const fresh: Answer[] = []
  options.progress?.(known.size, members.length)
  const dead = await engine.lint(left, (answer) => {
    fresh.push(answer)
    options.progress?.(known.size + fresh.length, members.length)
  })
  const lintAgain = async (all: ReadonlyMap<string, Known>, others: readonly Fact[]): Promise<readonly RunError[]> => {
    await engine.know([...facts.values(), ...others])
    const changed = [...all].flatMap(([path, one]) => (holds(path, one, finders, options) ? [] : [path]))
    return engine.lint(changed, (answer) => fresh.push(answer))
  }
  const alone = new Map([...known, ...fresh.map((answer) => [answer.path, answer] as const)])
  const others = await othersFor(found, alone, gathered)
  const died = others.length > 0 ? await lintAgain(alone, others) : []
  warned.push(...(await engine.warnings()))
  remember(gathered, fresh, warned)
  const answers = new Map([...alone, ...fresh.map((answer) => [answer.path, answer] as const)])
  const errors = placed(found, options.cwd)([...gathered.errors, ...again.errors, ...dead, ...died], ({path}) => path)
  return {members, answers, errors, warnings: inOrder(warned)}
}

function keptOf(
  path: string,
  {kept, finders, options}: Gathered,
): {readonly known: Known; readonly warnings: readonly string[]} | undefined {
  const one = kept.get(path)
  if (!one?.entry.document || !one.entry.checked) return undefined
  const {
    text,
    entry: {
      document: {reading},
      checked: {questions, result, warnings},
    },
  } = one
  const known = {text, result, questions, reading}
  return holds(path, known, finders, options) ? {known, warnings} : undefined
}

export interface Outcome extends Pick<Checked, 'errors' | 'warnings'> {
  readonly files: readonly FileResult[]
  readonly fixed?: RunResult['fixed']
}

/** The part of a run over all documents that `--shard` asks for. */
export function resultOf(
  {facts, noType, ignored, finders, options}: Gathered,
  {files, errors, warnings, fixed = []}: Outcome,
): RunResult {
  const all = [...facts.keys()].map((path) => memberAt(path, finders, options))
  const stale = staleEntries(all, files, options)
  const asking = asksForProof(all, options)
  return partOf({files, errors, warnings, skipped: {noType, ignored}, fixed, asking, stale}, options.shard)
}
