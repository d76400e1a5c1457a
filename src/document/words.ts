const longestQuote = 60
const beforeDifference = 24
const longestList = 8

/** A text of the document as it stands in a message: on one line, cut, in backquotes. */
export function code(text: string, longest = longestQuote): string {
  const line = oneLine(text)
  const cut = line.length > longest ? `${[...line].slice(0, longest).join('')}…` : line
  return quoted(cut)
}

/** A text that may begin a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The same beside another text: where both would be cut to the same words, it is what follows them that counts. */
export function codeBeside(text: string, others: readonly string[]): string {
  const line = oneLine(text)
  const twin = others.map(oneLine).find((other) => other !== line && other.startsWith(line.slice(0, longestQuote)))
  if (line.length <= longestQuote || twin === undefined) return code(line)
  const characters = [...line]
  const from = differenceOf(characters, [...twin]) - beforeDifference
  const end = from + longestQuote
  return quoted(`…${characters.slice(from, end).join('')}${end < characters.length ? '…' : ''}`)
}

function differenceOf(some: readonly string[], others: readonly string[]): number {
  const at = some.findIndex((character, index) => character !== others[index])
  return at === -1 ? some.length : at
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

function quoted(line: string): string {
  return `\`${line.replaceAll('`', "'")}\``
}

/** Right answers in a row: `` `a`, `b`, `c` `` and, past eight, how many more there are. */
export function list(values: readonly string[]): string {
  const shown = values
    .slice(0, longestList)
    .map((value) => code(value))
    .join(', ')
  const rest = values.length - longestList
  return rest > 0 ? `${shown} … and ${rest} more` : shown
}

const longestStatement = 240

/** A statement to write, on one line and in full, in as many backquotes as it needs. */
export function statementCode(text: string): string {
  const line = oneLine(text)
  const cut = line.length > longestStatement ? `${[...line].slice(0, longestStatement).join('')}…` : line
  return cut.includes('`') ? `\`\` ${cut.replaceAll('``', "''")} \`\`` : `\`${cut}\``
}
