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
  return findings.map(({ruleId, reason, start}) => {
    const line = source.slice(source.lineSpan(source.pointOf(start).line)).trim()
    const key = [ruleId, path, line, reason].join('\u0000')
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return createHash('sha256').update(`${key}\u0000${count}`).digest('hex').slice(0, 32)
  })
}
