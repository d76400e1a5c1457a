import type {Span, SpecDocument} from '../document/types.ts'

type Left = Span & {readonly sentence: string}

/** Sentences of the template that a document shows to its readers: not in a comment, nor in the brackets of a placeholder. */
export function guidanceIn(document: SpecDocument, sentences: readonly string[]): readonly Left[] {
  return sentences
    .flatMap((sentence) => occurrences(document.text, sentence).map((span) => ({...span, sentence})))
    .filter(
      ({start, end}) =>
        ![...document.comments, ...document.placeholders].some((one) => start >= one.start && end <= one.end),
    )
}

/** Where a sentence stands, however its lines are broken. */
function occurrences(text: string, sentence: string): readonly Span[] {
  const parts = sentence.split(' ')
  const [first = ''] = parts
  const longest = parts.reduce((one, other) => (other.length > one.length ? other : one), first)
  // Most documents have none: the rarest of the words tells it at once.
  if (!text.includes(longest)) return []
  const found: {start: number; end: number}[] = []
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const end = matchAt(text, at, parts)
    if (end !== undefined) found.push({start: at, end})
  }
  return found
}

function matchAt(text: string, start: number, parts: readonly string[]): number | undefined {
  let at = start
  for (const [index, part] of parts.entries()) {
    if (index > 0) {
      const from = at
      while (at < text.length && /\s/u.test(text[at] ?? '')) at += 1
      if (at === from) return undefined
    }
    if (!text.startsWith(part, at)) return undefined
    at += part.length
  }
  return at
}
