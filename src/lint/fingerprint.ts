import {createHash} from 'node:crypto'
import type {Source, Span} from '../document/types.ts'

interface Found extends Span {
  readonly ruleId: string
  readonly reason: string
}

/**
 * Names of the findings of one file, 32 hexadecimal digits each, the same as long as their lines keep their text: made of
 * rule, path from the project's root, line, message, and the number among equals, and not of the line's number.
 */
export function fingerprintsOf(path: string, findings: readonly Found[], source: Source): readonly string[] {
  const seen = new Map<string, number>()
  const digests = new Map<number, string>()
  // A line with thousands of findings isn't read again for each of them.
  const digestOf = (line: number, text: string): string => {
    const digest = digests.get(line) ?? digestIn(text)
    digests.set(line, digest)
    return digest
  }
  return findings.map(({ruleId, reason, start}) => {
    const at = source.pointOf(start).line
    const span = source.lineSpan(at)
    const line = span.end - span.start > longest ? digestOf(at, source.slice(span)) : source.slice(span).trim()
    const key = [ruleId, path, line, reason].join('\u0000')
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return digestIn(`${key}\u0000${count}`).slice(0, 32)
  })
}

/** Characters of a line that stands for itself. */
const longest = 10_000

function digestIn(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
