/** Migrations of several versions in one document, each with a script and a way back of its own. */
import {kept} from '../document/remembered.ts'
import type {CodeBlock, SpecDocument} from '../document/types.ts'
import {code} from '../document/words.ts'
import {lastBefore} from '../sql/documented/stretch.ts'
import {inverseOf} from '../sql/inverse.ts'
import type {Operation, StatementFact} from '../sql/model.ts'
import {operationWords} from '../sql/operation-words.ts'
import {isUndoing, isUndone} from '../sql/takers.ts'
import {isSaidOfBack} from './back-said.ts'
import {aboutOf} from './back-speech.ts'
import {isDdl, type Halves, isOpen, type MigrationWay} from './halves.ts'
import {leftBehind} from './left-behind.ts'
import {rollbackSpeech} from './plans.ts'

/** What one version makes, and its own way back leaves to that of another. */
export interface LeftToAnother {
  readonly operation: Operation
  /** Without zeros in front: `version 2`, `this step`. */
  readonly version: string
  readonly what: string
  /** The statement that the way back lacks, as code. */
  readonly inverse: string
  /** The way of the version alone. */
  readonly way: MigrationWay
}

/** Of what the ways back take back together, what they don't one by one; nothing where a script has no version. */
export function leftToOthers(document: SpecDocument, halves: Halves): readonly LeftToAnother[] {
  const {up, down, places} = halves
  const {forward, back} = versionsOf(halves, document) ?? stepsBeside(halves)
  if (forward.size < 2) return []
  const speech = rollbackSpeech(document, halves)
  const whole = new Set(leftBehind({up, down, places, unread: []}))
  // What one version makes for a while and another takes away, neither way back has to bring.
  const passing = new Set(up.filter((one, index) => isUndone(one, up, index + 1) || isUndoing(one, up, index)))
  return [...forward].flatMap(([name, operations]) => {
    const version = name.startsWith('step ') ? 'this step' : `version ${name}`
    const way = {up: operations, down: back.get(name) ?? [], places, unread: []}
    return leftBehind(way)
      .filter((one) => !whole.has(one) && !passing.has(one) && !isSaidOfBack(one, '', aboutOf(one, speech, document)))
      .flatMap((operation) => {
        const inverse = inverseOf(operation)
        const what = operationWords(operation)
        return inverse.kind === 'sql' ? [{operation, version, what, inverse: code(inverse.text), way}] : []
      })
  })
}

/** The steps of a migration that have a way back each, as ways of their own; none where there is but one. */
export function stepWays(document: SpecDocument, halves: Halves): readonly MigrationWay[] {
  const {forward, back} = versionsOf(halves, document) ?? stepsBeside(halves)
  if (forward.size < 2) return []
  return [...forward].map(([name, up]) => ({up, down: back.get(name) ?? [], places: halves.places, unread: []}))
}

type Steps = ReadonlyMap<string, readonly Operation[]>

function versionsOf(
  {up, down}: Halves,
  document: SpecDocument,
): {readonly forward: Steps; readonly back: Steps} | undefined {
  const [forward, back] = [up, down].map((half) => byVersion(half, document))
  if (!forward || !back || forward.size !== back.size) return undefined
  if ([...forward.keys()].some((version) => !back.has(version))) return undefined
  // Numbers of files may be their order alone, in one folder as in the other.
  const strange = [...forward].filter(([version, own]) => own.every((one) => !isUndone(one, back.get(version) ?? [])))
  return strange.length > 1 ? undefined : {forward, back}
}

/** The steps of a migration each of which has its own way back in the same fence, behind it. */
function stepsBeside({up, down}: Halves): {readonly forward: Steps; readonly back: Steps} {
  const forward = new Map<string, readonly Operation[]>()
  const back = new Map<string, readonly Operation[]>()
  const own = (all: readonly Operation[], fence: CodeBlock): readonly Operation[] =>
    all.filter((one) => one.statement.code === fence && isDdl(one) && !isOpen(one))
  for (const fence of new Set(up.map(({statement}) => statement.code))) {
    const [there, again] = [own(up, fence), own(down, fence)]
    const isBehind = again.length > 0 && there.every(({start}) => start < (again[0]?.start ?? 0))
    if (!isBehind || there.length === 0) continue
    forward.set(`step ${fence.start}`, there)
    back.set(`step ${fence.start}`, again)
  }
  return {forward, back}
}

/** `undefined` when one of them has no version. */
function byVersion(
  operations: readonly Operation[],
  document: SpecDocument,
): ReadonlyMap<string, readonly Operation[]> | undefined {
  const found = new Map<string, Operation[]>()
  for (const one of operations.filter((each) => isDdl(each) && !isOpen(each))) {
    const version = versionInFence(one.statement) ?? versionOf(one, document)
    if (version === undefined) return undefined
    const own = found.get(version)
    if (own) own.push(one)
    else found.set(version, [one])
  }
  return found
}

const date = String.raw`\d{1,14}(?:_\d{4,6}(?=_))?`
/** "V2 down", `V2__grades.down.sql`, `U2__grades.sql`, `0002_grades.down.sql`, `20261204_0900_grades.sql` */
const ofVersion = new RegExp(
  String.raw`(?<![\w.])(?:V|U|version |migration )?(?:(${date})_{1,2}[\w-]+(?:\.\w+)?\.(?:sql|py)\b|(?<=[VU]|version |migration )(\d{1,4})\b(?!\.\d))`,
  'giu',
)
/** A line that names the script which begins below it: `-- 20261204_0900_grades.down.sql (no transaction)`, `-- V215, online`. */
const scriptLine = new RegExp(
  String.raw`^--[ \t=–—-]*(?:(?:[\w.-]+/){0,8}[VU]?(${date})_{1,2}[\w-]+(?:\.\w+)?\.sql\b|V(\d{1,6})(?=[\s,:;]|$))`,
  'gimu',
)

/** Of several scripts in one fence, by the last line above the statement that names one. */
function versionInFence({code: fence, start}: StatementFact): string | undefined {
  const [first, ...more] = scriptsIn(fence)
  return first && more.length > 0 ? (lastBefore([first, ...more], start)?.version ?? first.version) : undefined
}

const scripts = kept<readonly {readonly start: number; readonly version: string}[]>()

function scriptsIn(fence: CodeBlock): readonly {readonly start: number; readonly version: string}[] {
  return scripts(fence, () =>
    [...fence.value.matchAll(scriptLine)].map((match) => ({
      start: fence.offsetAt(match.index),
      version: plain(match[1] ?? match[2] ?? ''),
    })),
  )
}

/** By the line above its fence, comments aside, and the first line of the code. */
function versionOf({statement: {code: fence}}: Operation, {text}: SpecDocument): string | undefined {
  const above =
    text
      .slice(Math.max(0, fence.start - 600), fence.start)
      .replaceAll(/<!--[^>]*-->/gu, '')
      .trimEnd()
      .split('\n')
      .at(-1) ?? ''
  const first = /^\s*--[^\n]*/u.exec(fence.value)?.[0] ?? ''
  const versions = new Set(
    [...`${above}\n${fence.meta ?? ''}\n${first}`.matchAll(ofVersion)].map(([, file, word]) =>
      plain(file ?? word ?? ''),
    ),
  )
  const [version] = versions
  return versions.size === 1 ? version : undefined
}

/** Without zeros in front. */
function plain(version: string): string {
  return version.replace(/^0+(?=\d)/u, '')
}
