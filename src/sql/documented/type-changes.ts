/** Columns whose type a sentence changes: the column, the type that it had and the one that it gets. */
import {type ReadAttribute} from './attributes.ts'
import {clausesIn} from './clauses.ts'
import {type Stretch, group, nameOf, part, spanOf} from './stretch.ts'
import {toldColumn} from './told-table.ts'
import {isKnownType, typeOf} from './types.ts'

/** What a form finds in a line whose groups are the name of the column and the two types. */
export function typeChange(line: Stretch, form: RegExp): readonly ReadAttribute[] {
  const match = form.exec(line.text)
  const [written, from, to] = [1, 2, 3].map((at) => (match ? group(line, match, at) : undefined))
  if (!match || !written || !from || !to) return []
  const column = nameOf(written)
  const types = {from: typeOf(from), to: typeOf(to)}
  if (!isKnownType(types.from) || !isKnownType(types.to)) return []
  const span = {start: written.at(0), end: spanOf(to).end}
  const said = toldColumn(span, column, types.to, clausesIn(part(line, 0, 0), column, true))
  return [{...said, change: {...span, column, ...types}}]
}
