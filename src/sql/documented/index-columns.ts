import {expression} from '../../document/expressions.ts'
import type {Name} from '../model.ts'
import {type Stretch, closing, group, nameOf, namesIn, part} from './stretch.ts'

const word = String.raw`(?:[\p{L}\p{N}_$.]|\{\{[^{}]*\}\}|\[[^[\]\s]+\])+`
const call = expression('du')`^[\x60\s]*(${word})\s*(?=\()`
/** `` `orders` (`a`, `b`) ``: what else may stand in the brackets behind a column, as in `` `email` (unique) ``, is no list of names. */
const quotedCall = expression(
  'du',
)`^\x60(${word})\x60\s*(?=\(\s*(?:\x60|(?!(?:unique|partial|composite|covering|asc|desc|btree|b-tree|hash|gin|gist|brin|fulltext|descending|ascending|default|optional|nullable|foreign|primary)\b)\w+(?:\s*,\s*\w+)*\s*\)))`

/** `` `a`, `b` and `c` `` */
const several = expression('u')`^\x60${word}\x60(?:\s*(?:,|,?\s+and\b|\+)\s*\x60${word}\x60)+`
const quotedWord = expression('dgu')`\x60(${word})\x60`

/** `(a, b)`, `a`, `` `a` ``, `` `orders(a, b)` `` at an index, and where it ends. */
export function columnsAt(
  stretch: Stretch,
  from: number,
): {readonly columns: readonly Name[]; readonly end: number; readonly table?: Name} | undefined {
  const start = from + (/^[`\s]*/u.exec(stretch.text.slice(from))?.[0].length ?? 0)
  const rest = part(stretch, start)
  const marked = part(stretch, from + (/^\s*/u.exec(stretch.text.slice(from))?.[0].length ?? 0))
  const quoted = quotedCall.exec(marked.text)
  const head = call.exec(rest.text)
  const table = quoted ? group(marked, quoted, 1) : head ? group(rest, head, 1) : undefined
  const behind = quoted ? start - 1 + quoted[0].length : head ? start + head[0].length : -1
  const opening = rest.text.startsWith('(') ? start : behind
  const end = opening < 0 ? -1 : closing(stretch.text, opening)
  if (end > 0) {
    const columns = namesIn(part(stretch, opening + 1, end - 1))
    return table && opening > start ? {columns, end, table: nameOf(table)} : {columns, end}
  }
  const all = several.exec(marked.text)?.[0]
  if (all !== undefined) {
    const columns = [...all.matchAll(quotedWord)].flatMap((match) => group(marked, match, 1) ?? [])
    return {columns: columns.map((column) => nameOf(column)), end: start - 1 + all.length}
  }
  const one = new RegExp(`^${word}`, 'u').exec(rest.text)?.[0]
  return one === undefined ? undefined : {columns: [nameOf(part(rest, 0, one.length))], end: start + one.length}
}
