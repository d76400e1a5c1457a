import {nameOf} from '../explain.ts'
import type {Claim, Inferred} from '../types.ts'

/** A document that breaks a constraint of the type that was inferred from it and others. */
export interface Misfit {
  readonly path: string | undefined
  /** Of the first thing that is wrong. */
  readonly line: number
  /** In words, without a full stop. */
  readonly lacks: readonly string[]
}

/** The documents that are against what is required of them, those that break most first. */
export function misfits({json, claims}: Inferred): readonly Misfit[] {
  const found = new Map<string, {line: number; readonly path: string | undefined; readonly lacks: string[]}>()
  for (const one of claims) {
    if (!isDemand(one)) continue
    const words = wordsOf(one, json)
    for (const {path, line} of one.against) {
      const own = found.get(path ?? '') ?? {path, line, lacks: []}
      own.lacks.push(words)
      own.line = Math.min(own.line, line)
      found.set(path ?? '', own)
    }
  }
  return [...found.values()].toSorted((a, b) => b.lacks.length - a.lacks.length)
}

/** What is optional, a sign of the type or a habit breaks nothing. */
function isDemand({at, says}: Claim): boolean {
  return (
    says !== 'optional' &&
    !/^\/(?:detect|rules|ids|relations|metadata\/in)\b|\/repeat$/u.test(at) &&
    !says.startsWith('sections in any')
  )
}

function wordsOf(claim: Claim, json: Inferred['json']): string {
  const name = nameOf(json, claim)
  if (claim.says === 'required') return `no \`${name}\``
  if (claim.says.startsWith('sections in'))
    return name === '' ? 'other order of sections' : `other order in \`${name}\``
  return name === '' ? `not ${claim.says}` : `\`${name}\` is not ${claim.says}`
}
