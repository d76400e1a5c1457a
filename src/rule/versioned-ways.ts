/** Migrations of several versions in one document, each with a script and a way back of its own. */
import type {SpecDocument} from '../document/types.ts'
import {code} from '../document/words.ts'
import {inverseOf} from '../sql/inverse.ts'
import type {Operation} from '../sql/model.ts'
import {operationWords} from '../sql/operation-words.ts'
import {isSaidOfBack} from './back-said.ts'
import {aboutOf} from './back-speech.ts'
import {isDdl, type Halves, isOpen, type MigrationWay} from './halves.ts'
import {leftBehind} from './left-behind.ts'
import {rollbackSpeech} from './plans.ts'

/** What one version makes, and its own way back leaves to that of another. */
export interface LeftToAnother {
  readonly operation: Operation
  /** Without zeros in front: `2`. */
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
  const [forward, back] = [up, down].map((half) => byVersion(half, document))
  if (!forward || !back || forward.size < 2 || forward.size !== back.size) return []
  if ([...forward.keys()].some((version) => !back.has(version))) return []
  const speech = rollbackSpeech(document, halves)
  const whole = new Set(leftBehind({up, down, places, unread: []}))
  return [...forward].flatMap(([version, operations]) => {
    const way = {up: operations, down: back.get(version) ?? [], places, unread: []}
    return leftBehind(way)
      .filter((one) => !whole.has(one) && !isSaidOfBack(one, '', aboutOf(one, speech, document)))
      .flatMap((operation) => {
        const inverse = inverseOf(operation)
        const what = operationWords(operation)
        return inverse.kind === 'sql' ? [{operation, version, what, inverse: code(inverse.text), way}] : []
      })
  })
}

/** `undefined` when one of them has no version. */
function byVersion(
  operations: readonly Operation[],
  document: SpecDocument,
): ReadonlyMap<string, readonly Operation[]> | undefined {
  const found = new Map<string, Operation[]>()
  for (const one of operations.filter((each) => isDdl(each) && !isOpen(each))) {
    const version = versionOf(one, document)
    if (version === undefined) return undefined
    const own = found.get(version)
    if (own) own.push(one)
    else found.set(version, [one])
  }
  return found
}

/** "V2 down", `V2__grades.down.sql`, `U2__grades.sql`, `0002_grades.down.sql` */
const ofVersion =
  /(?<![\w.])(?:V|U|version |migration )?(?:(\d{1,14})_{1,2}[\w-]+(?:\.\w+)?\.(?:sql|py)\b|(?<=[VU]|version |migration )(\d{1,4})\b(?!\.\d))/giu

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
      String(Number(file ?? word)),
    ),
  )
  const [version] = versions
  return versions.size === 1 ? version : undefined
}
