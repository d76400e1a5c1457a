/** What of the text of a migration runs forward. */

const mark =
  /^[ \t]*(?:--|#)[-= \t]*(?:(?:\+goose|\+migrate|\+micrate)[ \t]+|migrate:|!)(up|down)s?\b|^[ \t]*--[-=* \t]*(up|down|undo|rollback)(?:[ \t]+migration)?[-=:* \t]*\r?$/gim

/**
 * The text with what is below a mark such as `-- migrate:down` blanked, up to the next mark that leads forward, and with the
 * rows of `COPY … FROM stdin` blanked. Offsets and lines stay.
 */
export function forwardText(text: string): string {
  return withoutRows(withoutBack(text))
}

function withoutBack(text: string): string {
  let result = ''
  let from = 0
  let back = false
  for (const match of text.matchAll(mark)) {
    const part = text.slice(from, match.index)
    result += back ? blank(part) : part
    from = match.index
    back = !/^up$/i.test(match[1] ?? match[2] ?? '')
  }
  const rest = text.slice(from)
  return result + (back ? blank(rest) : rest)
}

function withoutRows(text: string): string {
  if (!/\bFROM[ \t]+stdin\b/i.test(text)) return text
  let inside = false
  return text
    .split('\n')
    .map((line) => {
      if (inside) {
        inside = line.trimEnd() !== '\\.'
        return blank(line)
      }
      inside = /^COPY\b/i.test(line) && /\bFROM[ \t]+stdin\b/i.test(line)
      return inside ? blank(line) : line
    })
    .join('\n')
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/gu, ' ')
}
