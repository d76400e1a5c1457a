import {diffLines} from 'diff'

/** Edits after which two texts are taken for two different ones. */
const mostEdits = 10_000

/** The 1-based lines of a text that an earlier one does not have; every line when the two have little in common. */
export function addedLines(before: string, now: string): (line: number) => boolean {
  const parts = diffLines(plain(before), plain(now), {maxEditLength: mostEdits})
  if (!parts) return () => true
  const added = new Set<number>()
  let line = 1
  for (const part of parts) {
    if (part.removed) continue
    if (part.added) for (let index = 0; index < part.count; index += 1) added.add(line + index)
    line += part.count
  }
  return (one) => added.has(one)
}

/** Line endings are no change of a line, nor is the last one. */
function plain(text: string): string {
  return `${text.replaceAll(/\r\n?/gu, '\n').replace(/\n$/u, '')}\n`
}
