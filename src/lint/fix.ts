import type {Edit} from '../rule/types.ts'
import {ruleUrl} from './links.ts'
import type {Finding} from './types.ts'
import {countBefore} from '../document/search.ts'

/** Passes over one text at most. */
export const mostPasses = 10

export interface FixOptions {
  /** Also the fixes that may change what the document says. */
  readonly unsafe?: boolean
}

export interface Applied<F> {
  readonly text: string
  /** The findings whose fixes were made, in the order of the text. */
  readonly fixed: readonly F[]
}

/**
 * Makes the fixes of findings, in one pass. Of fixes that overlap or touch, the first is made; a fix is made whole or not at
 * all. Two findings with the very same edits share one fix.
 */
export function applyFixes<F extends Pick<Finding, 'fix'>>(
  text: string,
  findings: readonly F[],
  {unsafe = false}: FixOptions = {},
): Applied<F> {
  const wanted = findings
    .flatMap((finding) =>
      finding.fix && (unsafe || finding.fix.safety === 'safe')
        ? [{finding, edits: finding.fix.edits.toSorted((a, b) => a.start - b.start || a.end - b.end)}]
        : [],
    )
    .filter(({edits}) => isSound(edits, text))
    .toSorted((a, b) => startOf(a.edits) - startOf(b.edits))
  const made = new Map<string, boolean>()
  const taken: Edit[] = []
  const fixed = wanted.flatMap(({finding, edits}) => {
    const key = JSON.stringify(edits.map(({start, end, text: own}) => [start, end, own]))
    const earlier = made.get(key)
    const isMade = earlier ?? edits.every((edit) => isFree(edit, taken))
    made.set(key, isMade)
    if (isMade && earlier === undefined)
      for (const edit of edits) taken.splice(placeFor({start: edit.start + 1}, taken), 0, edit)
    return isMade ? [finding] : []
  })
  return {text: edited(text, taken), fixed}
}

/** Text with edits made; they must stand in order and not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = []
  let at = 0
  for (const edit of edits) {
    pieces.push(text.slice(at, edit.start), edit.text)
    at = edit.end
  }
  return [...pieces, text.slice(at)].join('')
}

function startOf(edits: readonly Edit[]): number {
  return edits[0]?.start ?? 0
}

/** A plug-in's fix may be anything: each edit inside of the text, none over another. */
function isSound(edits: readonly Edit[], text: string): boolean {
  return (
    edits.length > 0 &&
    edits.every(
      ({start, end}, index) =>
        start <= end && end <= text.length && start >= (index === 0 ? 0 : (edits[index - 1]?.end ?? 0)),
    )
  )
}

/** Index of the first edit that begins at or behind another. */
function placeFor({start}: Pick<Edit, 'start'>, taken: readonly Edit[]): number {
  return countBefore(taken, (edit) => edit.start < start)
}

/** Edits that touch depend on each other as those that overlap do. */
function isFree(edit: Edit, taken: readonly Edit[]): boolean {
  const place = placeFor(edit, taken)
  const before = taken[place - 1]
  const after = taken[place]
  return (!before || before.end < edit.start) && (!after || after.start > edit.end)
}

/** A bug of the rules: their fixes led back to a text that was there before. */
export function circularFix(fixed: readonly Pick<Finding, 'ruleId'>[]): Finding {
  const names = [...new Set(fixed.map(({ruleId}) => `\`${ruleId}\``))].join(', ')
  return {
    start: 0,
    end: 0,
    actual: '',
    ruleId: 'internal-error',
    severity: 'error',
    reason: `The fixes of ${names} undo each other`,
    note: `This is a bug in the rules, not in the document, which was left as it was. Report it at ${ruleUrl('internal-error')}.`,
    url: ruleUrl('internal-error'),
    expected: [],
    fix: undefined,
    related: [],
  }
}
