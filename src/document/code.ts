import type {Code} from 'mdast'
import {type Context, nowhere, spanOf} from './context.ts'
import type {CodeBlock} from './types.ts'
import {countBefore} from './search.ts'

const fencePattern = /^[ \t]*(`{3,}|~{3,})[ \t]*/u

export function readCode(node: Code, context: Context): CodeBlock {
  const span = spanOf(node, context) ?? nowhere
  const source = context.text.slice(span.start, span.end)
  const fence = fencePattern.exec(source)
  const firstEnd = /\r\n|\n|\r/u.exec(source)
  const language = node.lang?.toLowerCase() || undefined
  const fenceLength = fence?.[1]?.length ?? 0
  const fenceStart = span.start + (fence?.[0].trimEnd().length ?? 0) - fenceLength
  const wordStart = span.start + (fence?.[0].length ?? 0)
  const contentStart = fence
    ? span.start + (firstEnd ? firstEnd.index + firstEnd[0].length : source.length)
    : span.start
  const closing = fence ? /(?:\r\n|\n|\r)[ \t>]*(?:`{3,}|~{3,})[ \t]*$/u.exec(source) : undefined
  const contentEnd = closing ? Math.max(contentStart, span.start + closing.index) : span.end
  return {
    kind: 'code',
    ...span,
    fenced: fence !== null,
    language,
    languageSpan:
      language === undefined
        ? {start: fenceStart, end: fenceStart + fenceLength}
        : {start: wordStart, end: wordStart + (node.lang?.length ?? 0)},
    meta: node.meta ?? undefined,
    value: node.value,
    content: {start: Math.min(contentStart, span.end), end: contentEnd},
    offsetAt: offsets(node.value, context.text, contentStart, contentEnd),
  }
}

/** The container's indentation is cut from every line of the value: each line is found again at the end of its source line. */
function offsets(value: string, text: string, start: number, end: number): (index: number) => number {
  let table: readonly (readonly [number, number])[] | undefined
  return (index) => {
    table ??= lines(value, text, start, end)
    const [from, to] = table[countBefore(table, ([first]) => first <= index) - 1] ?? [0, start]
    return Math.min(to + (index - from), end)
  }
}

function lines(value: string, text: string, start: number, end: number): readonly (readonly [number, number])[] {
  const rows: (readonly [number, number])[] = []
  let inValue = 0
  let inText = start
  // The parser keeps the line endings of the source in the value.
  for (const line of value.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/gu)) {
    const [whole, own = ''] = line
    const found = /\r\n|\n|\r/u.exec(text.slice(inText, Math.min(end, inText + own.length + 400)))
    const stop = found ? inText + found.index : end
    rows.push([inValue, Math.max(inText, stop - own.length)])
    inValue += whole.length
    inText = found ? stop + found[0].length : end
  }
  return rows
}
