/** Enums in tables with a row for each: `| order_state | open, paid, closed |`. */
import type {Cell, SpecDocument} from '../../document/types.ts'
import type {DocumentedEnum} from './model.ts'
import {type Stretch, bare, bareAt, nameOf, part, pieces, stretchOf, toText} from './stretch.ts'

const called = /^(?:enum(?:eration)?s?|(?:enum )?types?|columns?|fields?)(?: name)?$/i
const listed = /^(?:(?:allowed|possible|valid|permitted|stored) )?values$/i
const name = /^["`]?[\p{L}_][\p{L}\p{N}_]*["`]?(?:\.["`]?[\p{L}_][\p{L}\p{N}_]*["`]?)?$/u
const path = /^["`]?[\p{L}_][\p{L}\p{N}_]*["`]?\.["`]?[\p{L}_][\p{L}\p{N}_]*["`]?$/u
const value = /^[\p{L}\p{N}_-]{1,40}$/u

export function enumsInTables(document: SpecDocument): readonly DocumentedEnum[] {
  return [document.root, ...document.sections].flatMap((section) =>
    section.tables.flatMap(({header, rows}) => {
      const at = header.findIndex(({text}) => called.test(text.trim()))
      const column = header.findIndex(({text}) => /^(?:columns?|fields?|used (?:in|by))$/i.test(text.trim()))
      const last = header.findIndex(({text}) => listed.test(text.trim()))
      if (at < 0 || last < 0) return []
      return rows.flatMap(({cells}): readonly DocumentedEnum[] => {
        const [own, list] = [cells[at], cells[last]]
        const owner = own && bareAt(document, own)
        const values = list && valuesOf(list, document)
        if (!owner || !values || !name.test(owner.text)) return []
        const used = cells[column] && bareAt(document, cells[column])
        const owners = used && used.at(0) !== owner.at(0) && path.test(used.text) ? [owner, used] : [owner]
        return owners.map((one): DocumentedEnum => {
          const dot = one.text.indexOf('.')
          return {
            kind: 'documentedEnum',
            start: list.start,
            end: list.end,
            name: nameOf(part(one, dot + 1)),
            values: values.map((each) => toText(each)),
            table: dot < 0 ? undefined : nameOf(part(one, 0, dot)),
            section,
            source: 'table',
          }
        })
      })
    }),
  )
}

/** Nothing but words between commas, each in quotes or none, with a remark in brackets behind it or none. */
function valuesOf(cell: Cell, document: SpecDocument): readonly Stretch[] | undefined {
  const found = pieces(stretchOf(document, cell), /^[,;]/u).map((one) =>
    bare(part(one, 0, /\s\([^()]*\)\s*$/u.exec(one.text)?.index)),
  )
  return found.length > 1 && found.every(({text}) => value.test(text)) ? found : undefined
}
