const longestQuote = 60
const longestList = 8

/** A text of the document as it stands in a message: on one line, cut, in backquotes. */
export function code(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  const cut = line.length > longestQuote ? `${[...line].slice(0, longestQuote).join('')}…` : line
  return `\`${cut.replaceAll('`', "'")}\``
}

/** Right answers in a row: `` `a`, `b`, `c` `` and, past eight, how many more there are. */
export function list(values: readonly string[]): string {
  const shown = values.slice(0, longestList).map(code).join(', ')
  const rest = values.length - longestList
  return rest > 0 ? `${shown} … and ${rest} more` : shown
}

const longestStatement = 240

/** A statement to write, on one line and in full, in as many backquotes as it needs. */
export function statementCode(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  const cut = line.length > longestStatement ? `${[...line].slice(0, longestStatement).join('')}…` : line
  return cut.includes('`') ? `\`\` ${cut.replaceAll('``', "''")} \`\`` : `\`${cut}\``
}
