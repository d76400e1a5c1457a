/**
 * Controls (C0 but for tab, C1, DEL), bidirectional and zero-width marks, line and paragraph separators, variation of
 * tags, lone surrogates: what moves a cursor, hides text or forges a line.
 */
export const unsafe =
  /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/gu
const longest = 400

/** A text of a document, a path or a configuration on its way to a terminal: on one line, inert, and not endless. */
export function show(text: string, limit = longest): string {
  const inert = showAll(text)
  return inert.length > limit ? `${inert.slice(0, limit).replace(/[\uD800-\uDBFF]$/u, '')}…` : inert
}

/** As `show`, without a cut. */
export function showAll(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replaceAll(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`)
}
