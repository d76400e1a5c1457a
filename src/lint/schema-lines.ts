import {diffLines} from 'diff'
import {schemaCalls} from '../config/schema-files.ts'
import type {Dialect} from '../rule/types.ts'
import {forwardText} from '../sql/migrations/forward.ts'
import {tokensOf} from '../sql/tokens.ts'

/** A line of a file that says something; `number` is 1-based. */
export interface Line {
  readonly number: number
  readonly text: string
}

/** What differs between two forms of a file, comments and white space aside. */
export interface LineChanges {
  readonly added: readonly Line[]
  /** By their numbers in the earlier form. */
  readonly removed: readonly Line[]
  /** The first line of the later form that is new, or stands where one was. */
  readonly first: number
}

/** Edits after which two texts are taken for two different ones. */
const mostEdits = 10_000

/** `undefined` when nothing differs. */
export function lineChanges(before: string, now: string): LineChanges | undefined {
  const [old, own] = [linesOf(before), linesOf(now)]
  const parts = diffLines(joined(old), joined(own), {maxEditLength: mostEdits})
  if (!parts) return {added: own, removed: old, first: own[0]?.number ?? 1}
  const added: Line[] = []
  const removed: Line[] = []
  let [atOld, atOwn] = [0, 0]
  let first: number | undefined
  for (const part of parts) {
    if (part.added || part.removed) first ??= own[Math.min(atOwn, own.length - 1)]?.number ?? 1
    if (part.added) added.push(...own.slice(atOwn, atOwn + part.count))
    if (part.removed) removed.push(...old.slice(atOld, atOld + part.count))
    if (!part.added) atOld += part.count
    if (!part.removed) atOwn += part.count
  }
  return first === undefined ? undefined : {added, removed, first}
}

export function linesOf(text: string): readonly Line[] {
  return text
    .split(/\r\n|\n|\r/u)
    .map((line, index) => ({number: index + 1, text: line.replaceAll(/\s+/gu, ' ').trimEnd()}))
    .filter((line) => line.text !== '')
}

/** The indentation of a line tells nothing of a difference. */
function joined(lines: readonly Line[]): string {
  return lines.map(({text}) => `${text.trim()}\n`).join('')
}

/** SQL that runs forward, its comments blanked; lines stay. */
export function plainSql(text: string, dialect: Dialect): string {
  const forward = forwardText(text)
  let plain = ''
  let at = 0
  for (const {kind, start, end} of tokensOf(forward, dialect)) {
    if (kind !== 'comment') continue
    plain += forward.slice(at, start) + blank(forward.slice(start, end))
    at = end
  }
  return plain + forward.slice(at)
}

const strings = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`
const withSlashes = new RegExp(
  String.raw`${strings}|\x60(?:[^\x60\\]|\\[\s\S])*(?:\x60|$)|(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))`,
  'gu',
)
const withHashes = new RegExp(String.raw`${strings}|(#[^\n]*)`, 'gu')

/** Code with its comments blanked, and with how it goes about its changes; lines stay. */
export function plainCode(text: string, path: string): string {
  const plain = text.replaceAll(/\.(?:py|rb)$/i.test(path) ? withHashes : withSlashes, (whole, comment?: string) =>
    comment === undefined ? whole : blank(whole),
  )
  return plain.replaceAll(schemaCalls.manner, blank)
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/gu, ' ')
}
