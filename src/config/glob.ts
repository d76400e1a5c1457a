import ignore from 'ignore'

const longest = 1000
const mostExpansions = 64

/** Whether a path relative to the root, with `/`, is one of some patterns: those of `.gitignore`, and `{a,b}`. The last one that matches decides. */
export type Matcher = (path: string) => boolean

export function matcher(patterns: readonly string[]): Matcher {
  // One engine a pattern: in `.gitignore` nothing below an excluded directory can come back, here it can.
  const engines = patterns.flatMap(expand).map((pattern) => {
    const negated = pattern.startsWith('!')
    return {negated, engine: ignore({allowRelativePaths: false}).add(negated ? pattern.slice(1) : pattern)}
  })
  return (path) => {
    if (!ignore.isPathValid(path)) return false
    return engines.reduce(
      (result, {negated, engine}) => (result === negated && engine.ignores(path) ? !negated : result),
      false,
    )
  }
}

/** Why a pattern can't be used, or `undefined`. */
export function globProblem(pattern: string): string | undefined {
  if (pattern.length > longest) return `A pattern has at most ${longest} characters`
  if (/^!?(?:\/|\.\.?\/)/u.test(pattern) || pattern.includes('../'))
    return 'A pattern is relative to the configuration, and stays below it'
  return undefined
}

/** `{a,b}` on one level, within bounds; `.gitignore` knows no braces. */
function expand(pattern: string): readonly string[] {
  let patterns = [pattern]
  for (;;) {
    const next = patterns.flatMap((one) => {
      const match = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/u.exec(one)
      return match ? (match[2] ?? '').split(',').map((part) => `${match[1]}${part}${match[3]}`) : [one]
    })
    if (next.length === patterns.length || next.length > mostExpansions) return patterns
    patterns = next
  }
}
