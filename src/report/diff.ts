import {structuredPatch} from 'diff'
import type {FixedFile} from '../run/types.ts'
import {show} from './show.ts'

/** Changed lines past which a difference is not searched for the shortest. */
const mostEdits = 5000

/** A unified diff of what fixes change, for `patch` and `git apply`; empty when they change nothing. */
export function unifiedDiff(files: readonly FixedFile[]): string {
  return files.map(fileDiff).join('')
}

function fileDiff({path, before, after}: FixedFile): string {
  const options = {context: 3, maxEditLength: mostEdits}
  const hunks = structuredPatch('', '', before, after, '', '', options)?.hunks ?? [wholeHunk(before, after)]
  const body = hunks.flatMap(({oldStart, oldLines, newStart, newLines, lines}) => [
    `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
    ...lines,
  ])
  return [`--- ${named('a', path)}`, `+++ ${named('b', path)}`, ...body, ''].join('\n')
}

/** A tab ends a name that holds spaces, as git writes it. */
function named(side: 'a' | 'b', path: string): string {
  return `${side}/${show(path, path.length * 10)}${path.includes(' ') ? '\t' : ''}`
}

/** An empty range is counted from the line before it. */
function range(start: number, lines: number): string {
  const first = lines === 0 ? start - 1 : start
  return lines === 1 ? String(first) : `${first},${lines}`
}

function wholeHunk(
  before: string,
  after: string,
): {oldStart: number; oldLines: number; newStart: number; newLines: number; lines: readonly string[]} {
  const old = before.match(/[^\n]*\n|[^\n]+$/gu) ?? []
  const now = after.match(/[^\n]*\n|[^\n]+$/gu) ?? []
  const marked = (lines: readonly string[], mark: string): readonly string[] =>
    lines.flatMap((line) =>
      line.endsWith('\n') ? [mark + line.slice(0, -1)] : [mark + line, '\\ No newline at end of file'],
    )
  return {
    oldStart: 1,
    oldLines: old.length,
    newStart: 1,
    newLines: now.length,
    lines: [...marked(old, '-'), ...marked(now, '+')],
  }
}
