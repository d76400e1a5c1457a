import type {Counts, Report} from './types.ts'

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** The last lines of a report for people. */
export function summaryOf(report: Report): string {
  return [...fixedLines(report), foundLine(report)].join('\n')
}

function fixedLines({counts: {fixed, fixedFiles}}: Report): readonly string[] {
  return fixedFiles === 0 ? [] : [`Fixed ${plural(fixed, 'problem')} in ${plural(fixedFiles, 'file')}.`]
}

function foundLine({counts}: Report): string {
  const seconds = `(${(counts.durationMs / 1000).toFixed(2)} s)`
  const found = [
    counts.errors > 0 && plural(counts.errors, 'error'),
    counts.warnings > 0 && plural(counts.warnings, 'warning'),
    counts.infos > 0 && plural(counts.infos, 'info'),
  ].filter((part) => part !== false)
  const skipped = heldWords(counts) + skippedWords(counts)
  if (found.length === 0) return `No problems in ${plural(counts.files, 'file')}${skipped} ${seconds}.`
  return `${found.join(', ')} in ${counts.filesWithProblems} of ${plural(counts.files, 'file')}${skipped} ${seconds}`
}

function heldWords({suppressed, baselined}: Counts): string {
  return [suppressed > 0 && `; ${suppressed} suppressed`, baselined > 0 && `; ${baselined} in the baseline`]
    .filter((part) => part !== false)
    .join('')
}

function skippedWords({noType, ignored}: Counts): string {
  const parts = [noType > 0 && `${noType} of no type`, ignored > 0 && `${ignored} ignored`].filter(
    (part) => part !== false,
  )
  return parts.length === 0 ? '' : `; skipped: ${parts.join(', ')}`
}
