/** Blocks without a name that write rows and change no schema. */
const block = /^\s*DO\b/i
const change = /\b(?:ALTER|DROP|CREATE|RENAME|EXECUTE|REINDEX)\b/i

export function isRowBlock(text: string): boolean {
  return block.test(text) && !change.test(text.replaceAll(/'(?:[^']|'')*'|--[^\n]*/gu, ' '))
}
