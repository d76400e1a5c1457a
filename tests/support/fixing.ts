import {rules} from '../../rules/index.ts'
import {applyFixes, mostPasses} from '../../src/lint/fix.ts'
import type {Finding} from '../../src/lint/types.ts'
import type {SpecType} from '../../src/rule/types.ts'
import {findingsOf} from './lint.ts'

export interface Fixed {
  readonly text: string
  readonly left: readonly Finding[]
  readonly texts: readonly string[]
}

/** As `--fix` does it. */
export function fixed(text: string, type: SpecType | undefined, unsafe: boolean): Fixed {
  const texts = [text]
  let left = findingsOf(text, rules, type)
  while (texts.length <= mostPasses) {
    const next = applyFixes(texts.at(-1) ?? '', left, {unsafe})
    if (next.fixed.length === 0) break
    texts.push(next.text)
    left = findingsOf(next.text, rules, type)
  }
  return {text: texts.at(-1) ?? '', left, texts}
}

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const {ruleId, reason} of findings) {
    // Lines move, and sections count on.
    const still = ruleId === 'section-numbering' ? reason.replaceAll(/`\d+(?=[`.])/gu, '`n') : reason
    const key = `${ruleId}: ${still.replaceAll(/\bline \d+/gu, 'line')}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** What was not there before. */
export function added(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
  const known = countsOf(before)
  return [...countsOf(after)].filter(([key, count]) => count > (known.get(key) ?? 0)).map(([key]) => key)
}

/**
 * What the author has to fill in where a fix made room for it, or to drop where a fix gave a comment its right name. A migration
 * that a fix gave its first change needs a way back, which only the author can plan.
 */
export const toFillIn =
  /^(?:empty-section|no-placeholder|metadata-value|field-value|table-cells|status-enum|phase-complete|code-language|suppression-unused|rollback-required|measurable-target):/u

/** What an edit of a fix replaces by itself, and lines that it keeps but for their white space. */
export function idle({ruleId, fix}: Finding, text: string): readonly string[] {
  return (fix?.edits ?? []).flatMap(({start, end, text: own}) => {
    const old = text.slice(start, end)
    if (own === old) return [`${ruleId} replaces text by itself`]
    // The last line of either may be the beginning of one.
    const [were, are] = [old, own].map((one) => one.split(/\r\n|\n|\r/u).slice(1, -1))
    const kept = new Set(are)
    const trimmed = new Set(are?.map((line) => line.trim()))
    return (were ?? [])
      .filter((line) => line.trim() !== '' && trimmed.has(line.trim()) && !kept.has(line))
      .map((line) => `${ruleId} changes white space of ${JSON.stringify(line)}`)
  })
}
