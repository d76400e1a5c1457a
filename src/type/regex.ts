import {RE2JS} from 're2js'

const longest = 1000
const mostRepeats = 1000
const largestProgram = 2000
/** The engine is linear in the text times the pattern; no title, key or value that a pattern describes is longer. */
const longestText = 10_000
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
  // Counted before it is compiled, which copies what is repeated.
  const repeats = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/gu)].reduce(
    (sum, [, least, most]) => sum + Number(most || least),
    0,
  )
  if (repeats > mostRepeats) return `The pattern repeats ${repeats} times; ${mostRepeats} is the most`
  try {
    const size = RE2JS.compile(pattern).programSize()
    return size > largestProgram ? `The pattern takes ${size} steps; ${largestProgram} is the most` : undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Whether a pattern is found in a text, in any case. A pattern that doesn't compile is found nowhere. */
export function matches(pattern: string, text: string): boolean {
  return text.length <= longestText && (compile(pattern)?.matcher(text).find() ?? false)
}

/** Whether a pattern matches the whole of a text, in any case. */
export function matchesWhole(pattern: string, text: string): boolean {
  return text.length <= longestText && (compile(pattern)?.matcher(text).matches() ?? false)
}

/** The first group of a pattern where it is found in a text. */
export function firstGroup(pattern: string, text: string): string | undefined {
  const matcher = compile(pattern)?.matcher(text)
  return matcher?.find() === true && matcher.groupCount() > 0 ? (matcher.group(1) ?? undefined) : undefined
}

interface Engine {
  readonly test: (text: string) => boolean
  readonly toString: () => string
}

type Maker = ((pattern: string, flags: string) => Engine) & {code: string}

/**
 * The engine for ajv's `pattern`. It files compiled patterns under `toString()`: without one of its own, every pattern of a
 * schema would be taken for the first.
 */
export const ajvRegExp: Maker = Object.assign(
  (pattern: string, flags: string): Engine => {
    const compiled = RE2JS.compile(pattern)
    return engineOf(() => compiled, pattern, flags)
  },
  {code: 'ajvRegExp'},
)

/** The same for validators that are written out: their patterns are known to compile, and each is compiled when it is first asked. */
export const knownRegExp: Maker = Object.assign(
  (pattern: string, flags: string): Engine => {
    let compiled: RE2JS | undefined
    return engineOf(() => (compiled ??= RE2JS.compile(pattern)), pattern, flags)
  },
  {code: 'knownRegExp'},
)

function engineOf(compiled: () => RE2JS, pattern: string, flags: string): Engine {
  return {
    test: (text) => text.length <= longestText && compiled().matcher(text).find(),
    toString: () => `/${pattern}/${flags}`,
  }
}
