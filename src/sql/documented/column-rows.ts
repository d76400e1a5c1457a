/** Columns one behind the other on one line: `id (uuid, PK), club_id (FK → Club), starts_at (timestamptz, not null)`. */
import {expression} from '../../document/expressions.ts'
import {attributeIn, type ReadAttribute} from './attributes.ts'
import {firstType} from './attribute-marks.ts'
import {clausesIn} from './clauses.ts'
import {type Stretch, group, joined, nameOf, part, pieces, spanOf, trim} from './stretch.ts'
import {toldColumn} from './told-table.ts'
import {isKnownType, typeOf} from './types.ts'

/** What a piece begins with that says more of the column before it: "`id` UUID, primary key, `club_id` UUID, not null". */
const more =
  /^(?:not null|non-null|nullable|null\b|optional|required|mandatory|unique|default|pk\b|fk\b|primary key|foreign key|references\b|indexed|on delete|on update|auto[- _]?increment|identity|generated|check\b|(?:→|->)|(?:with|up to|at most|at least|from|between|one of|either)\b)/i
/** `id uuid PK`, without a mark between the name and the type. */
const plain = expression('du')`^[\x60*]*([\p{L}_][\p{L}\p{N}_]*)[\x60*]*\s+(?=\x60?[\p{L}])`
/** More than one column by one word, or less than all of them. */
const inexact = /^(?:(?:audit |the )?timestamps?|etc\b|and so on|more|others?|\.{3}|…)/i

/** The columns of a line that holds nothing else; `undefined` when a piece of it is no column. */
export function columnRow(whole: Stretch): readonly ReadAttribute[] | undefined {
  const read = columnsApart(whole).map((piece) => columnIn(piece))
  const found = read.flatMap((one) => one ?? [])
  const known = found.filter(({column}) => isKnownType(column.type)).length
  if (found.length < read.length || known < 2 || known * 2 < found.length) return undefined
  const names = new Set(found.map(({column}) => column.name.key))
  return names.size === found.length ? found : undefined
}

/** The pieces between commas, those that only say more of a column joined to it. */
function columnsApart(whole: Stretch): readonly Stretch[] {
  const all: {from: number; to: number}[] = []
  let from = 0
  for (const piece of pieces(whole, /^[,;]/u)) {
    const to = from + piece.text.length
    const last = all.at(-1)
    if (last && more.test(trim(piece).text)) last.to = to
    else all.push({from, to})
    from = to + 1
  }
  return all.flatMap((one) => apart(trim(part(whole, one.from, one.to)))).filter(({text}) => text !== '')
}

/** `` `state` TEXT and `paid` BOOLEAN `` are two. */
function apart(piece: Stretch): readonly Stretch[] {
  const own = part(piece, /^and\s+/i.exec(piece.text)?.[0].length ?? 0)
  const shared = both.exec(own.text)
  const [one, other, said] = [1, 2, 3].map((at) => (shared ? group(own, shared, at) : undefined))
  if (one && other && said) return [joined(one, ' (', said), joined(other, ' (', said)]
  const two = /^([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)?)\sand\s+(?=`)/u.exec(own.text)
  return two ? [trim(part(own, 0, (two[1] ?? '').length)), part(own, two[0].length)] : [own]
}

/** `` `starts_at` and `ends_at` (both TIMESTAMPTZ, not null) `` */
const both =
  /^(`\w{1,63}`)\s+and\s+(`\w{1,63}`)\s*\((?:(?:both|each)(?:\s+of\s+type)?\s+)?([^()]*(?:\([^()]*\)[^()]*)*\))$/du

function columnIn(piece: Stretch): ReadAttribute | undefined {
  if (inexact.test(piece.text)) return undefined
  const match = plain.exec(piece.text)
  const written = match ? group(piece, match, 1) : undefined
  if (match && written) {
    const rest = part(piece, match[0].length)
    const type = typeOf(firstType(rest))
    if (isKnownType(type)) {
      const name = nameOf(written)
      const said = toldColumn(spanOf(piece), name, type, clausesIn(rest, name, false))
      return {...said, change: undefined}
    }
  }
  const read = attributeIn(piece)
  return read && /^[a-z_]/iu.test(read.column.name.text) ? read : undefined
}
