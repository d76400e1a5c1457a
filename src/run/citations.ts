import {createSource} from '../document/source.ts'
import type {IdSpec} from '../rule/types.ts'
import {formed, slotsOf} from '../type/id-form.ts'

/** An identifier in a source file or in another document. */
export interface Citation {
  readonly id: string
  readonly path: string
  /** 1-based. */
  readonly line: number
  /** The line, trimmed. */
  readonly text: string
  /** Where a document may be named beside it: the whole file. */
  readonly context: string
  /** Column of the matrix. */
  readonly kind: string
}

const longestLine = 160

/**
 * The identifiers that a source file names, in comments, strings and names alike: `FR-1`, `[FR-1]`, `test_fr_1_search`,
 * `FR3.1`. In small letters an identifier needs its separators.
 */
export function citationsIn(text: string, path: string, specs: readonly IdSpec[]): readonly Citation[] {
  const source = createSource(text)
  const found = new Map<string, Citation>()
  for (const spec of specs) {
    for (const match of text.matchAll(patternFor(spec))) {
      const [whole, prefix = '', numbers = ''] = match
      const parts = numbers.split(/[._-]/u).map(Number)
      const isLower = prefix !== prefix.toUpperCase()
      if (parts.length < slotsOf(spec) || (isLower && !/[-_]\d/u.test(whole))) continue
      const id = formed(spec, parts.slice(0, slotsOf(spec)), undefined)
      const line = source.lineOf(match.index)
      const key = `${id} ${line}`
      if (found.has(key)) continue
      const words = source.slice(source.lineSpan(line)).trim()
      found.set(key, {
        id,
        path,
        line,
        text: words.length > longestLine ? `${words.slice(0, longestLine)}…` : words,
        context: text,
        kind: 'test',
      })
    }
  }
  return [...found.values()].toSorted((a, b) => a.line - b.line || (a.id < b.id ? -1 : 1))
}

function patternFor(spec: IdSpec): RegExp {
  const slots = slotsOf(spec)
  const prefix = spec.prefix.replaceAll(/[^\p{L}\p{N}]/gu, '')
  const numbers = `\\d+(?:[._-]\\d+){${slots - 1}}`
  return new RegExp(`(?<![\\p{L}\\p{N}])(${prefix})[-_ ]?(${numbers})(?![\\p{L}\\p{N}]|\\.\\d)`, 'giu')
}
