import {expression} from '../../document/expressions.ts'
import type {Section} from '../../document/types.ts'
import type {DocumentedEnum} from './model.ts'
import {type Stretch, group, nameOf, part, spanOf} from './stretch.ts'
import {valuesIn} from './types.ts'

const declared = expression(
  'diu',
)`^\s*(?:enum\s+)?([\p{L}_][\p{L}\p{N}_.]{0,80})\s*[:=]\s*(?:enum\s*)?[([]([^()[\]]{1,500})[)\]]\s*[;,]?\s*$`
/** Without brackets only the word tells: `Enum state: open, done`, `enum state = open | done`. */
const told = expression(
  'diu',
)`^\s*enum\s+([\p{L}_][\p{L}\p{N}_.]{0,80})\s*[:=]\s*([\p{L}\p{N}_'"-]{1,63}(?:\s*[,|]\s*[\p{L}\p{N}_'"-]{1,63}){1,60})\s*;?\s*$`
const mostLines = 2000

/** `state: Enum (open, done)` between the entities of a fence in no language; a line of an entity is a column's. */
export function enumLines(code: Stretch, section: Section): readonly DocumentedEnum[] {
  const found: DocumentedEnum[] = []
  let from = 0
  let depth = 0
  for (const text of code.text.split('\n').slice(0, mostLines)) {
    const line = part(code, from, from + text.length)
    from += text.length + 1
    const match = depth === 0 && /enum/i.test(text) ? (declared.exec(text) ?? told.exec(text)) : null
    depth += text.split('{').length - text.split('}').length
    const name = match ? group(line, match, 1) : undefined
    const list = match ? group(line, match, 2) : undefined
    const values = list ? valuesIn(list) : []
    if (!name || values.length < 2) continue
    found.push({
      kind: 'documentedEnum',
      ...spanOf(line),
      name: nameOf(name),
      values,
      table: undefined,
      section,
      source: 'list',
    })
  }
  return found
}
