import type {Source} from '../document/types.ts'
import {edited} from '../lint/fix.ts'
import type {Edit, Fix} from '../rule/types.ts'

const mostLines = 24

/** What a fix takes away and adds, as lines that begin with `-` and `+`; further ones are counted. */
export function fixLines({edits}: Fix, source: Source): readonly string[] {
  const lines = groupsOf(edits, source).flatMap(({first, last, own}) => {
    const start = source.lineSpan(first).start
    const {end} = source.lineSpan(last)
    const before = source.text.slice(start, end)
    const after = edited(
      before,
      own.map((edit) => ({start: edit.start - start, end: edit.end - start, text: edit.text})),
    )
    return changed(linesOf(before), linesOf(after))
  })
  if (lines.length <= mostLines) return lines
  return [...lines.slice(0, mostLines - 1), `… ${lines.length - mostLines + 1} more lines`]
}

interface Group {
  readonly first: number
  readonly last: number
  readonly own: readonly Edit[]
}

/** Edits whose lines meet belong together. */
function groupsOf(edits: readonly Edit[], source: Source): readonly Group[] {
  const groups: Group[] = []
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const first = source.lineOf(edit.start)
    // An edit that ends with a line's ending reaches into the next one, which it joins.
    const last = source.lineOf(edit.end)
    const previous = groups.at(-1)
    if (previous && previous.last >= first)
      groups[groups.length - 1] = {
        first: previous.first,
        last: Math.max(previous.last, last),
        own: [...previous.own, edit],
      }
    else groups.push({first, last, own: [edit]})
  }
  return groups
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/u)
}

/** Without the lines that both begin or end with. */
function changed(before: readonly string[], after: readonly string[]): readonly string[] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1
  let tail = 0
  const room = Math.min(before.length, after.length) - head
  while (tail < room && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  return [
    ...before.slice(head, before.length - tail).map((line) => `- ${line}`.trimEnd()),
    ...after.slice(head, after.length - tail).map((line) => `+ ${line}`.trimEnd()),
  ]
}
