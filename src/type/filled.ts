import type {Placeholder, Span, SpecDocument} from '../document/types.ts'
import type {SpecType} from './types.ts'

/** Says whether a range holds a placeholder of the template, or a token that can only be one. */
export type IsOpen = (span: Span, text: string) => boolean

export function openIn(document: SpecDocument, type: SpecType): IsOpen {
  const tokens = new Set([...type.template.placeholders, ...type.template.menus].map(form))
  const written = new Set([...type.template.placeholders, ...type.template.menus])
  const certain = document.placeholders.filter((placeholder) => isCertain(placeholder, tokens))
  return (span, text) =>
    (tokens.has(form(text)) && (/[^\p{L}\p{N}]/u.test(text.trim()) || written.has(text.trim()))) ||
    certain.some(({start, end}) => start >= span.start && end <= span.end)
}

/** A token's inside, case and spaces aside. */
export function form(token: string): string {
  return token
    .replaceAll(/^[\s[{<"'`]+|[\s\]}>"'`]+$/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .toLowerCase()
}

function isCertain({shape, text}: Placeholder, tokens: ReadonlySet<string>): boolean {
  if (tokens.has(form(text))) return true
  return (
    shape === 'brace' ||
    shape === 'date' ||
    shape === 'word' ||
    shape === 'angle' ||
    (shape === 'bracket' && /[A-Za-z].*[ _-]|^\[[A-Z_]{3,}\]$/u.test(text))
  )
}
