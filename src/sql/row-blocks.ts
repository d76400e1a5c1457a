const block = /^\s*DO\b/i
const head = /^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE)\b/i
const change = /\b(?:ALTER|DROP|CREATE|RENAME|EXECUTE|PREPARE|REINDEX)\b/i

/** A block without a name that writes rows and changes no schema. */
export function isRowBlock(text: string): boolean {
  return block.test(text) && !hasChange(text)
}

/** The body of a function or a procedure that does no more than that. */
export function isRowBody(text: string): boolean {
  return head.test(text) && !hasChange(text.replace(head, ''))
}

function hasChange(text: string): boolean {
  return change.test(text.replaceAll(/'(?:[^']|'')*'|--[^\n]*/gu, ' '))
}
