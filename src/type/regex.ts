import {RE2JS} from 're2js'

const longest = 1000
const cache = new Map<string, RE2JS | undefined>()
const largestCache = 2000

function compile(pattern: string): RE2JS | undefined {
  if (cache.has(pattern)) return cache.get(pattern)
  if (cache.size > largestCache) cache.clear()
  const compiled = problemOf(pattern) === undefined ? RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE) : undefined
  cache.set(pattern, compiled)
  return compiled
}

/** Why a pattern can't be used: a sentence, or `undefined`. The engine is RE2's, which is linear in the text. */
export function problemOf(pattern: string): string | undefined {
  if (pattern.length > longest) return `The pattern has ${pattern.length} characters; ${longest} is the most`
  try {
    RE2JS.compile(pattern)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Whether a pattern is found in a text, in any case. A pattern that doesn't compile is found nowhere. */
export function matches(pattern: string, text: string): boolean {
  return compile(pattern)?.matcher(text).find() ?? false
}

/** Whether a pattern matches the whole of a text, in any case. */
export function matchesWhole(pattern: string, text: string): boolean {
  return compile(pattern)?.matcher(text).matches() ?? false
}

interface Engine {
  readonly test: (text: string) => boolean
  readonly toString: () => string
}

/**
 * The engine for ajv's `pattern`. It files compiled patterns under `toString()`: without one of its own, every pattern of a
 * schema would be taken for the first.
 */
export const ajvRegExp: ((pattern: string, flags: string) => Engine) & {code: string} = Object.assign(
  (pattern: string, flags: string): Engine => {
    const compiled = RE2JS.compile(pattern)
    return {test: (text) => compiled.matcher(text).find(), toString: () => `/${pattern}/${flags}`}
  },
  {code: 're2js'},
)
