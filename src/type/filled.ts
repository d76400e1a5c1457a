import {kept, remembered} from '../document/remembered.ts'
import type {Placeholder, Span, SpecDocument} from '../document/types.ts'
import type {SpecType} from './types.ts'

/** Says whether a range holds a placeholder of the template, or a token that can only be one. */
export type IsOpen = (span: Span, text: string) => boolean

export function openIn(document: SpecDocument, type: SpecType): IsOpen {
  const {tokens, written} = templateOf(type)
  const certain = document.placeholders.filter((placeholder) => isCertain(placeholder, tokens))
  return (span, text) =>
    (tokens.has(form(text)) && (/[^\p{L}\p{N}]/u.test(text.trim()) || written.has(text.trim()))) ||
    certain.some(({start, end}) => start >= span.start && end <= span.end)
}

const templates = kept<{readonly tokens: ReadonlySet<string>; readonly written: ReadonlySet<string>}>()

function templateOf({template}: SpecType): ReturnType<typeof templates> {
  return templates(template, () => {
    const written = [...template.placeholders, ...template.menus]
    return {tokens: new Set(written.map((token) => form(token))), written: new Set(written)}
  })
}

/** A token's inside, case and spaces aside. */
export function form(token: string): string {
  return forms(token)
}

const forms = remembered((token) =>
  token
    .replaceAll(/^[\s[{<"'`]+|[\s\]}>"'`]+$/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .toLowerCase(),
)

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
